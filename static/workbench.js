// Enhancement only: the page does all of this by forms and links without it.
import { gettext, interpolate } from "./texts.js";
import { isTyping } from "./typing.js";

const bench = document.querySelector(".workbench");
const POLL = 3000;

// What the server rendered, before anything here touches it. The CSRF token differs each time.
const htmlOf = (part) => part.innerHTML.replace(/name="csrfmiddlewaretoken" value="\w*"/g, "");
const rendered = new Map(
  [...document.querySelectorAll("[data-live]")].map((part) => [part.id, htmlOf(part)]),
);

// A refusal is read first: browsers restore the scroll position, and screen readers start on top.
document.getElementById("refusal")?.focus();

// A link to a place opens the sections around it.
const openTarget = () => {
  if (location.hash.length < 2) return;
  const place = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  for (let node = place; node; node = node.parentElement)
    if (node.tagName === "DETAILS") node.open = true;
  place?.scrollIntoView();
};
addEventListener("hashchange", openTarget);
openTarget();

// Text typed into one form survives the sending of another: the session storage keeps it.
// A reader's contact details are never stored in the browser, for desks share machines.
const isStorable = (form, name) =>
  name !== "csrfmiddlewaretoken" && !("private" in (form.elements.namedItem(name)?.dataset ?? {}));
const values = (form) =>
  Object.fromEntries([...new FormData(form)].filter(([name]) => isStorable(form, name)));
// The version is left out: it tells whether the base changed, not whether the text did.
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
    // If no one changed the saved text meanwhile, the draft takes its version and can be saved
    // without a conflict; otherwise it keeps the old version, and the server shows both texts.
    fill(
      form,
      same(draft.base, base) ? { ...draft.mine, version: base.version ?? "" } : draft.mine,
    );
    const note = document.createElement("p");
    note.className = "restored";
    note.textContent = gettext("Draft restored (not saved).");
    form.prepend(note);
    const fold = form.closest("details");
    if (fold) fold.open = true;
  }
  form.addEventListener("input", () =>
    sessionStorage.setItem(key, JSON.stringify({ base, mine: values(form) })),
  );
  form.addEventListener("submit", () => sessionStorage.removeItem(key));
}

// Show how much room is left where there is little.
for (const field of document.querySelectorAll("textarea[maxlength]")) {
  const count = document.createElement("p");
  count.className = "count";
  const update = () => {
    count.textContent = interpolate(gettext("%(count)s of %(limit)s characters"), {
      count: field.value.length,
      limit: field.maxLength,
    });
    count.hidden = field.maxLength > 300 && field.value.length < 0.8 * field.maxLength;
  };
  field.addEventListener("input", update);
  field.after(count);
  update();
}

// One press is enough; the domain would forgive a second. A disabled button is not sent with its
// form, so it is disabled only after the browser has collected the values.
document.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (button && event.target.method === "post")
    setTimeout(() => {
      button.disabled = true;
    }, 0);
});
// Back from the browser's page cache, the buttons are as they were left: disabled.
addEventListener("pageshow", (event) => {
  if (event.persisted)
    for (const button of document.querySelectorAll("button[type=submit]")) button.disabled = false;
});

// One letter leads to each part, and opens it.
document.addEventListener("keydown", (event) => {
  if (isTyping(event) || !/^[a-z]$/.test(event.key)) return;
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

// While a capture is awaited, the parts that show it are renewed all at once or not at all, so that
// no two parts contradict each other. A part in use is left alone, and with it all others.
const untouched = (part) =>
  !part.contains(document.activeElement) &&
  [...part.querySelectorAll("details[open]")].every(
    (fold) => !fold.querySelector("button, input, select, textarea"),
  ) &&
  [...part.querySelectorAll("textarea, input:not([type=hidden])")].every(
    (field) => field.value === field.defaultValue,
  );

// The forms of another version cannot take what is typed here: the person decides when to reload.
const showChanged = () => {
  const reload = document.createElement("a");
  reload.href = bench.dataset.url;
  reload.textContent = gettext("Reload to see it");
  document
    .querySelector("#evidence .waiting")
    ?.replaceChildren(gettext("Someone changed this claim."), " ", reload);
};

// True while there is something to wait for: a capture, or a person who is using one of the parts.
const renew = async () => {
  const answer = await fetch(bench.dataset.url, { headers: { Accept: "text/html" } });
  if (!answer.ok || answer.redirected) return true;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  const now = fresh.querySelector(".workbench");
  if (!now) return false;
  if (now.dataset.version !== bench.dataset.version) {
    showChanged();
    return false;
  }
  const parts = [...document.querySelectorAll("[data-live]")];
  if (!parts.every(untouched)) return true;
  for (const part of parts) {
    const next = fresh.getElementById(part.id);
    const html = next && htmlOf(next);
    if (!next || html === rendered.get(part.id)) continue;
    rendered.set(part.id, html);
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
