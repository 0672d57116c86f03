// Shortcuts of every staff screen. Everything works without them.
import { isTyping } from "./typing.js";

const OPEN_MENUS = "#header details[open]";

// Two-key shortcuts such as “g h” need the key before.
let lastKey = "";
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    document.querySelectorAll(OPEN_MENUS).forEach((menu) => {
      // The focus goes back to what opened it, or it would be nowhere.
      if (menu.contains(document.activeElement)) menu.querySelector("summary").focus();
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
  document.querySelectorAll(OPEN_MENUS).forEach((menu) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
});
