// Keyboard shortcuts for triage, decisions without a page load, and polling while claims are being
// extracted. All of it also works by mouse, and decisions work without a script.
import { isTyping } from "./typing.js";

const narrow = matchMedia("(max-width: 999px)");
// A phone shows one card at a time: the others are hidden there, and not folded.
const cards = () =>
  [...document.querySelectorAll(".card")].filter(
    (card) => !card.closest(".part:not([open]), .rest:not([open])"),
  );
// On a phone a tap leaves the focus elsewhere, and the card in view is meant.
const current = () =>
  document.activeElement?.closest(".card") ??
  (narrow.matches ? document.querySelector(".card.current") : null);
const anchor = (card) => document.getElementById(card.id.replace("s-", "m-"));

/** Makes the card the current one and brings its highlight in the text into view beside it. */
function select(card) {
  document.querySelectorAll(".card.current").forEach((one) => one.classList.remove("current"));
  card.classList.add("current");
  // Focus alone would scroll the card to the middle, away from where the reader's eyes are.
  card.focus({ preventScroll: true });
  card.scrollIntoView({ block: "nearest" });
  document.querySelectorAll("mark.here").forEach((mark) => mark.classList.remove("here"));
  document
    .querySelectorAll(`mark:has(a[href="#${card.id}"])`)
    .forEach((mark) => mark.classList.add("here"));
  if (!narrow.matches)
    anchor(card)?.nextElementSibling?.scrollIntoView({ block: "nearest" });
}

/** The next or previous card that nobody has decided; a folded article opens when it is its turn. */
function go(step) {
  const open = cards().filter((card) => card.matches(".proposed"));
  const at = current();
  const beyond = (card) =>
    at && at.compareDocumentPosition(card) &
      (step > 0 ? Node.DOCUMENT_POSITION_FOLLOWING : Node.DOCUMENT_POSITION_PRECEDING);
  // Without a current card both keys start at the first one.
  const next = at ? (step > 0 ? open.find(beyond) : open.findLast(beyond)) : open[0];
  if (next) select(next);
  else if (step > 0 || !at) openPart();
}

/** Opens the next article of the page that has something to decide, and folds the others. */
function openPart() {
  const parts = [...document.querySelectorAll(".part")];
  const part = parts.find((one) => !one.open && one.querySelector(".card.proposed"));
  if (!part) return;
  parts.forEach((one) => {
    one.open = one === part;
  });
  const first = cards().find((card) => card.matches(".proposed"));
  if (first) select(first);
}

function open(card, name) {
  const box = card.querySelector(`details.${name}`);
  if (!box) return;
  box.open = true;
  box.querySelector("textarea, select, input:not([type=hidden])")?.focus();
}

/** Declines with the reason of this number in the list. */
function decline(card, number) {
  const reasons = card?.querySelector("[name=reason]");
  if (!reasons?.options[number]) return;
  reasons.selectedIndex = number;
  reasons.form.requestSubmit();
}

// The cards that were decided on this page, for “u”.
const decided = [];
function undo() {
  const card = current();
  const own = card && !card.matches(".proposed") ? card : document.getElementById(decided.pop());
  own?.querySelector(".undo")?.requestSubmit();
}

function act(card) {
  const target = card?.querySelector("button.accept") ?? card?.querySelector("a.made");
  target?.click();
}

const actions = {
  j: () => go(1),
  k: () => go(-1),
  a: (card) => card?.querySelector("button.accept")?.click(),
  e: (card) => card && open(card, "edit"),
  d: (card) => card && open(card, "decline"),
  c: (card) => card && open(card, "checked"),
  m: (card) => card?.querySelector("a[href^='#m-']")?.click(),
  o: (card) => card?.querySelector("a.made")?.click(),
  u: undo,
  x: () => document.querySelector(".next a")?.click(),
};

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && document.activeElement?.closest(".decide")) {
    event.preventDefault(); // or the desk's own key leaves the page
    const card = current();
    card.querySelectorAll("details[open]").forEach((box) => {
      box.open = false;
    });
    card.focus();
  }
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    // Accept is the first button of its form: the one that saves the words comes after it.
    const form = event.target.closest(".decide form, form.choose");
    form?.requestSubmit();
    return;
  }
  const digit = /^[1-9]$/.test(event.key) && Number(event.key);
  if (digit && (!isTyping(event) || event.target.matches("[name=reason]"))) {
    event.preventDefault();
    decline(current(), digit);
    return;
  }
  // On the card itself; on a button or a link in it the browser acts.
  if (event.key === "Enter" && event.target.matches(".card")) {
    event.preventDefault();
    act(event.target);
    return;
  }
  const action = isTyping(event) ? undefined : actions[event.key];
  if (action) {
    event.preventDefault();
    action(current());
  }
});

// “Already checked” looks for claims as one types, and offers similar ones before.
async function offerClaims(box) {
  const list = box.querySelector("[data-claims]");
  const query = new URLSearchParams({ q: box.querySelector("[name=checked_in]").value });
  const answer = await fetch(`${list.dataset.claims}?${query}`).catch(() => null);
  if (!answer?.ok || answer.redirected) return;
  const found = new DOMParser().parseFromString(await answer.text(), "text/html");
  list.replaceChildren(...found.querySelector(".checked-claims").children);
}

let typing;
document.addEventListener("input", (event) => {
  if (!event.target.matches("[name=checked_in]")) return;
  clearTimeout(typing);
  typing = setTimeout(offerClaims, 200, event.target.closest("details"));
});
document.addEventListener(
  "toggle",
  (event) => {
    const box = event.target;
    if (box.matches("details.checked[open]")) offerClaims(box);
    // One article of the page at a time.
    if (box.matches(".part[open]"))
      document.querySelectorAll(".part[open]").forEach((one) => {
        if (one !== box) one.open = false;
      });
  },
  true,
);

/** Selects the card that the address names, also one that is collapsed. */
function selectFromAddress() {
  const card = /^#s-\d+$/.test(location.hash) && document.querySelector(location.hash);
  if (!card) return;
  card.closest("details.part").open = true;
  card.closest("details.rest")?.setAttribute("open", "");
  select(card);
}
selectFromAddress();

// On a phone the bar under the card takes the place of the keys.
const bar = document.querySelector(".thumb");
if (bar) {
  bar.hidden = false;
  bar.addEventListener("click", (event) => {
    const key = event.target.closest("[data-key]")?.dataset.key;
    if (key) actions[key](current());
  });
  document.querySelector(".triage").classList.add("one-at-a-time");
  const shown = cards();
  if (!document.querySelector(".card.current"))
    (shown.find((card) => card.matches(".proposed")) ?? shown[0])?.classList.add("current");
}
window.addEventListener("hashchange", selectFromAddress);

// A decision is sent without leaving the page: the server answers with the card as it is now, and
// the next undecided one is selected.
document.addEventListener("submit", async (event) => {
  const form = event.target;
  const card = form.closest(".decide, .undo")?.closest(".card");
  if (!card) return;
  event.preventDefault();
  // A second press before the answer would only bring a second answer.
  if (card.dataset.sent) return;
  card.dataset.sent = "yes";
  const answer = await fetch(form.action, {
    method: "POST",
    body: new FormData(form, event.submitter),
    headers: { "X-Wanted": "card" },
  }).catch(() => null);
  delete card.dataset.sent;
  // 400 and 409 bring the card with the reason. A redirect means that the session has ended.
  const fresh =
    answer && [200, 400, 409].includes(answer.status) && !answer.redirected
      ? parsed(await answer.text())
      : null;
  if (fresh) replace(card, fresh);
  else
    showMessage(
      card,
      answer
        ? text("notSaved").replace("%(status)s", answer.status)
        : text("notSent"),
    );
});

// The page carries the messages in its own language.
const text = (name) => document.querySelector(".triage").dataset[name];
const parsed = (html) => new DOMParser().parseFromString(html, "text/html").querySelector(".card");

function replace(card, fresh) {
  // Cards of this page that were decided along are as they are now after a reload.
  const along = [...card.querySelectorAll("[name=also]:checked")].some((box) =>
    document.getElementById(`s-${box.value}`),
  );
  if (along && !fresh.matches(".proposed")) {
    location.hash = fresh.id;
    location.reload();
    return;
  }
  card.replaceWith(fresh);
  const states = ["proposed", "accepted", "already_checked", "declined"];
  const state = states.find((one) => fresh.matches(`.${one}`));
  document.querySelectorAll(`mark:has(a[href="#${fresh.id}"])`).forEach((mark) => {
    mark.classList.remove(...states);
    mark.classList.add(state);
  });
  const left = updateCounts();
  // A card with a message stays selected: the person has to read it.
  if (state === "proposed" || fresh.querySelector(".card-message")) {
    select(fresh);
    return;
  }
  decided.push(fresh.id);
  fresh.focus({ preventScroll: true });
  if (left) go(1);
  else document.querySelector(".next a")?.focus();
  if (current() === fresh) select(fresh);
}

function updateCounts() {
  const left = (place) => String(place.querySelectorAll(".card.proposed").length);
  document.querySelectorAll(".part").forEach((part) => {
    part.querySelector(".left").textContent = left(part);
  });
  document.querySelectorAll(".thumb .left").forEach((one) => {
    one.textContent = left(document);
  });
  const all = document.querySelector("#left .left");
  if (all) all.textContent = left(document);
  const next = document.querySelector(".next");
  if (next && all) next.hidden = all.textContent !== "0";
  return all?.textContent !== "0";
}

function showMessage(card, message) {
  const paragraph =
    card.querySelector(".card-message") ??
    card.insertAdjacentElement("afterbegin", document.createElement("p"));
  paragraph.className = "card-message";
  paragraph.setAttribute("role", "alert");
  paragraph.textContent = message;
}

// Most texts take a second or two: poll often at first, then less.
const waiting = document.querySelector("[data-wait]");
// Not in a hidden tab, and not while a decision is open: a reload would lose what is typed.
const mayReload = () => !document.hidden && !document.querySelector(".decide details[open]");
async function poll(pause) {
  const answer = mayReload()
    ? await fetch(waiting.dataset.wait, { headers: { Accept: "application/json" } }).catch(
        () => null,
      )
    : null;
  const now = answer?.ok ? await answer.json().catch(() => null) : null;
  // Asked again: somebody may have begun to type while the answer was on its way.
  if (now && now.state !== waiting.dataset.state && mayReload()) location.reload();
  else setTimeout(poll, pause, Math.min(pause * 1.3, 4000));
}
if (waiting) poll(300);
