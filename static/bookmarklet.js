// The bookmarklets are dragged or copied, never run here: our policy would refuse them anyway.

for (const link of document.querySelectorAll("[data-drag]"))
  link.addEventListener("click", (event) => event.preventDefault());

for (const button of document.querySelectorAll("[data-copy]")) {
  const text = document.getElementById(button.dataset.copy);
  const status = button.parentElement.querySelector("[data-copied]");
  button.hidden = false;
  button.addEventListener("click", async () => {
    text.select();
    try {
      await navigator.clipboard.writeText(text.value);
    } catch {
      return; // What is selected can be copied with the keys of the system.
    }
    status.textContent = status.dataset.copied;
  });
}
