// An editor without a page, who does by chance what people do: types words, splits, joins, changes blocks, undoes.
import { setBlockType, toggleMark, wrapIn, lift } from "prosemirror-commands";
import { collab, getVersion } from "prosemirror-collab";
import { history, redo, undo } from "prosemirror-history";
import { Node } from "prosemirror-model";
import { liftListItem, sinkListItem, splitListItem, wrapInList } from "prosemirror-schema-list";
import { EditorState, TextSelection } from "prosemirror-state";
import { canJoin, canSplit } from "prosemirror-transform";

const WORD = /\bw[a-z]\d+\b/g;
export const wordsOf = (doc) => doc.textBetween(0, doc.content.size, " ", " ").match(WORD) ?? [];

export class Editor {
  /** The words this editor typed and hasn't taken back. */
  typed = new Set();
  reports = [];

  constructor({ Collab, schema, name, dice, doc, version, urls, fetch }) {
    Object.assign(this, { schema, name, dice });
    const confirmed = Node.fromJSON(schema, doc);
    this.state = EditorState.create({
      doc: confirmed,
      plugins: [history({ newGroupDelay: 0 }), collab({ version, clientID: name })],
    });
    this.collab = new Collab(this, confirmed, {
      client: name, schema, urls, fetch, pause: 3,
      report: (state) => this.reports.push(state),
      keep: (unsaved) => { this.kept = unsaved; },
    });
  }

  get version() {
    return getVersion(this.state);
  }

  dispatch(tr) {
    this.state = this.state.apply(tr);
    if (tr.docChanged && tr.getMeta("rebased") === undefined) this.collab.changed();
  }

  /** One thing that people do. */
  act(fresh) {
    const { dice, schema } = this;
    const { nodes, marks } = schema;
    const dispatch = (tr) => this.dispatch(tr);
    const chosen = (command, wide = dice.odds(0.5)) => {
      const [from, to] = [this.boundary(), this.boundary()].sort((a, b) => a - b);
      const end = wide ? to : from;
      this.state = this.state.apply(this.state.tr.setSelection(TextSelection.between(this.state.doc.resolve(from), this.state.doc.resolve(end))));
      command(this.state, dispatch);
    };
    switch (dice.below(15)) {
      case 0: case 1: case 2: case 3: case 4: return this.type(fresh());
      case 5: return chosen(setBlockType(nodes.heading, { level: 2 + dice.below(2) }));
      case 6: return chosen(setBlockType(nodes.paragraph));
      case 7: return chosen(wrapInList(nodes[dice.pick(["bullet_list", "ordered_list"])]));
      case 8:
        // Splitting at a selection would delete it, as Enter does.
        if (dice.odds(0.3)) return chosen(splitListItem(nodes.list_item), false);
        return chosen(dice.pick([liftListItem, sinkListItem])(nodes.list_item));
      case 9: return chosen(dice.odds(0.5) ? wrapIn(nodes.blockquote) : lift);
      case 10: return this.split();
      case 11: return this.join();
      case 12: return chosen(toggleMark(marks[dice.pick(["strong", "em"])]));
      case 13: return this.takeBack(undo);
      default: return this.takeBack(dice.odds(0.5) ? undo : redo);
    }
  }

  type(word) {
    this.typed.add(word);
    this.dispatch(this.state.tr.insertText(`${word} `, this.boundary()));
  }

  split() {
    const at = this.boundary();
    if (canSplit(this.state.doc, at)) this.dispatch(this.state.tr.split(at));
  }

  join() {
    const places = [];
    this.state.doc.descendants((node, at) => {
      // `canJoin` also allows what a command would first make fit: a paragraph onto a list.
      const before = this.state.doc.resolve(at).nodeBefore;
      if (node.isBlock && before?.type === node.type && canJoin(this.state.doc, at)) places.push(at);
    });
    if (places.length) this.dispatch(this.state.tr.join(this.dice.pick(places)));
  }

  /** Undo takes back own words, and redo brings them again: whatever changes here was meant. */
  takeBack(command) {
    const before = new Set(wordsOf(this.state.doc));
    command(this.state, (tr) => this.dispatch(tr));
    const after = new Set(wordsOf(this.state.doc));
    for (const word of before) if (!after.has(word)) this.typed.delete(word);
    for (const word of after) if (!before.has(word)) this.typed.add(word);
  }

  /** A place between words: at the start of a text block, or after a blank. */
  boundary() {
    const places = [];
    this.state.doc.descendants((node, at) => {
      if (!node.isTextblock) return;
      places.push(at + 1);
      const text = node.textBetween(0, node.content.size, undefined, "\ufffc");
      for (let i = 0; i < text.length; i++) if (text[i] === " ") places.push(at + 2 + i);
    });
    return this.dice.pick(places);
  }
}
