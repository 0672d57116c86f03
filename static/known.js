// What is known of a claim while it is typed. Without it, the form says so when it is sent.
const PAUSE = 600; // milliseconds without a key, before anything is asked
const SHORTEST = 15; // letters: fewer say nothing that one could look up
const place = document.querySelector("[data-known]");
const field = document.querySelector("#new-text");
const language = document.querySelector("#new-language");
const desk = document.querySelector("#new-desk");
let timer = 0;
let asked = ""; // the newest question: answers to older ones come too late

const ask = async () => {
  const text = field.value.trim();
  if (text === asked) return;
  asked = text;
  if (text.length < SHORTEST) {
    place.replaceChildren();
    return;
  }
  const query = new URLSearchParams({
    text,
    language: language?.value || "",
    desk: desk?.value || "",
  });
  try {
    const answer = await fetch(`${place.dataset.known}?${query}`);
    if (!answer.ok || asked !== text) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (asked === text) place.replaceChildren(...page.body.childNodes);
  } catch {
    // Offline for a moment: the form says it when it is sent.
  }
};

if (place && field) {
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
}
