// allauth's scripts report a key that did not answer to the console alone.
const failed = document.querySelector("#factor-failed");

document.addEventListener("allauth.error", () => {
  failed.hidden = false;
  failed.focus();
});

for (const button of document.querySelectorAll("[data-shows]")) {
  const field = document.getElementById(button.dataset.shows);
  button.hidden = false;
  button.addEventListener("click", () => {
    const shown = field.type === "text";
    field.type = shown ? "password" : "text";
    button.setAttribute("aria-pressed", String(!shown));
  });
}
