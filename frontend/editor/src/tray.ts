// Words without a place: their paragraph was deleted by somebody else while they were written, or the newsroom
// doesn't take them. They are shown until the editor has taken them.

interface Held {
  words: string;
  taken: () => void;
}

/** What the tray shows, by the name of the record that keeps it: the same record is never shown twice. */
const held = new Map<string, Held>();

/** Shows words; `taken` is called when the editor says that she has them. */
export function tray(record: string, words: string, taken: () => void): void {
  held.set(record, { words, taken });
  const field = document.querySelector<HTMLTextAreaElement>(".desk__tray textarea") ?? opened();
  field.value = Array.from(held.values(), ({ words }) => words).join("\n");
}

function opened(): HTMLTextAreaElement {
  const aside = document.createElement("aside");
  aside.className = "desk__tray";
  aside.lang = "en";
  const heading = document.createElement("h2");
  heading.textContent = "Your words without a place";
  const why = document.createElement("p");
  why.textContent = "Their paragraph was deleted by somebody else while you wrote, or they could not be sent.";
  const field = document.createElement("textarea");
  field.className = "field__input";
  field.readOnly = true;
  field.rows = 4;
  field.setAttribute("aria-label", "Your words without a place");
  const close = document.createElement("button");
  close.type = "button";
  close.className = "action action--solid";
  close.textContent = "I have them";
  close.addEventListener("click", () => {
    aside.remove();
    for (const { taken } of held.values()) taken();
    held.clear();
  });
  aside.setAttribute("role", "status");
  aside.append(heading, why, field, close);
  document.body.append(aside);
  return field;
}
