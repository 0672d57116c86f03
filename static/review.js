// Words selected in the preview become a comment: a small button beside them opens its form with the
// words filled in. Without a script they are copied into the form by hand.
const button = document.querySelector(".comment-here");
const form = document.querySelector("#comment form");
let chosen = null;

/** The part that the whole selection is in, and how often its words stand there before it. */
function selected() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const around = range.commonAncestorContainer;
  const part = (around.closest ? around : around.parentElement)?.closest("#reader [data-comment-part]");
  const words = plain(range.cloneContents()).trim();
  if (!part || !words) return null;
  const before = document.createRange();
  before.setStart(part, 0);
  before.setEnd(range.startContainer, range.startOffset);
  return { part, words, range, occurrence: count(plain(before.cloneContents()), words) };
}

/** The text without the numbers of comments. */
function plain(fragment) {
  fragment.querySelectorAll(".comment-mark").forEach((mark) => mark.remove());
  return fragment.textContent;
}

function count(text, words) {
  const spaced = (value) => value.replace(/\s+/g, " ");
  return spaced(text).split(spaced(words)).length - 1;
}

function place() {
  chosen = selected();
  button.hidden = !chosen;
  if (!chosen) return;
  const box = chosen.range.getBoundingClientRect();
  const width = document.documentElement.clientWidth;
  button.style.insetBlockStart = `${scrollY + box.bottom + 6}px`;
  button.style.insetInlineStart = `${Math.min(Math.max(box.left, 8), width - 120)}px`;
}

function fill() {
  if (!chosen) return;
  form.elements.on.value = chosen.part.dataset.commentPart;
  form.elements.passage.value = chosen.words;
  form.elements.occurrence.value = chosen.occurrence;
  button.hidden = true;
  form.closest("details").open = true;
  form.dispatchEvent(new Event("input"));
  form.elements.text.focus();
}

let soon;
if (button && form) {
  document.addEventListener("selectionchange", () => {
    clearTimeout(soon);
    soon = setTimeout(place, 150);
  });
  // A press must not take the selection away before the click is heard.
  button.addEventListener("pointerdown", (event) => event.preventDefault());
  button.addEventListener("click", fill);
  // Other words typed by hand are not the ones that were counted.
  form.elements.passage.addEventListener("input", () => {
    form.elements.occurrence.value = "";
  });
  document.body.append(button);
}
