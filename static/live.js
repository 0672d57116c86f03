// A live stream: new sentences and the decisions of others as they come, and one key for each
// decision. Without it each button loads the page anew.
import { isTyping } from "./typing.js";

const page = document.querySelector(".live");
const list = document.querySelector("#sentences");
const told = document.querySelector("#told");
const POLL = 2000; // ms, where the server has no stream to spare
const AGAIN = 20000; // ms, until it is asked for one again
const QUIET = 8000; // ms between two sentences of a screen reader
let cursor = Number(page.dataset.cursor);
let asking = false;
let askAgain = false;
let polls = 0;

const parsed = (html) => new DOMParser().parseFromString(html, "text/html");
const current = () => document.activeElement?.closest(".sentence");

/** Says how many are new, now and then: each sentence read aloud would drown the debate. */
let unsaid = { count: 0, known: 0 };
let saying = 0;
function tell(fresh) {
  unsaid.count += fresh.length;
  unsaid.known += fresh.filter((one) => one.matches(".known")).length;
  if (saying || !unsaid.count) return;
  saying = setTimeout(() => {
    told.textContent = page.dataset.told
      .replace("%(count)s", unsaid.count)
      .replace("%(known)s", unsaid.known);
    unsaid = { count: 0, known: 0 };
    saying = 0;
  }, QUIET);
}

/** Puts a sentence where its number belongs, or over the one that is there. */
function place(fresh) {
  const old = document.getElementById(fresh.id);
  if (old) {
    const focused = old.contains(document.activeElement);
    old.replaceWith(fresh);
    if (focused) fresh.focus({ preventScroll: true });
    return false;
  }
  const number = Number(fresh.dataset.number);
  const below = [...list.children].find((one) => Number(one.dataset.number) < number);
  // One that is older than all on this page belongs to an earlier one.
  if (!below && list.children.length) return false;
  list.insertBefore(fresh, below ?? null);
  return true;
}

async function refresh() {
  if (asking) {
    askAgain = true;
    return;
  }
  asking = true;
  try {
    const answer = await fetch(`${page.dataset.sentences}?after=${cursor}`);
    if (!answer.ok || answer.redirected) return;
    const html = parsed(await answer.text());
    const rows = html.querySelector("ol");
    tell([...rows.children].filter(place));
    cursor = Number(rows.dataset.cursor);
    askAgain ||= "more" in rows.dataset;
    document.querySelector("#stream-state").replaceWith(html.querySelector("#stream-state"));
    if (list.children.length) document.querySelector("#nothing")?.remove();
  } catch {
    // Offline for a moment: the next one brings all of it.
  } finally {
    asking = false;
  }
  if (askAgain) {
    askAgain = false;
    await refresh();
  }
}

function follow() {
  const events = new EventSource(`${page.dataset.sentences}?after=${cursor}`);
  events.addEventListener("change", refresh);
  events.addEventListener("error", () => {
    // Otherwise the browser connects again by itself.
    if (events.readyState !== EventSource.CLOSED) return;
    clearInterval(polls);
    polls = setInterval(refresh, POLL);
    setTimeout(() => {
      clearInterval(polls);
      follow();
    }, AGAIN);
  });
  window.addEventListener("pagehide", () => events.close());
}

function go(step) {
  const all = [...document.querySelectorAll(".sentence")];
  const at = all.indexOf(current());
  const next = at < 0 ? all[0] : all[at + step];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
}

const press = (card, name) => card?.querySelector(`.decide .${name}`)?.click();
const actions = {
  j: () => go(1),
  k: () => go(-1),
  a: (card) => press(card, "accept"),
  d: (card) => press(card, "dismiss"),
  o: (card) => press(card, "open"),
  u: (card) => press(card, "undo"),
};
document.addEventListener("keydown", (event) => {
  const action = isTyping(event) ? undefined : actions[event.key];
  if (!action) return;
  event.preventDefault();
  action(current());
});

// A decision is sent without leaving the page: the answer is the sentence as it is now.
document.addEventListener("submit", async (event) => {
  const card = event.target.closest(".decide")?.closest(".sentence");
  if (!card) return;
  event.preventDefault();
  if (card.dataset.sent) return;
  card.dataset.sent = "yes";
  const answer = await fetch(event.target.action, {
    method: "POST",
    body: new FormData(event.target),
    headers: { "X-Wanted": "card" },
  }).catch(() => null);
  delete card.dataset.sent;
  const fresh =
    answer && [200, 409].includes(answer.status) && !answer.redirected
      ? parsed(await answer.text()).querySelector(".sentence")
      : null;
  const shown = document.getElementById(card.id) ?? card;
  if (fresh) {
    shown.replaceWith(fresh);
    fresh.focus({ preventScroll: true });
    return;
  }
  const message = document.createElement("p");
  message.className = "card-message";
  message.setAttribute("role", "alert");
  message.textContent = page.dataset.notSaved;
  shown.prepend(message);
});

if ("live" in page.dataset) follow();
