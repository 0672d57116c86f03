// Keys for triage, and the look every few seconds while the text is being read. All of it also works by mouse.
import { writing } from "./desk.js";

const cards = () => [...document.querySelectorAll(".card")].filter((card) => card.offsetParent !== null);
const current = () => document.activeElement?.closest(".card");

function go(step) {
  const all = cards();
  const at = all.indexOf(current());
  const next = all[Math.max(0, Math.min(all.length - 1, at + step))];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
}

function open(card, name) {
  const box = card.querySelector(`details.${name}`);
  if (!box) return;
  box.open = true;
  box.querySelector("textarea, select")?.focus();
}

const actions = {
  j: () => go(1),
  k: () => go(-1),
  a: (card) => card?.querySelector("button.accept")?.click(),
  e: (card) => card && open(card, "edit"),
  d: (card) => card && open(card, "decline"),
  m: (card) => card?.querySelector("a[href^='#m-']")?.click(),
};

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && document.activeElement?.closest(".decide")) {
    const card = current();
    card.querySelectorAll("details[open]").forEach((box) => { box.open = false; });
    card.focus();
  }
  const action = writing(event) ? undefined : actions[event.key];
  if (action) { event.preventDefault(); action(current()); }
});

function land() {
  const card = /^#s-\d+$/.test(location.hash) && document.querySelector(location.hash);
  if (!card) return;
  card.closest("details.rest")?.setAttribute("open", "");
  card.focus({ preventScroll: true });
  card.scrollIntoView({ block: "center" });
}
land();
window.addEventListener("hashchange", land);

// A second press while the first is on its way would only bring a second answer.
document.querySelectorAll("form.decide").forEach((form) => form.addEventListener("submit", (event) => {
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
}));
window.addEventListener("pageshow", () => document.querySelectorAll("form.decide").forEach((form) => delete form.dataset.sent));

const waiting = document.querySelector("[data-wait]");
if (waiting) {
  setInterval(async () => {
    if (document.hidden) return;
    const answer = await fetch(waiting.dataset.wait, { headers: { Accept: "application/json" } }).catch(() => null);
    if (answer?.ok && (await answer.json()).state !== waiting.dataset.state) location.reload();
  }, 2000);
}
