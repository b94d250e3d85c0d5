// What the keyboard does, beyond writing: marks, blocks, lists, undo, publishing and leaving.

import { baseKeymap, chainCommands, setBlockType, toggleMark } from "prosemirror-commands";
import { redo, undo } from "prosemirror-history";
import { type InputRule, inputRules, textblockTypeInputRule, undoInputRule, wrappingInputRule } from "prosemirror-inputrules";
import { keymap } from "prosemirror-keymap";
import type { NodeType, Schema } from "prosemirror-model";
import { liftListItem, sinkListItem, splitListItem } from "prosemirror-schema-list";
import { type Command, type Plugin, TextSelection } from "prosemirror-state";
import { block } from "./blocks";
import { enterOverParts } from "./borders";
import { askForLink } from "./link";

export interface Told {
  publish: () => void;
  leave: () => void;
  /** A line is finished: a good moment to send. */
  lineEnded: () => void;
}

export function keys(schema: Schema, told: Told): Plugin[] {
  const node = (name: string): NodeType => {
    const type = schema.nodes[name];
    if (!type) throw new RangeError(`the schema has no ${name}`);
    return type;
  };
  const mark = (name: string): Command => {
    const type = schema.marks[name];
    return type ? toggleMark(type) : () => false;
  };
  const item = node("list_item");
  const tell = (what: () => void): Command => (_state, dispatch) => {
    if (dispatch) what();
    return true;
  };
  const noticed: Command = () => {
    queueMicrotask(told.lineEnded);
    return false;
  };
  const own: { [key: string]: Command } = {
    "Mod-b": mark("strong"),
    "Mod-i": mark("em"),
    "Mod-k": askForLink,
    "Mod-z": chainCommands(undoInputRule, undo),
    "Mod-y": redo,
    "Mod-Shift-z": redo,
    "Mod-Alt-0": setBlockType(node("paragraph")),
    "Mod-Alt-2": block("heading", 2),
    "Mod-Alt-3": block("heading", 3),
    "Mod-Shift-7": block("ordered_list"),
    "Mod-Shift-8": block("bullet_list"),
    "Mod-Shift-9": block("blockquote"),
    "Mod-Enter": tell(told.publish),
    Escape: tell(told.leave),
    Enter: chainCommands(noticed, enterOverParts, toNextPart, splitListItem(item)),
    "Shift-Enter": lineBreak(node("hard_break")),
    Tab: sinkListItem(item),
    "Shift-Tab": liftListItem(item),
  };
  return [inputRules({ rules: rules(node) }), keymap(own), keymap(baseKeymap)];
}

/** What is typed at the beginning of a paragraph: `## `, `### `, `> `, `- `, `1. `. */
function rules(node: (name: string) => NodeType): InputRule[] {
  return [
    textblockTypeInputRule(/^(##|###)\s$/, node("heading"), (match) => ({ level: match[1]?.length ?? 2 })),
    wrappingInputRule(/^\s*>\s$/, node("blockquote")),
    wrappingInputRule(/^\s*[-*]\s$/, node("bullet_list")),
    wrappingInputRule(/^\s*1\.\s$/, node("ordered_list")),
  ];
}

/** Headline and standfirst are one line each: Enter goes on to the next part. */
const toNextPart: Command = (state, dispatch) => {
  const { $head } = state.selection;
  if ($head.depth !== 1) return false;
  const next = TextSelection.near(state.doc.resolve($head.after(1)), 1);
  dispatch?.(state.tr.setSelection(next).scrollIntoView());
  return true;
};

function lineBreak(type: NodeType): Command {
  return (state, dispatch) => {
    const { $from } = state.selection;
    if (!$from.parent.type.contentMatch.matchType(type)) return false;
    dispatch?.(state.tr.replaceSelectionWith(type.create()).scrollIntoView());
    return true;
  };
}
