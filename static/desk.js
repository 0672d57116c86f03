// Keys of every staff screen. Everything works without them.
import { isTyping } from "./typing.js";

const OPEN_MENUS = "#header details[open]";
// The rows of a list, of search results and of the home screen.
const ROWS = "#result_list tbody tr, #content ul.rows > li";
// A page that one comes back to from what it lists.
const LISTS = ".panels, #changelist, .found";
const PERSON = document.querySelector("[data-person]")?.dataset.person ?? "";
const CAME_FROM = `came-from:${PERSON}`;

const keys = document.querySelector("dialog.keys");
const isList = document.querySelector(LISTS) !== null;

/** The link that stands for a row: what Enter opens. */
const linkOf = (row) => row.querySelector("a.what, th a[href], a[href]");
const rowLinks = () =>
  [...document.querySelectorAll(ROWS)]
    .map(linkOf)
    .filter((link) => link?.checkVisibility());

/** Moves the focus to the next or previous row; from elsewhere, to the first one. */
function move(step) {
  const links = rowLinks();
  const row = document.activeElement?.closest(ROWS);
  const at = row ? links.indexOf(linkOf(row)) : -1;
  const next = at < 0 ? links[0] : links[at + step];
  next?.focus();
  next?.closest(ROWS).scrollIntoView({ block: "nearest" });
}

const TEXTS = "textarea, input:is([type=text], [type=url], [type=email], [type=number])";
/** What was typed and not saved would be lost. */
const isUnsaved = () =>
  [...document.querySelectorAll(TEXTS)].some((field) => field.value !== field.defaultValue);

/** What is kept nowhere: drafts of other forms are on the server. */
const isUnkept = () =>
  [...document.querySelectorAll(TEXTS)].some(
    (field) =>
      field.value !== field.defaultValue &&
      (field.matches("[data-private]") || field.closest("form[method=post]:not([data-draft])")),
  );
const mayLeave = () => !isUnkept() || confirm(keys.dataset.unsaved);

// A list remembers itself and the row that was opened, for the way back.
function leaveBy(link) {
  sessionStorage.setItem(CAME_FROM, JSON.stringify({ list: location.href, row: link.href }));
}

function goBack() {
  const { list } = JSON.parse(sessionStorage.getItem(CAME_FROM) ?? "{}");
  const above = [...document.querySelectorAll(".breadcrumbs a[href]")].at(-1)?.href;
  const there = isList ? above : (list ?? above);
  if (!there) return;
  if (isUnkept() ? mayLeave() : !isUnsaved()) location.assign(there);
}

function focusOpenedRow() {
  const { list, row } = JSON.parse(sessionStorage.getItem(CAME_FROM) ?? "{}");
  const path = (url) => url && new URL(url, location.href).pathname;
  // Another link to the same list begins at its top.
  if (!isList || list !== location.href || path(document.referrer) !== path(row)) return;
  rowLinks()
    .find((link) => link.href === row)
    ?.focus();
}

/** Leaves what is innermost: a menu, a field, an open part, the page. */
function escape(event) {
  if (event.target.closest("dialog[open]")) return; // the browser closes it
  const menus = document.querySelectorAll(OPEN_MENUS);
  // What had the focus: the search may have given it up by now.
  const focused = event.target;
  const part = focused.closest("#content details[open]:not(.part, .rest)");
  menus.forEach((menu) => {
    // The focus goes back to what opened it, or it would be nowhere.
    if (menu.contains(focused)) menu.querySelector("summary").focus();
    menu.open = false;
  });
  if (menus.length) return;
  if (focused.matches("input, textarea, select")) focused.blur();
  else if (part) {
    part.open = false;
    part.querySelector("summary").focus();
  } else goBack();
}

function search(event) {
  const field = document.querySelector("#search-everywhere");
  if (!field) return;
  event.preventDefault(); // or the slash is typed into the field, and Firefox opens its search
  field.focus();
  field.select();
}

const actions = {
  "?": () => keys?.showModal(),
  "/": search,
  j: () => move(1),
  k: () => move(-1),
};

// Two-key shortcuts such as “g h” need the key before.
let before = "";
// On the window: the scripts of a screen listen on the document, and a key that they use is theirs.
window.addEventListener("keydown", (event) => {
  const { key } = event;
  const pressed = [`${before} ${key}`, key];
  before = "";
  if (event.defaultPrevented || event.isComposing) return;
  if (key === "Escape") {
    escape(event);
    return;
  }
  // The key that opened the help closes it.
  if (key === "?" && event.target.closest("dialog.keys[open]")) {
    keys.close();
    return;
  }
  if (isTyping(event)) return;
  before = key;
  const links = [...document.querySelectorAll("[data-keys]")];
  // “g t” is not “t”.
  const link = pressed
    .map((wanted) => links.find((one) => one.dataset.keys === wanted))
    .find(Boolean);
  if (link) {
    before = "";
    event.preventDefault(); // or the key is typed into the first field of the next page
    if (mayLeave()) link.click();
  } else actions[key]?.(event);
});

document.addEventListener("click", (event) => {
  document.querySelectorAll(OPEN_MENUS).forEach((menu) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
  const link = event.target.closest("a[href]");
  if (isList && link?.closest(ROWS)) leaveBy(link);
});

focusOpenedRow();
