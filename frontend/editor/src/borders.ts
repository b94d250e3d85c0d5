// Keeps headline, standfirst and body apart. Where a selection reaches over several of them, its words go from each,
// and each stays what and where it is. ProseMirror alone would fit what is left into one another, and so does a browser
// that deletes by itself, as under a soft keyboard. So it doesn't matter what made a change in this window: one that
// moves a border is read for the words that went and came, and made anew. `mount.ts` sends each change through here;
// `parts.ts` knows how it is made.

import { baseKeymap } from "prosemirror-commands";
import { isHistoryTransaction } from "prosemirror-history";
import { keydownHandler } from "prosemirror-keymap";
import { type Node, Slice } from "prosemirror-model";
import { type Command, type EditorState, Plugin, Selection, type Transaction } from "prosemirror-state";
import { between, holdsLines, isLine, put } from "./parts";

/** Set on a transaction whose steps were made before, and are to stay what they are. */
export const AS_MADE = "asMade";

/** The change as it may be. What others wrote, what is undone and what was made before come back as they are. */
export function apart(state: EditorState, tr: Transaction): Transaction {
  if (!movesBorder(tr) || tr.getMeta("rebased") !== undefined || tr.getMeta(AS_MADE) || isHistoryTransaction(tr)) return tr;
  const { from, to, come, way } = meant(state, tr);
  let anew = state.tr;
  if (from < to || come.size > 0) put(anew, from, to, come);
  else over(way)(state, (hop) => (anew = hop));
  for (const meta of ["uiEvent", "composition"]) anew.setMeta(meta, tr.getMeta(meta));
  return anew.scrollIntoView();
}

/** Enter over several parts: the selected words go, and the caret goes on to the part after the first. */
export const enterOverParts: Command = ({ doc, selection: { from, to }, tr }, dispatch) => {
  if (between(doc, from, to).length < 2) return false;
  put(tr, from, to, Slice.empty);
  dispatch?.(tr.setSelection(Selection.near(tr.doc.resolve(tr.selection.$from.after(1)), 1)).scrollIntoView());
  return true;
};

/** Stands behind the keys that delete within a part. */
export function borders(): Plugin {
  return new Plugin({
    props: {
      handleKeyDown: keydownHandler(keysAtEdges()),
      handlePaste({ state, dispatch }, _event, slice) {
        const { doc, selection, tr } = state;
        let { to } = selection;
        if (slice.size === 0 || !(inLine(doc, selection.from) || holdsLines(slice))) return false;
        // In a story that is only begun, the empty parts that follow take what doesn't go into a line.
        for (const next of between(doc, to, doc.content.size).slice(1)) {
          if (!next.empty) break;
          to = next.to;
        }
        dispatch(put(tr, selection.from, to, slice).scrollIntoView().setMeta("paste", true).setMeta("uiEvent", "paste"));
        return true;
      },
      handleDrop(view, { clientX: left, clientY: top }, slice, moved) {
        const { doc, selection, tr } = view.state;
        const { from, to } = selection;
        const at = view.posAtCoords({ left, top })?.pos ?? 0;
        const across = moved && between(doc, from, to).length > 1;
        if (slice.size === 0 || !(across || inLine(doc, at) || holdsLines(slice))) return false;
        // What is dropped on itself stays.
        if (moved && from <= at && at <= to) return true;
        if (moved) put(tr, from, to, Slice.empty);
        view.focus();
        view.dispatch(put(tr, tr.mapping.map(at), tr.mapping.map(at), slice).setMeta("uiEvent", "drop"));
        return true;
      },
    },
  });
}

/** All keys that delete, by the names they have on this machine. */
function keysAtEdges(): { [key: string]: Command } {
  const ways = new Map([[baseKeymap["Backspace"], over(-1)], [baseKeymap["Delete"], over(1)]]);
  const keys = Object.entries(baseKeymap).map(([key, command]) => [key, ways.get(command)]);
  return Object.fromEntries(keys.filter(([, command]) => command));
}

/** A deletion at the edge of a part takes nothing: the caret goes over to the part before or after. */
function over(way: 1 | -1): Command {
  return ({ doc, selection: { $from, empty }, tr }, dispatch) => {
    const part = between(doc, 0, doc.content.size)[$from.index(0)];
    if (!empty || $from.pos !== (way < 0 ? part?.from : part?.to)) return false;
    const border = way < 0 ? $from.before(1) : $from.after(1);
    if (border > 0 && border < doc.content.size) tr.setSelection(Selection.near(doc.resolve(border), way));
    dispatch?.(tr.scrollIntoView());
    return true;
  };
}

/** Whether a place is in headline or standfirst. */
function inLine(doc: Node, pos: number): boolean {
  return between(doc, pos, pos).some(({ type }) => isLine(type));
}

/** Whether a change takes the end of one part or the beginning of the next. */
function movesBorder({ before, mapping, docChanged }: Transaction): boolean {
  let moves = false;
  before.forEach((_part, pos) => {
    const { deletedBefore, deletedAfter } = mapping.mapResult(pos);
    moves ||= docChanged && pos > 0 && (deletedBefore || deletedAfter);
  });
  return moves;
}

interface Meant {
  from: number;
  to: number;
  come: Slice;
  /** Whether the change is behind the caret, or has taken it back. */
  way: 1 | -1;
}

/**
 * Reads the range whose words went and what came in their place. Words that are the same before and behind the
 * selection have only been moved, whatever they stand in now.
 */
function meant({ selection }: EditorState, tr: Transaction): Meant {
  const [old, now] = [letters(tr.before), letters(tr.doc)];
  const changed = tr.changedRange() ?? selection;
  const way = Math.min(changed.from, tr.selection.from) < selection.from ? -1 : 1;
  const here = changed.from <= selection.to && changed.to + tr.before.content.size - tr.doc.content.size >= selection.from;
  // What is typed over a selection is new, also where it is the same as what was selected.
  const [from, to] = here && !selection.empty ? [selection.from, selection.to] : [Infinity, 0];
  const before = (most: number): number => alike(old, now, most, (pos) => pos < from);
  const behind = (most: number): number => alike([...old].reverse(), [...now].reverse(), most, (pos) => pos >= to);
  const most = Math.min(old.length, now.length);
  let [head, tail] = [0, 0];
  // What a caret has on its other side is sure to be as it was.
  if (way < 0) tail = behind(most);
  head = before(most - tail);
  if (way > 0) tail = behind(most - head);
  const came = span(now.slice(head, now.length - tail));
  const come = came ? tr.doc.slice(came.from, came.to) : Slice.empty;
  const gone = span(old.slice(head, old.length - tail)) ?? (here ? selection : { from: changed.from, to: changed.from });
  if (!here || !selection.empty) return { from: Math.min(gone.from, from), to: Math.max(gone.to, to), come, way };
  // A caret deletes in its own part alone.
  const { $from } = selection;
  const [start, end] = gone.from < $from.end(1) && gone.to > $from.start(1) ? [$from.start(1), $from.end(1)] : [$from.pos, $from.pos];
  return { from: Math.min(Math.max(gone.from, start), end), to: Math.min(Math.max(gone.to, start), end), come, way };
}

interface Letter {
  char: string;
  pos: number;
}

/** All letters of a document, whatever they stand in. */
function letters(doc: Node): Letter[] {
  const all: Letter[] = [];
  doc.descendants(({ text = "" }, pos) => {
    for (const char of text) {
      all.push({ char, pos });
      pos += char.length;
    }
  });
  return all;
}

/** How many letters are the same from the beginning on, of those in places that count. */
function alike(old: Letter[], now: Letter[], most: number, counts: (pos: number) => boolean): number {
  const end = old.findIndex(({ char, pos }, n) => n === most || char !== now[n]?.char || !counts(pos));
  return end < 0 ? old.length : end;
}

function span(some: Letter[]): { from: number; to: number } | null {
  const [first, last] = [some[0], some.at(-1)];
  return first && last ? { from: first.pos, to: last.pos + last.char.length } : null;
}
