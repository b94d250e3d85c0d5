// The format bar: what the keyboard can do with words, as buttons. It stands under the desk's bar while the words
// are edited and lies over the page, so that nothing moves. Alt+F10 goes into it, Escape back to the words.

import { toggleMark } from "prosemirror-commands";
import { redo, undo } from "prosemirror-history";
import type { ResolvedPos, Schema } from "prosemirror-model";
import { type Command, type EditorState, Plugin, TextSelection } from "prosemirror-state";
import type { EditorView } from "prosemirror-view";
import { block, type Kind, paragraphs, stands } from "./blocks";
import { icon } from "./icons";
import { askForLink } from "./link";

interface Tool {
  name: string;
  /** The keys that do the same, as a keymap writes them. */
  keys: string;
  command: Command;
  /** Whether what is selected has it already; none where a button does something once. */
  on?: (state: EditorState) => boolean;
}

/** Puts the bar on the page for as long as the editor is there. */
export function formatBar(schema: Schema): Plugin {
  let bar: FormatBar | null = null;
  const room = { left: 0, right: 0, bottom: 0, get top() { return bar?.bottom() ?? 0; } };
  return new Plugin({
    view: (view) => (bar = new FormatBar(view, tools(schema))),
    props: {
      // A line that is scrolled into sight must not end behind the bar.
      scrollThreshold: room,
      scrollMargin: { left: 5, right: 5, bottom: 5, get top() { return room.top + 5; } },
      handleKeyDown: (_view, event) => {
        if (event.key !== "F10" || !event.altKey) return false;
        bar?.enter();
        return true;
      },
    },
  });
}

function tools(schema: Schema): Tool[] {
  const kind = (name: string, keys: string, kind: Kind): Tool => ({ name, keys, command: block(kind), on: (state) => stands(state, kind) });
  const mark = (name: string, keys: string, mark: string, command: Command): Tool => ({ name, keys, command, on: (state) => has(state, mark) });
  const type = (name: string): Command => {
    const type = schema.marks[name];
    return type ? toggleMark(type) : () => false;
  };
  const isHeading = (state: EditorState): boolean => stands(state, "heading");
  const heading: Command = (state, dispatch) => (isHeading(state) ? paragraphs : block("heading"))(state, dispatch);
  return [
    { name: "Heading", keys: "Mod-Alt-2", command: heading, on: isHeading },
    kind("Quote", "Mod-Shift-9", "blockquote"),
    kind("List", "Mod-Shift-8", "bullet_list"),
    ...(schema.nodes["ordered_list"] ? [kind("Numbered list", "Mod-Shift-7", "ordered_list")] : []),
    mark("Bold", "Mod-b", "strong", type("strong")),
    mark("Italic", "Mod-i", "em", type("em")),
    mark("Link", "Mod-k", "link", askForLink),
    { name: "Undo", keys: "Mod-z", command: undo },
    { name: "Redo", keys: "Mod-Shift-z", command: redo },
  ];
}

/** Whether the next word typed here, or any word selected, has the mark. */
function has({ doc, selection, storedMarks, schema }: EditorState, name: string): boolean {
  const type = schema.marks[name];
  if (!type) return false;
  const { from, to, empty, $from } = selection;
  if (!empty) return doc.rangeHasMark(from, to, type);
  const near = name === "link" ? [...$from.marks(), ...($from.nodeAfter?.marks ?? [])] : (storedMarks ?? $from.marks());
  return type.isInSet(near) !== undefined;
}

class FormatBar {
  private readonly section = document.createElement("section");
  private readonly buttons: HTMLButtonElement[];

  constructor(private readonly view: EditorView, private readonly tools: Tool[]) {
    const { section } = this;
    section.className = "format";
    section.lang = "en";
    // It begins where the lines of the story begin.
    section.dir = getComputedStyle(view.dom).direction;
    section.setAttribute("aria-label", "Format");
    const row = document.createElement("div");
    row.className = "format__row";
    row.setAttribute("role", "toolbar");
    row.setAttribute("aria-label", "Format");
    this.buttons = tools.map((tool) => this.button(tool));
    row.append(...this.buttons);
    section.append(row);
    // The words keep the focus and what is selected in them; by touch, the keyboard stays too.
    section.addEventListener("mousedown", (event) => event.preventDefault());
    row.addEventListener("keydown", (event) => this.pressed(event));
    row.addEventListener("focusin", ({ target }) => {
      const button = target as HTMLButtonElement;
      this.stop(this.buttons.indexOf(button));
      // Some browsers are content with half of it.
      button.scrollIntoView({ inline: "nearest", block: "nearest" });
    });
    this.stop(0);
    this.update(view);
    // Behind the desk's bar also for the keyboard.
    const desk = document.querySelector(".desk__bar")?.closest("leptos-island");
    if (desk) desk.after(section);
    else document.body.prepend(section);
  }

  /** Where it ends, in the window. */
  bottom(): number {
    return this.section.getBoundingClientRect().bottom;
  }

  /** Gives it the focus. */
  enter(): void {
    this.choose();
    this.buttons.find((button) => button.tabIndex === 0)?.focus();
  }

  update(view: EditorView): void {
    this.tools.forEach(({ command, on }, at) => {
      const button = this.buttons[at];
      if (!button) return;
      // A button that can do nothing now still can be found, so it isn't `disabled`.
      set(button, "aria-disabled", String(!command(view.state, undefined, view)));
      if (on) set(button, "aria-pressed", String(on(view.state)));
    });
  }

  destroy(): void {
    this.section.remove();
  }

  /** Takes over what is selected on the page: the browser tells of it a moment later, and then only where the focus is. */
  private choose(): void {
    const { view } = this;
    const { anchorNode, focusNode, anchorOffset, focusOffset } = getSelection() ?? {};
    if (!anchorNode || !focusNode || !view.dom.contains(anchorNode) || !view.dom.contains(focusNode)) return;
    const place = (node: Node, offset = 0): ResolvedPos => view.state.doc.resolve(view.posAtDOM(node, offset));
    const selection = TextSelection.between(place(anchorNode, anchorOffset), place(focusNode, focusOffset));
    if (!selection.eq(view.state.selection)) view.dispatch(view.state.tr.setSelection(selection));
  }

  private button(tool: Tool): HTMLButtonElement {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "format__tool";
    button.dataset["tool"] = tool.name.toLowerCase();
    button.title = `${tool.name} (${spelled(tool.keys)})`;
    const name = document.createElement("span");
    name.className = "format__name";
    name.textContent = tool.name;
    button.append(icon(tool.name), name);
    button.addEventListener("click", () => {
      const { view } = this;
      view.focus();
      if (button.getAttribute("aria-disabled") === "false") tool.command(view.state, view.dispatch.bind(view), view);
    });
    return button;
  }

  /** One button is the place where Tab comes in. */
  private stop(at: number): void {
    this.buttons.forEach((button, n) => { button.tabIndex = n === at ? 0 : -1; });
  }

  private pressed(event: KeyboardEvent): void {
    const shown = this.buttons.filter((button) => button.checkVisibility());
    const here = shown.indexOf(event.target as HTMLButtonElement);
    const onward = this.section.dir === "rtl" ? "ArrowLeft" : "ArrowRight";
    const to: { [key: string]: () => void } = {
      Escape: () => this.view.focus(),
      Home: () => shown[0]?.focus(),
      End: () => shown.at(-1)?.focus(),
      ArrowLeft: () => shown.at((here + (onward === "ArrowLeft" ? 1 : -1)) % shown.length)?.focus(),
      ArrowRight: () => shown.at((here + (onward === "ArrowRight" ? 1 : -1)) % shown.length)?.focus(),
    };
    const go = to[event.key];
    if (!go) return;
    // Escape leaves the bar here, and not the story.
    event.preventDefault();
    event.stopPropagation();
    go();
  }
}

function set(button: HTMLElement, name: string, value: string): void {
  if (button.getAttribute(name) !== value) button.setAttribute(name, value);
}

/** `Mod-Shift-7` as it stands on the person's keyboard. */
function spelled(keys: string): string {
  const apple = /Mac|iP(hone|ad|od)/.test(navigator.platform);
  const signs: { [key: string]: string } = apple ? { Mod: "⌘", Alt: "⌥", Shift: "⇧" } : { Mod: "Ctrl" };
  return keys
    .split("-")
    .map((key) => signs[key] ?? (key.length === 1 ? key.toUpperCase() : key))
    .join(apple ? "" : "+");
}
