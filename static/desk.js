// Shortcuts of every staff screen. Everything works without them.
import { isTyping } from "./typing.js";

// Two-key shortcuts such as “g h” need the key before.
let lastKey = "";
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    document.querySelectorAll(".nav details[open]").forEach((menu) => {
      menu.open = false;
    });
    return;
  }
  if (isTyping(event)) return;
  const keys = document.querySelector("dialog.keys");
  if (event.key === "?" && keys) keys.showModal();
  if (event.key === "h" && lastKey === "g") document.querySelector("#site-name a")?.click();
  if (event.key === "/") {
    const search = document.querySelector("#search-everywhere");
    if (search) {
      event.preventDefault(); // or the slash is typed into the field, and Firefox opens its search
      search.focus();
      search.select();
    }
  }
  lastKey = event.key;
});

document.addEventListener("click", (event) => {
  document.querySelectorAll(".nav details[open]").forEach((menu) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
});
