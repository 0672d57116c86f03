// Words that are typed and not saved yet are kept on the server, for their writer alone, and come
// back on any machine. Nothing of them is stored in the browser: it would outlive the session.

const PAUSE = 1500;
// Leaving a field often means pressing a button, which saves the draft itself.
const ON_LEAVING = 300;
// What a browser lets a page send that is closing already, with some room for the rest of the body.
const MOST_ON_LEAVING = 60_000;
const FORMS = "form[data-draft]";
const texts = document.getElementById("workbench-texts")?.dataset ?? {};
const kept = new Map(
  JSON.parse(document.getElementById("form-drafts")?.textContent ?? "[]").map((one) => [
    one.form,
    one,
  ]),
);
// By form: what waits to be saved, and how.
const states = new WeakMap();

// Who a source or a reader is stays out of drafts, and so do files and what the server set.
const storable = (field) =>
  field.name &&
  !("private" in field.dataset) &&
  !["file", "password", "submit", "button"].includes(field.type) &&
  (field.type !== "hidden" || field.name === "version");
const nameOf = (field) =>
  field.type === "checkbox" ? `${field.name}=${field.value}` : field.name;

const selected = (field, original) =>
  original
    ? ([...field.options].find((option) => option.defaultSelected) ?? field.options[0])?.value
    : field.value;

// A radio button that is off says nothing of its group; a checkbox that is off does.
const wordOf = (field, original) => {
  const on = original ? field.defaultChecked : field.checked;
  if (field.type === "checkbox") return on ? "on" : "";
  if (field.type === "radio") return on ? field.value : null;
  if (field.tagName === "SELECT") return selected(field, original) ?? "";
  return original ? field.defaultValue : field.value;
};

/** What the form says, or with `original` what it said when the page was opened. */
const words = (form, original = false) => {
  const found = new Map();
  for (const field of form.elements) {
    if (!storable(field)) continue;
    const word = wordOf(field, original);
    if (word !== null) found.set(nameOf(field), word);
    else if (!found.has(nameOf(field))) found.set(nameOf(field), "");
  }
  return Object.fromEntries(found);
};

const differing = (a, b) =>
  Object.keys(a).filter((name) => name !== "version" && name in b && a[name] !== b[name]);
const same = (a, b) => differing(a, b).length === 0;

const fill = (form, draft) => {
  for (const field of form.elements) {
    if (!storable(field) || !(nameOf(field) in draft)) continue;
    const value = draft[nameOf(field)];
    if (field.type === "checkbox") field.checked = value === "on";
    else if (field.type === "radio") field.checked = field.value === value;
    else field.value = value;
  }
};

const element = (tag, className, text = "") => {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
};

const button = (label, press) => {
  const made = element("button", "link", label);
  made.type = "button";
  made.addEventListener("click", press);
  return made;
};

// Beside the form's button, and only announced where the form was not sent for it: it would
// interrupt whoever types.
const say = (form, text, role = "none") => {
  let place = form.querySelector(".draft-state");
  if (!place) {
    place = element("span", "draft-state quiet");
    [...form.querySelectorAll("button[type=submit]")].at(-1)?.after(place);
  }
  place.setAttribute("role", role);
  place.textContent = text;
};

// A new sign-in in another tab ends the token of this page. The same person goes on with the new one.
const renewToken = async () => {
  const answer = await fetch(location.pathname, { headers: { "X-Renews": "1" } });
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  const who = (page) => page.querySelector("[data-person]")?.dataset.person;
  const token = fresh.querySelector("[name=csrfmiddlewaretoken]")?.value;
  if (!token || !who(fresh) || who(fresh) !== who(document)) return "";
  for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = token;
  return token;
};

// The draft that this tab knows. Another tab of the same form may have kept another one.
const known = (form) => {
  const name = form.dataset.draft;
  if (!kept.has(name)) kept.set(name, { base: words(form, true), stamp: "" });
  return kept.get(name);
};

const send = async (form, typed, leaving, waiting) => {
  const body = new FormData();
  const draft = known(form);
  body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  body.set("form", form.dataset.draft);
  body.set("base", JSON.stringify(draft.base));
  body.set("typed", JSON.stringify(typed));
  // What was sent just before has a stamp that a page which closes cannot wait for.
  if (!waiting) body.set("seen", draft.stamp);
  const options = { method: "POST", body, headers: { Accept: "application/json" } };
  // More than that is refused at once, while a page that is only hidden can send it as ever.
  const keepalive = leaving && new Blob([...body.values()]).size < MOST_ON_LEAVING;
  const post = () => fetch(texts.draftUrl, { ...options, keepalive });
  try {
    let answer = await post();
    const token = answer.status === 403 ? await renewToken() : "";
    if (token) {
      body.set("csrfmiddlewaretoken", token);
      answer = await post();
    }
    // Redirected to the sign-in page: nothing was kept.
    const away = answer.redirected || (answer.status === 403 && !token);
    const done = answer.ok && !answer.redirected;
    const told = done || answer.status === 409 ? await answer.json() : {};
    draft.stamp = told.stamp ?? told.draft?.stamp ?? draft.stamp;
    return { kept: done, away, other: told.draft };
  } catch {
    return { kept: false, away: true };
  }
};

const save = async (form, leaving = false) => {
  const state = states.get(form);
  clearTimeout(state?.timer);
  if (!state?.dirty) return state?.sending;
  state.dirty = false;
  const before = state.sending;
  state.waiting = (state.waiting ?? 0) + 1;
  state.sending = (async () => {
    // One after the other, or an older text might arrive last.
    if (!leaving) await before;
    const waiting = leaving && state.waiting > 1;
    const { kept: done, away, other } = await send(form, words(form), leaving, waiting);
    state.waiting -= 1;
    if (!done) state.dirty = true;
    state.away = away;
    state.other = other;
    if (other) showOther(form, other);
    else say(form, done ? texts.draftKept : texts.draftLost);
  })();
  return state.sending;
};

const soon = (form, delay) => {
  const state = states.get(form) ?? {};
  states.set(form, state);
  clearTimeout(state.timer);
  state.timer = setTimeout(() => save(form), delay);
  return state;
};

const openAround = (node) => {
  for (let at = node.parentElement; at; at = at.parentElement)
    if (at.tagName === "DETAILS") at.open = true;
};

const labelOf = (field, value) => {
  if (field.type === "radio") return field.closest("fieldset")?.querySelector("legend");
  return field.labels?.[0] ?? value;
};
const readable = (form, name, value) => {
  const fields = [...form.elements].filter((one) => one.name && nameOf(one) === name);
  const field = fields.find((one) => one.type !== "radio" || one.value === value) ?? fields[0];
  if (field.type === "checkbox") return value === "on" ? texts.draftYes : texts.draftNo;
  if (field.type === "radio" && field.value === value)
    return (field.labels[0].querySelector("strong") ?? field.labels[0]).textContent.trim();
  if (field.tagName === "SELECT")
    return [...field.options].find((option) => option.value === value)?.text ?? value;
  return value;
};

/** Both texts side by side, where somebody saved another one meanwhile. */
const compared = (form, now, draft, headings = [texts.draftSaved, texts.draftYours]) => {
  const pair = element("div", "conflict pair");
  const sides = [
    [headings[0], now],
    [headings[1], draft],
  ];
  for (const [heading, side] of sides) {
    const column = element("div", "");
    column.append(element("h3", "", heading));
    for (const name of differing(now, draft)) {
      const first = [...form.elements].find((one) => one.name && nameOf(one) === name);
      const label = labelOf(first, name);
      column.append(element("strong", "", label?.textContent?.trim() ?? name));
      const text = element("p", "words", readable(form, name, side[name]) || "–");
      text.dir = "auto";
      column.append(text);
    }
    pair.append(column);
  }
  return pair;
};

const notice = (form, draft, now, stale) => {
  const note = element("div", "restored");
  const line = element("p", "");
  line.setAttribute("role", "status");
  const both = stale ? compared(form, now, draft.typed) : null;
  const { base } = draft;
  const show = (restored) => {
    fill(form, restored ? draft.typed : now);
    // What is typed after the draft was discarded is typed into the saved text.
    draft.base = restored ? base : now;
    const kind = stale ? texts.draftStale : texts.draftRestored;
    const text = restored ? kind : texts.draftDiscarded;
    const label = restored ? texts.draftDiscard : texts.draftRestore;
    const change = button(label, () => {
      show(!restored);
      soon(form, 0).dirty = true;
      line.querySelector("button").focus();
    });
    line.replaceChildren(text.replace("{time}", draft.time), " · ", change);
    if (both) both.hidden = !restored;
  };
  show(true);
  note.append(line, ...(both ? [both] : []));
  form.prepend(note);
};

/** What another tab has kept meanwhile, beside the words here: neither replaces the other unseen. */
const showOther = (form, other) => {
  form.querySelector(".restored.elsewhere")?.remove();
  const note = element("div", "restored elsewhere");
  const line = element("p", "", texts.draftElsewhere);
  line.setAttribute("role", "status");
  const take = button(texts.draftTake, () => {
    fill(form, { ...other.typed, version: words(form).version });
    note.remove();
    soon(form, 0).dirty = true;
  });
  line.append(" · ", take);
  const headings = [texts.draftThere, texts.draftHere];
  note.append(line, compared(form, other.typed, words(form), headings));
  form.prepend(note);
  say(form, "");
};

const restore = (form) => {
  const draft = kept.get(form.dataset.draft);
  const now = words(form);
  // A refused form came back with what was typed.
  if (!draft || draft.refused || same(now, draft.typed)) return;
  // A box was ticked that is not offered any more: without it a privileged query is for all.
  if (Object.keys(draft.typed).some((name) => draft.typed[name] === "on" && !(name in now))) return;
  // Where nobody changed the saved text meanwhile, the draft takes the current version and saves
  // without a conflict; else it keeps its old one, and the server shows both texts.
  const stale = !same(draft.base, now);
  if (!stale && "version" in now) draft.typed.version = now.version;
  notice(form, draft, now, stale);
  openAround(form);
};

const submitted = async (event) => {
  const form = event.target;
  if (!form.matches?.(FORMS)) return;
  const state = states.get(form);
  if (!state || state.passed) return;
  // The last words first: a draft that arrives after the form was saved would come back.
  event.preventDefault();
  event.stopImmediatePropagation();
  if (state.leaving) return;
  state.leaving = true;
  await Promise.race([save(form), new Promise((resolve) => setTimeout(resolve, 2 * PAUSE))]);
  if (state.away) {
    // The page that answers would take the place of words that are kept nowhere.
    state.leaving = false;
    say(form, texts.draftLost, "alert");
    return;
  }
  if (state.other) {
    // The words of the other tab would go with its draft. Sent again, it is by choice.
    state.leaving = false;
    form.querySelector(".restored.elsewhere").scrollIntoView({ block: "center" });
    return;
  }
  state.passed = true;
  // Once this event is over: where all words are kept already we come here before that, and browsers
  // ignore what a form is asked while it is being sent.
  setTimeout(() => form.requestSubmit(event.submitter), 0);
};

/** Restores what was typed, and keeps what will be. */
export const keepDrafts = () => {
  const forms = document.querySelectorAll(FORMS);
  if (!forms.length || !texts.draftUrl) return;
  forms.forEach(restore);
  document.addEventListener("input", (event) => {
    const form = event.target.closest?.(FORMS);
    if (form) soon(form, PAUSE).dirty = true;
  });
  document.addEventListener("focusout", (event) => {
    const form = event.target.closest?.(FORMS);
    if (states.get(form)?.dirty) soon(form, ON_LEAVING);
  });
  const all = () => [...document.querySelectorAll(FORMS)].filter((form) => states.has(form));
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) for (const form of all()) save(form, true);
  });
  addEventListener("pagehide", () => {
    for (const form of all()) if (!states.get(form).passed) save(form, true);
  });
  // Back from the browser's page cache the form can be sent again.
  addEventListener("pageshow", (event) => {
    if (event.persisted) for (const form of all()) states.delete(form);
  });
  document.addEventListener("submit", submitted, true);
  // The server deletes the draft that this form replaces.
  document.addEventListener("formdata", (event) => {
    const name = event.target.dataset.draft;
    if (name) event.formData.set("draft", name);
  });
};
