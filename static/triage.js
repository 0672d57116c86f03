// Keys for triage, and the look every few seconds while the text is being read. All of it also
// works by mouse.
import { writing } from "./desk.js";

const cards = () =>
  [...document.querySelectorAll(".card")].filter((card) => card.offsetParent !== null);
const current = () => document.activeElement?.closest(".card");
const spot = (card) => document.getElementById(card.id.replace("s-", "m-"));

/** The card is the one at hand: its place in the text comes into view beside it. */
function stand(card) {
  card.focus({ preventScroll: true });
  card.scrollIntoView({ block: "nearest" });
  document.querySelectorAll("mark.here").forEach((mark) => mark.classList.remove("here"));
  document
    .querySelectorAll(`mark:has(a[href="#${card.id}"])`)
    .forEach((mark) => mark.classList.add("here"));
  if (matchMedia("(min-width: 1000px)").matches)
    spot(card)?.nextElementSibling?.scrollIntoView({ block: "nearest" });
}

function go(step) {
  const all = cards();
  const at = all.indexOf(current());
  const first = all.find((card) => card.matches(".proposed")) ?? all[0]; // where the work is
  const next = at < 0 ? first : all[Math.max(0, Math.min(all.length - 1, at + step))];
  if (next) stand(next);
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
  const action = writing(event) ? undefined : actions[event.key];
  if (action) {
    event.preventDefault();
    action(current());
  }
});

function land() {
  const card = /^#s-\d+$/.test(location.hash) && document.querySelector(location.hash);
  if (!card) return;
  card.closest("details.rest")?.setAttribute("open", "");
  stand(card);
}
land();
window.addEventListener("hashchange", land);

// A decision is sent without leaving the page: the card is put in place as the server now shows it,
// and the next is at hand.
document.addEventListener("submit", async (event) => {
  const form = event.target;
  const card = form.closest(".decide")?.closest(".card");
  if (!card) return;
  event.preventDefault();
  // A second press while the first is on its way would only bring a second answer.
  if (card.dataset.sent) return;
  card.dataset.sent = "yes";
  const answer = await fetch(form.action, {
    method: "POST",
    body: new FormData(form),
    headers: { "X-Wanted": "card" },
  }).catch(() => null);
  delete card.dataset.sent;
  const fresh =
    answer && [200, 400, 409].includes(answer.status) && !answer.redirected
      ? parsed(await answer.text())
      : null;
  if (fresh) put(card, fresh);
  else
    tell(
      card,
      answer
        ? `This was not saved (${answer.status}). Load the page again;` +
            " what you typed is still here."
        : "This was not sent: the desk cannot be reached. Try again.",
    );
});

const parsed = (html) => new DOMParser().parseFromString(html, "text/html").querySelector(".card");

function put(card, fresh) {
  card.replaceWith(fresh);
  const decided = !fresh.matches(".proposed");
  if (decided)
    document.querySelectorAll(`mark:has(a[href="#${fresh.id}"])`).forEach((mark) => {
      mark.classList.remove("proposed");
      mark.classList.add(
        ["accepted", "already_checked"].find((state) => fresh.matches(`.${state}`)) ?? "declined",
      );
    });
  count();
  const all = cards();
  const next = all.slice(all.indexOf(fresh) + 1).find((one) => one.matches(".proposed"));
  stand(decided && next && !fresh.querySelector(".said") ? next : fresh);
}

function count() {
  const left = (place) => String(place.querySelectorAll(".card.proposed").length);
  document.querySelectorAll(".part").forEach((part) => {
    part.querySelector(".left").textContent = left(part);
  });
  const all = document.querySelector("#left .left");
  if (all) all.textContent = left(document);
}

function tell(card, words) {
  const said =
    card.querySelector(".said") ??
    card.insertAdjacentElement("afterbegin", document.createElement("p"));
  said.className = "said";
  said.setAttribute("role", "alert");
  said.textContent = words;
}

// Reading takes a moment: look often at first, then less.
const waiting = document.querySelector("[data-wait]");
async function look(pause) {
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
  else setTimeout(look, pause, Math.min(pause * 1.3, 4000));
}
if (waiting) look(300);
