// Enhancement only: the page does all of this by forms and links without it.

import { keepDrafts } from "./drafts.js";
import { takeSources } from "./dropped.js";
import { isTyping } from "./typing.js";

const bench = document.querySelector(".workbench");
const POLL = 3000;
// The server translates what this script says; pages of other screens may not carry the element.
const texts = document.getElementById("workbench-texts")?.dataset ?? {};

// Each live part as the server rendered it, before this script adds counters and drafts to it. The
// token differs in every response and must not count as a change.
const markup = (part) => part.innerHTML.replace(/name="csrfmiddlewaretoken" value="\w*"/g, "");
const rendered = new Map(
  [...document.querySelectorAll("[data-live]")].map((part) => [part.id, markup(part)]),
);

// A refusal is read first, wherever the page was scrolled to.
document.getElementById("refusal")?.focus();

// A link to a place opens every <details> around it; not every browser does that by itself.
const open = () => {
  if (location.hash.length < 2) return null;
  const place = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  for (let node = place; node; node = node.parentElement)
    if (node.tagName === "DETAILS") node.open = true;
  place?.scrollIntoView();
  return place;
};
// A form that the address names is to be filled in next.
const openAndFocus = () => {
  const place = open();
  if (place?.matches("details.edit"))
    place.querySelector("input:not([type=hidden]), textarea")?.focus({ preventScroll: true });
};
addEventListener("hashchange", openAndFocus);
// The browser takes the focus away when it has found the place itself.
addEventListener("load", openAndFocus);
open();

// The list of what is missing lies over the page: it closes when one goes where it points, presses
// Escape, or turns to something else.
const lacks = () => document.querySelector(".lacks[open]");
document.addEventListener("click", (event) => {
  const list = lacks();
  if (list && (!list.contains(event.target) || event.target.closest("a"))) list.open = false;
});
document.addEventListener("keydown", (event) => {
  const list = lacks();
  if (event.key !== "Escape" || !list) return;
  event.preventDefault(); // or the desk's own key leaves the page
  list.open = false;
  list.querySelector("summary").focus();
});

keepDrafts();
if (bench) takeSources();

// From the verdict to the passage that it cites, and the cursor stays where it was.
for (const link of document.querySelectorAll(".cited a"))
  link.addEventListener("click", (event) => {
    const item = document.querySelector(link.hash);
    if (!item) return;
    event.preventDefault();
    document.querySelector(".item.shown")?.classList.remove("shown");
    item.classList.add("shown");
    (item.querySelector(".passage, blockquote") ?? item).scrollIntoView({ block: "center" });
  });

// Show how much room is left: always in short fields, near the end in long ones.
for (const field of texts.count ? document.querySelectorAll("textarea[maxlength]") : []) {
  const count = document.createElement("p");
  count.className = "count";
  const update = () => {
    count.textContent = texts.count
      .replace("{used}", field.value.length)
      .replace("{limit}", field.maxLength);
    count.hidden = field.maxLength > 300 && field.value.length < 0.8 * field.maxLength;
  };
  field.addEventListener("input", update);
  field.after(count);
  update();
}

// A second press would be harmless, only confusing. Disabled after the event: a disabled button's name
// and value are not sent.
document.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (button && event.target.method === "post")
    setTimeout(() => {
      button.disabled = true;
    }, 0);
});
// Back from the browser's page cache the buttons would still be disabled.
addEventListener("pageshow", (event) => {
  if (event.persisted)
    for (const button of document.querySelectorAll("button[type=submit]")) button.disabled = false;
});

// One letter moves the focus to each part, and opens it.
document.addEventListener("keydown", (event) => {
  if (isTyping(event) || !/^[a-z]$/.test(event.key)) return;
  const place = document.querySelector(`[data-key="${event.key}"]`);
  if (!place) return;
  event.preventDefault();
  const details = place.closest("details");
  if (details && place.tagName === "SUMMARY") details.open = true;
  const around = details ?? place;
  const fields =
    "textarea, select, input:not([type=hidden]), a.button, button:not([disabled])";
  // What the key itself opens is not where it leads.
  const first = around.querySelector(
    place.tagName === "SUMMARY" ? fields : `${fields}, summary.button`,
  );
  // Of radio buttons the chosen one: focus on another would lead past the choice.
  const chosen =
    first?.type === "radio" && around.querySelector(`input[name="${first.name}"]:checked`);
  (chosen || first)?.focus();
});

// While a capture is awaited: replace the live parts, all at once or not at all, so that no two of
// them contradict each other. A part in use is left alone, and so are then all the others.
const untouched = (part) =>
  !part.contains(document.activeElement) &&
  [...part.querySelectorAll("details[open]")].every(
    (details) => !details.querySelector("button, input, select, textarea"),
  ) &&
  [...part.querySelectorAll("textarea, input:not([type=hidden])")].every(
    (field) => field.value === field.defaultValue,
  );

// The forms of another version carry its number; replacing parts would mix the two. The person reloads.
const changed = () => {
  const reload = document.createElement("a");
  reload.href = bench.dataset.url;
  reload.textContent = texts.reload;
  document
    .querySelector("#evidence .waiting")
    ?.replaceChildren(`${texts.changed} `, reload);
};

// True while there is something to wait for: a capture, or a person who is using a part of the page.
const renew = async () => {
  const answer = await fetch(bench.dataset.url, { headers: { Accept: "text/html", "X-Renews": "1" } });
  // Redirected to the sign-in page, or an error of the moment: try again, show nothing of it.
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
    const current = next && markup(next);
    if (!next || current === rendered.get(part.id)) continue;
    rendered.set(part.id, current);
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
