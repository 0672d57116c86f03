// Small comforts of every screen. Nothing here is needed to work.

/** Is the person writing? Then keys are letters. */
export function writing(event) {
  return (
    event.ctrlKey ||
    event.metaKey ||
    event.altKey ||
    event.target.closest("input, textarea, select, dialog, [contenteditable]")
  );
}

let last = "";
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    document.querySelectorAll(".nav details[open]").forEach((menu) => {
      menu.open = false;
    });
    return;
  }
  if (writing(event)) return;
  const keys = document.querySelector("dialog.keys");
  if (event.key === "?" && keys) keys.showModal();
  if (event.key === "h" && last === "g") document.querySelector("#site-name a")?.click();
  if (event.key === "/") {
    const search = document.querySelector("#searchbar");
    if (search) {
      event.preventDefault();
      search.focus();
    }
  }
  last = event.key;
});

document.addEventListener("click", (event) => {
  document.querySelectorAll(".nav details[open]").forEach((menu) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
});
