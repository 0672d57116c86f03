// Work that goes on elsewhere: shows how far it is, and loads the page anew when it is done.
// Without this script the page has a link for that.
const shown = document.querySelector("[data-progress]");
const EVERY = 1500; // ms

const ask = async () => {
  const answer = await fetch(shown.dataset.progress, { headers: { Accept: "application/json" } });
  if (!answer.ok) return; // signed out, or the row is gone: the link stays
  const state = await answer.json();
  const bar = shown.querySelector("progress");
  if (state.of) bar.max = state.of;
  bar.value = state.done;
  shown.querySelector("[data-done]").textContent = state.done;
  if (state.going_on) setTimeout(ask, EVERY);
  else location.reload();
};

if (shown) setTimeout(ask, EVERY);
