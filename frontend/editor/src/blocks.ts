// Headings, quotes and lists as a button means them: pressed once, what is selected is such a block, whatever it
// was before; pressed again, it is plain paragraphs. The steps move the words' frames and leave the words alone,
// so that what others write in them meanwhile keeps its place.

import { lift } from "prosemirror-commands";
import { type Node, NodeRange, type NodeType, type ResolvedPos } from "prosemirror-model";
import { liftListItem, wrapRangeInList } from "prosemirror-schema-list";
import { type Command, EditorState, TextSelection, type Transaction } from "prosemirror-state";
import { canJoin, findWrapping } from "prosemirror-transform";

export type Kind = "heading" | "blockquote" | "bullet_list" | "ordered_list";

/** Makes what is selected this kind of block, or, where all of it is one already, paragraphs. */
export function block(kind: Kind, level = 2): Command {
  return (state, dispatch) => {
    const blocks = selected(state);
    const type = state.schema.nodes[kind];
    if (!type || blocks.length === 0) return false;
    const done = blocks.every((one) => kindOf(one) === kind && (kind !== "heading" || one.node.attrs["level"] === level));
    const attrs = kind === "heading" ? { level } : null;
    if (dispatch) dispatch((done ? plain(state.tr, blocks) : made(state.tr, blocks, type, attrs)).scrollIntoView());
    return true;
  };
}

/** Makes plain paragraphs of what is selected. */
export const paragraphs: Command = (state, dispatch) => {
  const blocks = selected(state);
  dispatch?.(plain(state.tr, blocks).scrollIntoView());
  return blocks.length > 0;
};

/** Whether all that is selected is this kind of block. */
export function stands(state: EditorState, kind: Kind): boolean {
  const blocks = selected(state);
  return blocks.length > 0 && blocks.every((one) => kindOf(one) === kind);
}

/** A block with words of its own. */
interface Block {
  node: Node;
  /** Before its first word. */
  $at: ResolvedPos;
}

/** The selected blocks of the body; none where headline or standfirst are selected too. */
function selected({ doc, selection }: EditorState): Block[] {
  const { $from, $to, from, to } = selection;
  const blocks: Block[] = [];
  if ($from.depth < 2 || $to.depth < 2 || $from.node(1) !== $to.node(1)) return blocks;
  doc.nodesBetween(from, to, (node, pos) => {
    if (node.isTextblock) blocks.push({ node, $at: doc.resolve(pos + 1) });
    return !node.isTextblock;
  });
  return blocks;
}

/** The list or quote around a block, or what it is itself. */
function kindOf({ node, $at }: Block): string {
  return $at.depth > 2 ? $at.node(frame($at)).type.name : node.type.name;
}

/** How deep the list or quote stands that is nearest around a block. */
function frame($at: ResolvedPos): number {
  return $at.node($at.depth - 1).type.name === "list_item" ? $at.depth - 2 : $at.depth - 1;
}

function made(tr: Transaction, blocks: Block[], type: NodeType, attrs: { level: number } | null): Transaction {
  const listed = type.name.endsWith("_list");
  if (listed && blocks.every((one) => kindOf(one).endsWith("_list"))) return renamed(tr, blocks, type);
  plain(tr, blocks, attrs ? type : undefined, attrs);
  if (attrs) return tr;
  const range = around(tr, blocks);
  if (listed) {
    if (wrapRangeInList(tr, range, type) && canJoin(tr.doc, range.start) && tr.doc.resolve(range.start).nodeBefore?.type === type) tr.join(range.start);
    return tr;
  }
  const wrapping = findWrapping(range, type);
  return wrapping ? tr.wrap(range, wrapping) : tr;
}

/** One kind of list becomes the other as a whole. */
function renamed(tr: Transaction, blocks: Block[], type: NodeType): Transaction {
  for (const at of new Set(blocks.map(({ $at }) => $at.before(frame($at))))) tr.setNodeMarkup(tr.mapping.map(at), type);
  return tr;
}

/** Takes blocks out of their lists and quotes; headings become paragraphs unless headings are what is wanted. */
function plain(tr: Transaction, blocks: Block[], wanted?: NodeType, attrs: { level: number } | null = null): Transaction {
  for (const { $at } of blocks) {
    while (out(tr, $at.pos)) {
      // One frame at a time.
    }
    const $now = now(tr, $at.pos);
    const type = wanted ?? tr.doc.type.schema.nodes["paragraph"];
    // A paragraph that stays one keeps its direction.
    if ($now.depth === 2 && ($now.parent.type !== type || attrs)) tr.setNodeMarkup($now.before(), type, attrs);
  }
  return tr;
}

/** Takes one frame off the block at `pos`; `false` where none is left. */
function out(tr: Transaction, pos: number): boolean {
  const $at = now(tr, pos);
  if ($at.depth <= 2) return false;
  const parent = $at.node($at.depth - 1).type;
  const command = parent.name === "list_item" ? liftListItem(parent) : lift;
  const alone = EditorState.create({ doc: tr.doc, selection: TextSelection.create(tr.doc, $at.pos) });
  const before = tr.steps.length;
  command(alone, (own) => own.steps.forEach((step) => tr.step(step)));
  return tr.steps.length > before;
}

function around(tr: Transaction, blocks: Block[]): NodeRange {
  const [first, last] = [blocks[0] as Block, blocks[blocks.length - 1] as Block];
  const $from = now(tr, first.$at.pos);
  return new NodeRange($from, now(tr, last.$at.pos), 1);
}

/** A place of the beginning, where it is by now. */
function now(tr: Transaction, pos: number): ResolvedPos {
  return tr.doc.resolve(tr.mapping.map(pos));
}
