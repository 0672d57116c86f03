const off = document.querySelector("[data-no-shortcuts]");

/**
 * Whether a key press is text or a browser command rather than a shortcut: always, for a person who
 * has switched the shortcuts off. A dialog that was just closed keeps the focus until the page is
 * drawn anew, and the next key may come before that.
 */
export const isTyping = (event) =>
  off ||
  event.ctrlKey ||
  event.metaKey ||
  event.altKey ||
  event.target.closest("input, textarea, select, dialog[open], [contenteditable]");
