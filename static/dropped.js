// A link or a file that is pasted or dropped anywhere on the page opens the form that adds it as
// evidence, filled in. Nothing is saved: the person completes and sends the form.

const FIELDS = "input, textarea, select, dialog, [contenteditable]";
const texts = document.getElementById("workbench-texts")?.dataset ?? {};
const source = document.getElementById("source");
const file = document.getElementById("file");

const addressIn = (text) => {
  const first = text.split(/\r?\n/).find((line) => line.trim() && !line.startsWith("#")) ?? "";
  const address = first.trim();
  if (/\s/.test(address) || !/^https?:\/\//i.test(address)) return "";
  return URL.canParse(address) ? address : "";
};

/** Says above the form what happened, in place of what was said before. */
const tell = (details, text, button) => {
  details.querySelector(".dropped-note")?.remove();
  const note = document.createElement("p");
  note.className = "dropped-note";
  note.setAttribute("role", "status");
  note.textContent = text;
  if (button) note.append(" ", button);
  details.querySelector("summary").after(note);
};

const ready = (details) => {
  details.open = true;
  details.scrollIntoView({ block: "start" });
  details.querySelector("input[type=radio]")?.focus({ preventScroll: true });
};

const enter = (field, address) => {
  field.value = address;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  tell(source, texts.dropFilled);
  ready(source);
};

const addLink = (address) => {
  const field = source.querySelector("input[name=url]");
  if (!field.value || field.value === address) {
    enter(field, address);
    return;
  }
  // What somebody typed is never replaced unasked.
  const replace = document.createElement("button");
  replace.type = "button";
  replace.className = "link";
  replace.textContent = texts.dropReplace.replace("{address}", address);
  replace.addEventListener("click", () => enter(field, address));
  tell(source, texts.dropOther, replace);
  source.open = true;
  replace.focus();
};

const addFile = (files) => {
  const one = new DataTransfer();
  one.items.add(files[0]);
  const field = file.querySelector("input[type=file]");
  field.files = one.files;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  tell(file, files.length > 1 ? texts.dropFirst : texts.dropFilled);
  ready(file);
};

/** Whether this was a source that the page can take. */
const take = (data, inField) => {
  if (data.files.length && file) {
    addFile(data.files);
    return true;
  }
  const address = addressIn(data.getData("text/uri-list") || data.getData("text/plain"));
  if (!address || inField || !source) return false;
  addLink(address);
  return true;
};

const holds = (data) => data?.types.includes("Files") || data?.types.includes("text/uri-list");

/** Listens on the workbench where sources can be added now. */
export const takeSources = () => {
  if (!source && !file) return;
  const here = document.createElement("p");
  here.className = "drop-here";
  here.textContent = texts.dropHere;
  here.hidden = true;
  document.querySelector(".workbench").append(here);
  addEventListener("paste", (event) => {
    const inField = Boolean(event.target.closest?.(FIELDS));
    // A picture pasted with words into a field is meant for the field.
    if (!inField && take(event.clipboardData, false)) event.preventDefault();
  });
  addEventListener("dragover", (event) => {
    const inField = Boolean(event.target.closest?.(FIELDS));
    if (!holds(event.dataTransfer)) return;
    if (inField && !event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = "copy";
    here.hidden = false;
  });
  addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) here.hidden = true;
  });
  addEventListener("drop", (event) => {
    here.hidden = true;
    // A file field takes its own files.
    if (event.target.closest?.("input[type=file]")) return;
    if (take(event.dataTransfer, Boolean(event.target.closest?.(FIELDS)))) event.preventDefault();
  });
};
