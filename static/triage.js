// Keyboard shortcuts for triage, decisions without a page load, and polling while claims are being
// extracted. All of it also works by mouse, and decisions work without a script.
import { isTyping } from "./typing.js";

const cards = () =>
  [...document.querySelectorAll(".card")].filter((card) => card.offsetParent !== null);
const current = () => document.activeElement?.closest(".card");
const anchor = (card) => document.getElementById(card.id.replace("s-", "m-"));

/** Makes the card the current one and brings its highlight in the text into view beside it. */
function select(card) {
  // Focus alone would scroll the card to the middle, away from where the reader's eyes are.
  card.focus({ preventScroll: true });
  card.scrollIntoView({ block: "nearest" });
  document.querySelectorAll("mark.here").forEach((mark) => mark.classList.remove("here"));
  document
    .querySelectorAll(`mark:has(a[href="#${card.id}"])`)
    .forEach((mark) => mark.classList.add("here"));
  if (matchMedia("(min-width: 1000px)").matches)
    anchor(card)?.nextElementSibling?.scrollIntoView({ block: "nearest" });
}

function go(step) {
  const all = cards();
  const at = all.indexOf(current());
  // Without a current card both keys start at the first undecided one.
  const first = all.find((card) => card.matches(".proposed")) ?? all[0];
  const next = at < 0 ? first : all[Math.max(0, Math.min(all.length - 1, at + step))];
  if (next) select(next);
}

function open(card, name) {
  const box = card.querySelector(`details.${name}`);
  if (!box) return;
  box.open = true;
  box.querySelector("textarea, select, input:not([type=hidden])")?.focus();
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
};

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && document.activeElement?.closest(".decide")) {
    const card = current();
    card.querySelectorAll("details[open]").forEach((box) => {
      box.open = false;
    });
    card.focus();
  }
  const action = isTyping(event) ? undefined : actions[event.key];
  if (action) {
    event.preventDefault();
    action(current());
  }
});

/** Selects the card that the address names, also one that is collapsed. */
function selectFromAddress() {
  const card = /^#s-\d+$/.test(location.hash) && document.querySelector(location.hash);
  if (!card) return;
  card.closest("details.rest")?.setAttribute("open", "");
  select(card);
}
selectFromAddress();
window.addEventListener("hashchange", selectFromAddress);

// A decision is sent without leaving the page: the server answers with the card as it is now, and
// the next undecided one is selected.
document.addEventListener("submit", async (event) => {
  const form = event.target;
  const card = form.closest(".decide")?.closest(".card");
  if (!card) return;
  event.preventDefault();
  // A second press before the answer would only bring a second answer.
  if (card.dataset.sent) return;
  card.dataset.sent = "yes";
  const answer = await fetch(form.action, {
    method: "POST",
    body: new FormData(form),
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
  card.replaceWith(fresh);
  const decided = !fresh.matches(".proposed");
  if (decided)
    document.querySelectorAll(`mark:has(a[href="#${fresh.id}"])`).forEach((mark) => {
      mark.classList.remove("proposed");
      mark.classList.add(
        ["accepted", "already_checked"].find((state) => fresh.matches(`.${state}`)) ?? "declined",
      );
    });
  updateCounts();
  const all = cards();
  const next = all.slice(all.indexOf(fresh) + 1).find((one) => one.matches(".proposed"));
  // A card with a message stays selected: the person has to read it.
  select(decided && next && !fresh.querySelector(".card-message") ? next : fresh);
}

function updateCounts() {
  const left = (place) => String(place.querySelectorAll(".card.proposed").length);
  document.querySelectorAll(".part").forEach((part) => {
    part.querySelector(".left").textContent = left(part);
  });
  const all = document.querySelector("#left .left");
  if (all) all.textContent = left(document);
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
async function poll(pause) {
  // Not in a hidden tab, and not while a decision is open: a reload would lose what is typed.
  const deciding = document.querySelector(".decide details[open]");
  const answer =
    document.hidden || deciding
      ? null
      : await fetch(waiting.dataset.wait, { headers: { Accept: "application/json" } }).catch(
          () => null,
        );
  const now = answer?.ok ? await answer.json().catch(() => null) : null;
  if (now && now.state !== waiting.dataset.state) location.reload();
  else setTimeout(poll, pause, Math.min(pause * 1.3, 4000));
}
if (waiting) poll(300);
