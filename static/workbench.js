// Enhancement only: the page does all of this by forms and links without it.

const bench = document.querySelector(".workbench");
const POLL = 3000;

// What the server drew, before anything here touches it. Its forms have another token each time.
const words = (part) => part.innerHTML.replace(/name="csrfmiddlewaretoken" value="\w*"/g, "");
const drawn = new Map(
  [...document.querySelectorAll("[data-live]")].map((part) => [part.id, words(part)]),
);

// A refusal is read first, wherever the page was scrolled to.
document.getElementById("refusal")?.focus();

// A link to a place opens what it stands in.
const open = () => {
  if (location.hash.length < 2) return;
  const place = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  for (let node = place; node; node = node.parentElement)
    if (node.tagName === "DETAILS") node.open = true;
  place?.scrollIntoView();
};
addEventListener("hashchange", open);
open();

// Words typed into one form survive the sending of another.
// What a reader told us about themselves is never kept in the browser.
const kept = (form, name) =>
  name !== "csrfmiddlewaretoken" && !("private" in (form.elements.namedItem(name)?.dataset ?? {}));
const values = (form) =>
  Object.fromEntries([...new FormData(form)].filter(([name]) => kept(form, name)));
const same = (a, b) =>
  JSON.stringify({ ...a, version: 0 }) === JSON.stringify({ ...b, version: 0 });
const fill = (form, mine) => {
  for (const [name, value] of Object.entries(mine)) {
    const field = form.elements.namedItem(name);
    if (field) field.value = value;
  }
};
const refused = document.querySelector(".refusal");
for (const form of document.querySelectorAll("form[data-draft]")) {
  const key = `draft:${bench?.dataset.claim ?? "new"}:${form.dataset.draft}`;
  const base = values(form);
  const draft = JSON.parse(sessionStorage.getItem(key) ?? "null");
  if (draft && !refused && !same(draft.mine, base)) {
    // Where nobody changed the saved words meanwhile, the draft goes on top of them without a
    // conflict.
    fill(
      form,
      same(draft.base, base) ? { ...draft.mine, version: base.version ?? "" } : draft.mine,
    );
    const note = document.createElement("p");
    note.className = "restored";
    note.textContent = "What you had typed is back. It is not saved yet.";
    form.prepend(note);
    const fold = form.closest("details");
    if (fold) fold.open = true;
  }
  form.addEventListener("input", () =>
    sessionStorage.setItem(key, JSON.stringify({ base, mine: values(form) })),
  );
  form.addEventListener("submit", () => sessionStorage.removeItem(key));
}

// Say how much room is left where there is little.
for (const field of document.querySelectorAll("textarea[maxlength]")) {
  const count = document.createElement("p");
  count.className = "count";
  const say = () => {
    count.textContent = `${field.value.length} of ${field.maxLength} characters`;
    count.hidden = field.maxLength > 300 && field.value.length < 0.8 * field.maxLength;
  };
  field.addEventListener("input", say);
  field.after(count);
  say();
}

// One press is enough; the domain would forgive a second.
document.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (button && event.target.method === "post")
    setTimeout(() => {
      button.disabled = true;
    }, 0);
});
addEventListener("pageshow", (event) => {
  if (event.persisted)
    for (const button of document.querySelectorAll("button[type=submit]")) button.disabled = false;
});

// Is the person writing? Then keys are letters.
const writing = (event) =>
  event.ctrlKey ||
  event.metaKey ||
  event.altKey ||
  event.target.closest("input, textarea, select, dialog, [contenteditable]");

// One letter leads to each part, and opens it.
document.addEventListener("keydown", (event) => {
  if (writing(event) || !/^[a-z]$/.test(event.key)) return;
  const place = document.querySelector(`[data-key="${event.key}"]`);
  if (!place) return;
  event.preventDefault();
  const fold = place.closest("details");
  if (fold && place.tagName === "SUMMARY") fold.open = true;
  (fold ?? place)
    .querySelector(
      "textarea, input:not([type=hidden]), a.button, button:not([disabled]), summary.button",
    )
    ?.focus();
});

// While a capture is awaited: renew what speaks of it, all at once or not at all, so that no two
// parts say different things.
const untouched = (part) =>
  !part.contains(document.activeElement) &&
  [...part.querySelectorAll("details[open]")].every(
    (fold) => !fold.querySelector("button, input, select, textarea"),
  ) &&
  [...part.querySelectorAll("textarea, input:not([type=hidden])")].every(
    (field) => field.value === field.defaultValue,
  );

// Another version has forms of its own, and what is typed here is not theirs: the person loads it.
const changed = () => {
  const again = document.createElement("a");
  again.href = bench.dataset.url;
  again.textContent = "Load it again";
  document
    .querySelector("#evidence .waiting")
    ?.replaceChildren("Somebody changed this claim meanwhile. ", again, " to see it.");
};

// True while there is something to wait for: a capture, or a person who has a part of the page in
// hand.
const renew = async () => {
  const answer = await fetch(bench.dataset.url, { headers: { Accept: "text/html" } });
  if (!answer.ok || answer.redirected) return true;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  const now = fresh.querySelector(".workbench");
  if (!now) return false;
  if (now.dataset.version !== bench.dataset.version) {
    changed();
    return false;
  }
  const parts = [...document.querySelectorAll("[data-live]")];
  if (!parts.every(untouched)) return true;
  for (const part of parts) {
    const next = fresh.getElementById(part.id);
    const said = next && words(next);
    if (!next || said === drawn.get(part.id)) continue;
    drawn.set(part.id, said);
    part.replaceChildren(...next.childNodes);
  }
  return "waiting" in now.dataset;
};

const watch = async () => {
  try {
    if (document.hidden || (await renew())) setTimeout(watch, POLL);
  } catch {
    setTimeout(watch, 4 * POLL);
  }
};
if (bench && "waiting" in bench.dataset) setTimeout(watch, POLL);
