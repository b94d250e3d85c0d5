// Replaces words over several parts of a story, headline, standfirst and body, and leaves each part what and where it
// is. `borders.ts` says when.

import { Fragment, type Node, type NodeType, Slice } from "prosemirror-model";
import { Selection, type Transaction } from "prosemirror-state";

export interface Part {
  type: NodeType;
  empty: boolean;
  /** Whether all of it lies in the range asked for. */
  whole: boolean;
  /** What of it lies in the range asked for, from the first place for a caret to the last. */
  from: number;
  to: number;
}

/** The parts that a range reaches into. */
export function between(doc: Node, from: number, to: number): Part[] {
  const parts: Part[] = [];
  doc.forEach((part, pos) => {
    const end = pos + part.nodeSize;
    // Between two parts is before the second.
    if (from >= end || (from < to ? to <= pos : to < pos)) return;
    const [first, last] = [Selection.near(doc.resolve(pos + 1), 1).from, Selection.near(doc.resolve(end - 1), -1).to];
    const within = (place: number): number => Math.min(Math.max(place, first), last);
    parts.push({ type: part.type, empty: first === last, whole: from <= first && to >= last, from: within(from), to: within(to) });
  });
  return parts;
}

/** Whether headline or standfirst are in it, as after a copy of the whole story. */
export function holdsLines({ content }: Slice): boolean {
  return content.content.some(({ type }) => isLine(type));
}

/** Headline and standfirst are one line each. */
export function isLine(type: NodeType): boolean {
  return type.isTextblock && type.spec.isolating === true;
}

/**
 * Takes the words out of a range, from each part its own, and puts others in. A headline goes to the headline, if that
 * is in the range, a standfirst to the standfirst; of other blocks the first stands where the range begins, and what
 * doesn't go into that line stands where the range ends.
 */
export function put(tr: Transaction, from: number, to: number, { content }: Slice): Transaction {
  const parts = between(tr.doc, from, to);
  const given = parts.map((): Node[] => []);
  const body = tr.doc.lastChild as Node;
  const plain = body.type.contentMatch.defaultType as NodeType;
  blocks(content, body.type).forEach((block, n) => {
    const own = parts.findIndex(({ type }) => type === block.type);
    const other = n === 0 && block.isTextblock ? 0 : parts.length - 1;
    given[own < 0 ? other : own]?.push(block);
  });
  const made = tr.steps.length;
  let end: number | undefined;
  // From the last to the first, so that the places before stay what they are.
  for (let n = parts.length - 1; n >= 0; n--) {
    const [part, own] = [parts[n] as Part, given[n] as Node[]];
    if (isLine(part.type)) tr.replaceWith(part.from, part.to, oneLine(own, part.type));
    // No list or heading is left of a body that goes as a whole.
    else if (own.length === 0 && part.whole && !part.empty) tr.replaceWith(tr.doc.content.size - body.content.size - 1, tr.doc.content.size - 1, plain.create());
    else tr.replaceRange(part.from, part.to, Slice.maxOpen(Fragment.from(own.map((block) => standing(block, part.type)))));
    if (own.length > 0) end ??= part.to;
  }
  const caret = end === undefined ? (parts[0]?.from ?? 0) : tr.mapping.slice(made).map(end);
  return tr.setSelection(Selection.near(tr.doc.resolve(caret), -1));
}

/** The lines and blocks in it: what can't stand in the body is taken apart, words without a block get one. */
function blocks(content: Fragment, body: NodeType): Node[] {
  const found: Node[] = [];
  let words: Node[] = [];
  content.forEach((node, _at, n) => {
    if (node.isInline) words.push(node);
    if (words.length > 0 && (!node.isInline || n === content.childCount - 1)) {
      found.push((body.contentMatch.defaultType as NodeType).create(null, words));
      words = [];
    }
    if (node.isInline) return;
    if (isLine(node.type) || body.contentMatch.matchType(node.type)) found.push(node);
    else found.push(...blocks(node.content, body));
  });
  return found;
}

/** A block as it stands in the body: a line becomes a paragraph. */
function standing(block: Node, body: NodeType): Node {
  return body.contentMatch.matchType(block.type) ? block : (body.contentMatch.defaultType as NodeType).create(null, block.content);
}

/** The words of blocks in one line, as this part may mark them. */
function oneLine(blocks: Node[], type: NodeType): Fragment {
  const words: Node[] = [];
  let gap = false;
  Fragment.from(blocks).descendants((node) => {
    if (!node.isText) {
      // A new block or a line break.
      gap = words.length > 0;
      return;
    }
    if (gap) words.push(type.schema.text(" "));
    gap = false;
    words.push(node.mark(type.allowedMarks(node.marks)));
  });
  return Fragment.from(words);
}
