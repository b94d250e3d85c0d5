// Keeps the reader's choice of ground. It runs before the first paint; without it the system's choice holds.
const ground = document.documentElement;
try {
  const kept = localStorage.getItem("theme");
  if (kept) ground.dataset.theme = kept;
} catch {
  // A browser that keeps nothing for us has the system's choice.
}
addEventListener("click", ({ target }) => {
  const tone = target instanceof Element && target.closest(".masthead__tone");
  if (!tone) return;
  ground.dataset.theme = tone.value;
  try {
    localStorage.setItem("theme", tone.value);
  } catch {
    // The choice holds until the page is closed.
  }
});
