// Asks for a link's address, in a small form on the page.

import type { Mark, MarkType } from "prosemirror-model";
import type { Command, EditorState } from "prosemirror-state";
import type { EditorView } from "prosemirror-view";
import { allowedUrl } from "./schema";

/** Sets, changes or takes away the link of what is selected, or of the link the cursor stands in. */
export const askForLink: Command = (state, dispatch, view) => {
  const type = state.schema.marks["link"];
  if (!type || !view) return false;
  const range = selected(state, type);
  if (!range || !state.doc.resolve(range.from).parent.type.allowsMarkType(type)) return false;
  if (dispatch) show(view, type, range);
  return true;
};

interface Range {
  from: number;
  to: number;
  href: string;
}

function selected(state: EditorState, type: MarkType): Range | null {
  const { from, to, empty, $from } = state.selection;
  if (!empty) {
    let href = "";
    state.doc.nodesBetween(from, to, (node) => { href ||= hrefOf(type.isInSet(node.marks)); });
    return { from, to, href };
  }
  const mark = type.isInSet($from.marks()) ?? type.isInSet($from.nodeAfter?.marks ?? []);
  if (!mark) return null;
  let range: Range | null = null;
  $from.parent.forEach((node, offset) => {
    const start = $from.start() + offset;
    const end = start + node.nodeSize;
    if (!mark.isInSet(node.marks)) return;
    if (range && range.to === start) range.to = end;
    else if (!range || range.to < from) range = { from: start, to: end, href: hrefOf(mark) };
  });
  return range;
}

const hrefOf = (mark: Mark | undefined): string => String(mark?.attrs["href"] ?? "");

function show(view: EditorView, type: MarkType, range: Range): void {
  document.querySelector(".desk__link")?.remove();
  const form = document.createElement("form");
  form.className = "desk__link";
  form.lang = "en";
  const label = document.createElement("label");
  label.className = "desk__link-label";
  const input = document.createElement("input");
  input.className = "field__input";
  input.type = "text";
  input.inputMode = "url";
  input.autocomplete = "off";
  input.value = range.href;
  label.append("Link to ", input);
  const set = button("Set link", "submit");
  form.append(label, set);
  if (range.href) {
    const remove = button("Remove link", "button");
    remove.addEventListener("click", () => done(null));
    form.append(remove);
  }
  // Others may write while the form is open: the place moves with the words.
  let { from, to } = range;
  const follow = (event: Event): void => {
    const { mapping } = (event as CustomEvent<{ mapping: { map(at: number, side: number): number } }>).detail;
    from = mapping.map(from, 1);
    to = mapping.map(to, -1);
  };
  view.dom.addEventListener("desk:mapped", follow);
  const close = (): void => {
    view.dom.removeEventListener("desk:mapped", follow);
    form.remove();
    view.focus();
  };
  const done = (href: string | null): void => {
    close();
    if (view.isDestroyed || from >= to) return;
    const tr = view.state.tr.removeMark(from, to, type);
    view.dispatch(href === null ? tr : tr.addMark(from, to, type.create({ href })));
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const href = completed(input.value.trim());
    input.setCustomValidity(href !== "" && allowedUrl(href) ? "" : "Please give an address: https://…, mailto:… or /…");
    if (form.reportValidity()) done(href);
  });
  input.addEventListener("input", () => input.setCustomValidity(""));
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.isComposing) {
      event.preventDefault();
      form.requestSubmit();
    }
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    close();
  });
  document.body.append(form);
  input.select();
}

/** `example.com/page` is meant as an address of the web. */
function completed(address: string): string {
  return /^[^\s/:?#@]+\.[a-z]{2,}([/?#:]|$)/i.test(address) ? `https://${address}` : address;
}

function button(text: string, type: "button" | "submit"): HTMLButtonElement {
  const element = document.createElement("button");
  element.type = type;
  element.className = "action";
  element.textContent = text;
  return element;
}

