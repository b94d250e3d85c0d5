// Keeps the reader's choice of ground. It runs before the first paint; without it the system's choice holds.
const ground = document.documentElement;
try {
  const chosen = localStorage.getItem("theme");
  if (chosen) ground.dataset.theme = chosen;
} catch {
  // A browser that keeps nothing for us has the system's choice.
}
const mark = () => {
  for (const tone of document.querySelectorAll(".masthead__tone")) tone.ariaPressed = String(tone.value === ground.dataset.theme);
};
addEventListener("DOMContentLoaded", mark);
addEventListener("click", ({ target }) => {
  const tone = target instanceof Element && target.closest(".masthead__tone");
  if (!tone) return;
  ground.dataset.theme = tone.value;
  mark();
  try {
    localStorage.setItem("theme", tone.value);
  } catch {
    // The choice holds until the page is closed.
  }
});
