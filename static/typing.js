/** Whether a key press is text or a browser command rather than a shortcut. */
export const isTyping = (event) =>
  event.ctrlKey ||
  event.metaKey ||
  event.altKey ||
  event.target.closest("input, textarea, select, dialog, [contenteditable]");
