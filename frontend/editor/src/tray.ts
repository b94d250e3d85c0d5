// Words without a place: their paragraph was deleted by somebody else while they were written. They are shown
// until the editor has taken them.

export function tray(text: string): void {
  const old = document.querySelector<HTMLElement>(".desk__tray");
  const words = old?.querySelector("textarea");
  if (words) {
    words.value += `\n${text}`;
    return;
  }
  const aside = document.createElement("aside");
  aside.className = "desk__tray";
  aside.lang = "en";
  const heading = document.createElement("h2");
  heading.textContent = "Your words without a place";
  const why = document.createElement("p");
  why.textContent = "Their paragraph was deleted by somebody else while you wrote.";
  const field = document.createElement("textarea");
  field.className = "field__input";
  field.readOnly = true;
  field.rows = 4;
  field.value = text;
  field.setAttribute("aria-label", "Your words without a place");
  const close = document.createElement("button");
  close.type = "button";
  close.className = "action";
  close.textContent = "I have them";
  close.addEventListener("click", () => aside.remove());
  aside.setAttribute("role", "status");
  aside.append(heading, why, field, close);
  document.body.append(aside);
}
