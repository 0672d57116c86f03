// Whoever follows a notification to its claim has read it. Without this, its button says so.
document.querySelector(".told")?.addEventListener("click", async (event) => {
  const link = event.target.closest("a.what");
  const form = link?.closest("li").querySelector("form");
  if (!form) return;
  const elsewhere = event.ctrlKey || event.metaKey || event.shiftKey;
  // Read first, so that the bell of the next page counts it no more.
  if (!elsewhere) event.preventDefault();
  const body = new FormData(form);
  await fetch(form.action, { method: "POST", body, keepalive: true }).catch(() => {});
  if (!elsewhere) location.assign(link.href);
});
