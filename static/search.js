// What the search field in the header offers while one types. Without it, Enter searches.
const PAUSE = 150; // milliseconds without a key, before anything is asked
const form = document.querySelector("form.search");
const field = form?.querySelector("input");
const list = form?.querySelector("ul");
let timer = 0;
let asked = ""; // the newest question: answers to older ones come too late
let active = -1;

const close = () => {
  list.hidden = true;
  active = -1;
  field.setAttribute("aria-expanded", "false");
  field.removeAttribute("aria-activedescendant");
};

const choose = (index) => {
  const rows = [...list.children];
  rows.forEach((row, place) => row.setAttribute("aria-selected", String(place === index)));
  active = index;
  if (index < 0) field.removeAttribute("aria-activedescendant");
  else {
    field.setAttribute("aria-activedescendant", rows[index].id);
    rows[index].scrollIntoView({ block: "nearest" });
  }
};

const rowOf = ({ text, kind, url }, place) => {
  const row = document.createElement("li");
  row.id = `search-row-${place}`;
  row.setAttribute("role", "option");
  row.setAttribute("aria-selected", "false");
  row.dataset.url = url;
  const words = document.createElement("bdi");
  words.textContent = text;
  const note = document.createElement("span");
  note.className = "note";
  note.textContent = kind;
  row.append(words, note);
  return row;
};

const offer = async () => {
  const typed = field.value;
  asked = typed;
  if (!typed.trim()) {
    close();
    return;
  }
  try {
    const answer = await fetch(`${form.dataset.completion}?${new URLSearchParams({ q: typed })}`);
    if (!answer.ok || asked !== typed || document.activeElement !== field) return;
    const { rows } = await answer.json();
    if (asked !== typed) return;
    list.replaceChildren(...rows.map(rowOf));
    active = -1;
    field.removeAttribute("aria-activedescendant");
    list.hidden = !rows.length;
    field.setAttribute("aria-expanded", String(!list.hidden));
  } catch {
    close(); // offline: Enter still searches
  }
};

if (form) {
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-expanded", "false");
  field.setAttribute("aria-controls", list.id);
  field.setAttribute("aria-autocomplete", "list");
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(offer, PAUSE);
  });
  field.addEventListener("keydown", (event) => {
    const last = list.hidden ? -1 : list.children.length - 1;
    if (event.key === "ArrowDown" && last >= 0) {
      event.preventDefault();
      choose(active === last ? -1 : active + 1);
    } else if (event.key === "ArrowUp" && last >= 0) {
      event.preventDefault();
      choose(active < 0 ? last : active - 1);
    } else if (event.key === "Enter" && !list.hidden && active >= 0) {
      event.preventDefault();
      window.location.assign(list.children[active].dataset.url);
    } else if (event.key === "Escape") {
      if (list.hidden) field.blur();
      else event.preventDefault(); // or the browser empties the field
      asked = "";
      close();
    }
  });
  form.addEventListener("submit", () => {
    asked = "";
    clearTimeout(timer);
    close();
  });
  list.addEventListener("mousedown", (event) => {
    const row = event.target.closest("li");
    if (!row) return;
    event.preventDefault(); // the field keeps the focus until the page is left
    window.location.assign(row.dataset.url);
  });
  field.addEventListener("blur", close);
}
