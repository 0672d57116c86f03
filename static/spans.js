// Choosing words of an article's text, by mouse, finger or keys. The bar under the text then makes
// them a claim, a suggestion, or the words of a suggestion that is there. Without a script a list
// of sentences does the same.
import { isTyping } from "./typing.js";

const words = document.querySelector(".article .words");
const bar = document.querySelector("form.choose");
// The chosen words, in UTF-16 units as ranges count them; the server counts code points.
let chosen = null;

const codePoints = (text) => [...text].length;
const card = () => document.activeElement?.closest(".card");

/** The place of a boundary of a selection in the text. */
function place(node, offset) {
  const before = document.createRange();
  before.setStart(words, 0);
  before.setEnd(node, offset);
  return before.toString().length;
}

/** The range of a span: its ends are in text nodes, whatever marks stand between. */
function rangeOf({ start, end }) {
  const range = document.createRange();
  const nodes = document.createTreeWalker(words, NodeFilter.SHOW_TEXT);
  let at = 0;
  while (nodes.nextNode()) {
    const node = nodes.currentNode;
    const next = at + node.length;
    if (start >= at && start < next) range.setStart(node, start - at);
    if (end > at && end <= next) {
      range.setEnd(node, end - at);
      return range;
    }
    at = next;
  }
  return range;
}

function segments(granularity) {
  const split = new Intl.Segmenter(words.lang || undefined, { granularity });
  const found = [];
  // Line by line: a headline without a full stop is a sentence of its own.
  for (const line of words.textContent.matchAll(/[^\n]+/g))
    for (const { segment, index, isWordLike } of split.segment(line[0])) {
      const text = segment.trim();
      if (!text || isWordLike === false) continue;
      const start = line.index + index + segment.indexOf(text);
      found.push({ start, end: start + text.length });
    }
  return found;
}

function show(span) {
  chosen = span;
  const text = words.textContent.slice(span.start, span.end);
  bar.elements.text.value = text;
  bar.elements.start.value = codePoints(words.textContent.slice(0, span.start));
  bar.elements.end.value = Number(bar.elements.start.value) + codePoints(text);
  bar.querySelector(".chosen").textContent = text.trim();
  say("");
  bar.hidden = false;
  // The browser's own selection goes when the focus moves to a field of the bar.
  if (CSS.highlights) CSS.highlights.set("chosen", new Highlight(rangeOf(span)));
}

function cancel() {
  chosen = null;
  bar.hidden = true;
  change("");
  CSS.highlights?.delete("chosen");
  getSelection().removeAllRanges();
}

/** Selects a span as a mouse would, and brings it into view. */
function select(span) {
  const range = rangeOf(span);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
  show(span);
  const box = range.getBoundingClientRect();
  if (box.top < 80 || box.bottom > innerHeight - 260)
    scrollBy(0, box.top - innerHeight / 3);
}

/** The bar changes this suggestion, or makes something new of the words. */
function change(pk) {
  bar.elements.suggestion.value = pk;
  bar.querySelectorAll(".make, .who").forEach((one) => {
    one.hidden = Boolean(pk);
  });
  bar.querySelector(".change").hidden = !pk;
}

function say(message) {
  const paragraph = bar.querySelector(".card-message");
  paragraph.textContent = message;
  paragraph.hidden = !message;
}

/** Where the keys begin: at the words of the current card, else at the top of the window. */
function beginning() {
  const mark = words.querySelector(`a[href="#${card()?.id}"]`);
  if (mark) return place(mark, 0);
  const box = words.getBoundingClientRect();
  const caret = document.caretRangeFromPoint?.(box.left + 4, Math.max(box.top, 0) + 12);
  return caret && words.contains(caret.startContainer)
    ? place(caret.startContainer, caret.startOffset)
    : 0;
}

function step(back) {
  const all = segments("sentence");
  const from = chosen ?? { start: beginning(), end: beginning() };
  const next = back
    ? all.findLast((one) => one.end <= from.start)
    : all.find((one) => (chosen ? one.start >= from.end : one.end > from.start));
  if (next) select(next);
}

/** Moves one end of the chosen words by a word or a sentence, never past the other end. */
function stretch(edge, back, granularity) {
  const edges = segments(granularity).map((one) => one[edge]);
  const at = chosen[edge];
  const next = back ? edges.findLast((one) => one < at) : edges.find((one) => one > at);
  const span = { ...chosen, [edge]: next ?? at };
  if (span.start < span.end) select(span);
}

const arrows = {
  ArrowRight: [false, "word"],
  ArrowLeft: [true, "word"],
  ArrowDown: [false, "sentence"],
  ArrowUp: [true, "sentence"],
};

function onKey(event) {
  if (event.key === "Escape" && chosen) {
    event.preventDefault(); // or the desk's own key leaves the page
    cancel();
    return;
  }
  const arrow = arrows[event.key];
  if (chosen && arrow && event.shiftKey && !event.target.closest("input, textarea, select")) {
    event.preventDefault();
    stretch(event.altKey ? "start" : "end", ...arrow);
    return;
  }
  if (isTyping(event)) return;
  if (event.key === "s" || event.key === "S") {
    event.preventDefault();
    step(event.key === "S");
  }
  const button = event.target.closest("button, a, summary");
  if (event.key === "Enter" && chosen && !button) {
    event.preventDefault();
    // Before triage takes the key for the current card.
    event.stopImmediatePropagation();
    const field = bar.elements.suggestion.value ? ".change" : "[name=claimant]";
    bar.querySelector(field).focus();
  }
}

let soon;
function onSelection() {
  clearTimeout(soon);
  soon = setTimeout(() => {
    const selection = getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return;
    const range = selection.getRangeAt(0);
    if (!words.contains(range.startContainer) || !words.contains(range.endContainer)) return;
    show({
      start: place(range.startContainer, range.startOffset),
      end: place(range.endContainer, range.endOffset),
    });
  }, 200);
}

async function send(event) {
  event.preventDefault();
  if (bar.dataset.sent) return;
  bar.dataset.sent = "yes";
  const button = event.submitter ?? bar.querySelector("button:not([hidden])");
  const answer = await fetch(bar.action, {
    method: "POST",
    body: new FormData(bar, button),
    headers: { "X-Wanted": "card" },
  }).catch(() => null);
  delete bar.dataset.sent;
  const data = answer && !answer.redirected ? await answer.json().catch(() => null) : null;
  const page = document.querySelector(".triage").dataset;
  if (data?.card) {
    cancel();
    await refresh(data.card);
  } else if (data?.errors) say(data.errors.join(" "));
  else say(answer ? page.notSaved.replace("%(status)s", answer.status) : page.notSent);
}

/** Brings the text and the one card as they are now; other cards keep what is typed in them. */
async function refresh(pk) {
  const answer = await fetch(location.pathname);
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  const made = fresh.getElementById(`s-${pk}`);
  const old = document.getElementById(`s-${pk}`);
  words.replaceChildren(...fresh.querySelector(".article .words").childNodes);
  ready();
  if (made && old) old.replaceWith(made);
  else if (made) insert(made);
  for (const place of ["#left", ...[...fresh.querySelectorAll(".part > h3")].map((h) => `#${h.id}`)])
    document.querySelector(place)?.replaceChildren(...(fresh.querySelector(place)?.childNodes ?? []));
  // The page then selects the card, also if it is the one the address named before.
  history.replaceState(null, "", location.pathname);
  location.hash = `s-${pk}`;
}

/** Puts a new card where the server has it: before the card that follows it there. */
function insert(made) {
  const part = made.closest(".part");
  const here = document.getElementById(part.querySelector("h3").id)?.closest(".part");
  if (!here) {
    document.querySelector(".cards").replaceChildren(...made.closest(".cards").childNodes);
    return;
  }
  const all = [...part.querySelectorAll(".card")];
  const next = all.slice(all.indexOf(made) + 1).find((one) => document.getElementById(one.id));
  if (next) document.getElementById(next.id).before(made);
  else here.append(made);
}

/** A drag that begins on a highlighted sentence selects words instead of dragging its link. */
function ready() {
  words.querySelectorAll("a").forEach((link) => {
    link.draggable = false;
  });
}

function onClick(event) {
  const link = event.target.closest("a.change-span");
  if (link) {
    const marks = words.querySelectorAll(`a[href="#${link.closest(".card").id}"]`);
    if (!marks.length) return;
    event.preventDefault();
    const last = marks[marks.length - 1];
    const own = link.closest(".card");
    // From here on Enter is for the words, not for the link once more.
    own.focus({ preventScroll: true });
    change(own.id.slice(2));
    select({ start: place(marks[0], 0), end: place(last, last.childNodes.length) });
  }
  // A selection that ends in the link it began in is no click on it.
  if (words.contains(event.target) && !getSelection().isCollapsed) event.preventDefault();
}

if (words && bar) {
  ready();
  document.addEventListener("selectionchange", onSelection);
  document.addEventListener("keydown", onKey);
  document.addEventListener("click", onClick);
  bar.addEventListener("submit", send);
  bar.querySelector("[data-cancel]").addEventListener("click", cancel);
}
