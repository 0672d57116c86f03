// Shortcuts for triage, decisions without a reload, and a check every few seconds while the article
// is being read. All of it also works by mouse and without scripts.
import { gettext, interpolate } from "./texts.js";
import { isTyping } from "./typing.js";

const cards = () =>
  [...document.querySelectorAll(".card")].filter((card) => card.offsetParent !== null);
const current = () => document.activeElement?.closest(".card");
const passageOf = (card) => document.getElementById(card.id.replace("s-", "m-"));

/** Focuses a card, and brings its passage of the text into view beside it. */
function select(card) {
  // focus() alone may scroll a card that is already in view; “nearest” leaves it where it is
  card.focus({ preventScroll: true });
  card.scrollIntoView({ block: "nearest" });
  document.querySelectorAll("mark.here").forEach((mark) => mark.classList.remove("here"));
  document
    .querySelectorAll(`mark:has(a[href="#${card.id}"])`)
    .forEach((mark) => mark.classList.add("here"));
  if (matchMedia("(min-width: 1000px)").matches)
    passageOf(card)?.nextElementSibling?.scrollIntoView({ block: "nearest" });
}

function selectBy(step) {
  const all = cards();
  const at = all.indexOf(current());
  const first = all.find((card) => card.matches(".proposed")) ?? all[0]; // the first undecided one
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
  j: () => selectBy(1),
  k: () => selectBy(-1),
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

function selectFromHash() {
  const card = /^#s-\d+$/.test(location.hash) && document.querySelector(location.hash);
  if (!card) return;
  card.closest("details.rest")?.setAttribute("open", "");
  select(card);
}
selectFromHash();
window.addEventListener("hashchange", selectFromHash);

// A decision is sent without leaving the page: the card is replaced by the one the server renders,
// and the next one is selected.
document.addEventListener("submit", async (event) => {
  const form = event.target;
  const card = form.closest(".decide")?.closest(".card");
  if (!card) return;
  event.preventDefault();
  // A second press while the first request is under way would only bring a refusal.
  if (card.dataset.sent) return;
  card.dataset.sent = "yes";
  const answer = await fetch(form.action, {
    method: "POST",
    body: new FormData(form),
    headers: { "X-Wanted": "card" },
  }).catch(() => null);
  delete card.dataset.sent;
  // 400 and 409 carry the card too, with what is wrong on it. A redirect leads to the sign-in page.
  const fresh =
    answer && [200, 400, 409].includes(answer.status) && !answer.redirected
      ? cardIn(await answer.text())
      : null;
  if (fresh) replace(card, fresh);
  else
    showError(
      card,
      answer
        ? interpolate(gettext("Not saved (%(status)s). Reload the page; your text is kept."), {
            status: answer.status,
          })
        : gettext("Not sent: no connection. Try again."),
    );
});

const cardIn = (html) => new DOMParser().parseFromString(html, "text/html").querySelector(".card");

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
  select(decided && next && !fresh.querySelector(".card-message") ? next : fresh);
}

function updateCounts() {
  const remaining = (place) => String(place.querySelectorAll(".card.proposed").length);
  document.querySelectorAll(".part").forEach((part) => {
    part.querySelector(".left").textContent = remaining(part);
  });
  const all = document.querySelector("#left .left");
  if (all) all.textContent = remaining(document);
}

function showError(card, text) {
  const message =
    card.querySelector(".card-message") ??
    card.insertAdjacentElement("afterbegin", document.createElement("p"));
  message.className = "card-message";
  message.setAttribute("role", "alert");
  message.textContent = text;
}

// Reading an article takes a moment: check often at first, then less.
const waiting = document.querySelector("[data-wait]");
async function pollState(pause) {
  // A reload would lose what is typed there.
  const deciding = document.querySelector(".decide details[open]");
  const answer =
    document.hidden || deciding
      ? null
      : await fetch(waiting.dataset.wait, { headers: { Accept: "application/json" } }).catch(
          () => null,
        );
  const now = answer?.ok ? await answer.json().catch(() => null) : null;
  if (now && now.state !== waiting.dataset.state) location.reload();
  else setTimeout(pollState, pause, Math.min(pause * 1.3, 4000));
}
if (waiting) pollState(300);
