// Puts the editor on the story's words where they stand. What it draws is what the server drew.

import { collab, getVersion } from "prosemirror-collab";
import { dropCursor } from "prosemirror-dropcursor";
import { history } from "prosemirror-history";
import { DOMSerializer, Node } from "prosemirror-model";
import { EditorState, TextSelection, type Transaction } from "prosemirror-state";
import type { Mapping } from "prosemirror-transform";
import { EditorView } from "prosemirror-view";
import { apart, borders } from "./borders";
import { Collab, type Seat } from "./collab";
import { placeholders } from "./empty";
import { formatBar } from "./format";
import { composing } from "./ime";
import { Keeper } from "./keeper";
import { keys } from "./keys";
import { cleanText, PasteParser } from "./paste";
import { type State, type StepsEvent, tooLarge, type Urls } from "./protocol";
import { rest, resumed } from "./rest";
import { makeSchema, schema } from "./schema";
import { named } from "./store";
import { takeUp } from "./take_up";

/** How long Publish waits for what earlier windows left, in milliseconds. */
const PATIENCE = 5_000;

const TOO_LARGE = "This is more than a story takes at once (a megabyte). Please paste it in parts.";

export interface MountOptions {
  /** The story's id. */
  story: string;
  /** The version that `doc` is. */
  version: number;
  /** The newsroom's document (not the page's markup). */
  doc: unknown;
  /** Who writes: the id of a member of the staff. */
  staff: string;
  urls: Urls;
  onState: (state: State) => void;
  /** Where the caret is to stand: a point of the window that was pressed. */
  at?: { left: number; top: number };
  /** The editor opens by itself: the reader's place and focus stay. */
  quietly?: boolean;
}

export interface Handle {
  /** Steps from the page's stream. */
  receive(event: StepsEvent): void;
  /** The page's stream stands again: whatever passed while there was none is asked for, and what waits is sent. */
  catchUp(): void;
  /** Sends what is unsent; `true` when the newsroom has confirmed everything. */
  flush(): Promise<boolean>;
  /** The version to publish: all that was written here is in it. `null` where that can't be reached now; rejects with
   *  the newsroom's sentence where it takes nothing. */
  publishVersion(): Promise<number | null>;
  focus(): void;
  /** Takes the editor off the page; the words stay. What is unsent is sent on while the document lives. */
  destroy(): void;
}

export function mount(element: HTMLElement, options: MountOptions): Handle {
  const { story, urls, onState } = options;
  const client = named(options.staff);
  const doc = Node.fromJSON(schema, options.doc);
  doc.check();
  const before = attributes(element);
  const keeper = new Keeper(story, options.staff, onState, client);
  const state = EditorState.create({
    doc,
    plugins: [
      ...keys(schema, {
        publish: () => onState({ kind: "publish" }),
        leave: () => onState({ kind: "leave" }),
        lineEnded: () => link.hurry(),
      }),
      borders(),
      formatBar(schema),
      placeholders(),
      composing((held) => link.hold(held)),
      history(),
      dropCursor({ class: "desk__drop" }),
      collab({ version: options.version, clientID: client }),
    ],
  });
  const view = new EditorView({ mount: element }, {
    state,
    attributes: { role: "textbox", "aria-multiline": "true", "aria-label": "Words of the story", spellcheck: "true" },
    clipboardParser: PasteParser.for(schema),
    transformPastedText: cleanText,
    dispatchTransaction(change) {
      const tr = apart(view.state, change);
      // Once it stood here it could never be sent, and nothing after it.
      if (tr.getMeta("rebased") === undefined && tr.steps.some(tooLarge)) {
        onState({ kind: "declined", sentence: TOO_LARGE });
        return;
      }
      view.updateState(view.state.apply(tr));
      if (!tr.docChanged) return;
      moved(element, tr);
      // Steps of others, and our own confirmed ones, are kept by `collab.ts` itself.
      if (tr.getMeta("rebased") === undefined) link.changed();
    },
  });
  /** The editor's state once it has gone from the page; what is drawn there follows it. */
  let last: EditorState | null = null;
  const seat: Seat = {
    get state() {
      return last ?? view.state;
    },
    dispatch(tr) {
      if (!last) return view.dispatch(tr);
      last = last.apply(tr);
      leaveWords(element, last.doc);
    },
  };
  const link = new Collab(seat, doc, {
    client,
    schema,
    urls,
    report: (state) => keeper.report(state),
    keep: (unsaved) => keeper.keep(unsaved),
  });
  const off = new AbortController();
  window.addEventListener("online", () => link.retry(), off);
  // Who comes back from another tab may have signed in there.
  window.addEventListener("focus", () => link.retry(), off);
  window.addEventListener("pagehide", () => {
    link.retry();
    link.sendNext();
  }, off);
  const takeOver = (): Promise<void> => takeUp(view, link, keeper, urls);
  let takenUp = resumed(story).then(takeOver);
  // What came between the document and this moment, nobody has brought here.
  void link.catchUp();
  if (options.at) place(view, options.at);
  if (!options.quietly) view.focus();

  return {
    receive: (event) => link.receive(event),
    catchUp: () => {
      link.retry();
      void link.catchUp();
    },
    flush: () => link.flush(),
    publishVersion: async () => {
      // Another window of this browser may have been closed meanwhile.
      takenUp = takenUp.then(takeOver);
      if (!(await inTime(takenUp))) return null;
      if (await link.flush()) return getVersion(view.state);
      if (link.refusal) throw link.refusal;
      return null;
    },
    focus: () => view.focus(),
    destroy: () => {
      document.querySelector(".desk__link")?.remove();
      last = view.state;
      view.destroy();
      leaveWords(element, last.doc);
      restore(element, before);
      void rest(story, link, keeper).then(() => off.abort());
    },
  };
}

/** Whether a promise is kept within PATIENCE. */
async function inTime(promise: Promise<unknown>): Promise<boolean> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<boolean>((done) => (timer = setTimeout(done, PATIENCE, false)));
  const kept = await Promise.race([promise.then(() => true), late]);
  clearTimeout(timer);
  return kept;
}

function place(view: EditorView, at: { left: number; top: number }): void {
  const found = view.posAtCoords(at);
  if (!found) return;
  const selection = TextSelection.near(view.state.doc.resolve(found.pos));
  view.dispatch(view.state.tr.setSelection(selection));
}

/** Tells an open link form how places moved. */
function moved(element: HTMLElement, tr: Transaction): void {
  const detail: { mapping: Mapping } = { mapping: tr.mapping };
  element.dispatchEvent(new CustomEvent("desk:mapped", { detail }));
}

/** Draws the words once more as readers see them: ProseMirror leaves the element empty. */
function leaveWords(element: HTMLElement, doc: Node): void {
  const readers = makeSchema();
  const words = Node.fromJSON(readers, doc.toJSON());
  element.replaceChildren(DOMSerializer.fromSchema(readers).serializeFragment(words.content));
}

function attributes(element: HTMLElement): Map<string, string> {
  return new Map(Array.from(element.attributes, ({ name, value }) => [name, value]));
}

function restore(element: HTMLElement, before: Map<string, string>): void {
  for (const { name } of Array.from(element.attributes)) {
    const value = before.get(name);
    if (value === undefined) element.removeAttribute(name);
    else element.setAttribute(name, value);
  }
}
