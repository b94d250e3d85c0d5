// Prints steps by chance, with what ProseMirror makes of them, for the server's gate to be held against.
// Usage: node gen.mjs SEED COUNT — at least COUNT valid steps and COUNT that ProseMirror refuses, a JSON line each:
//   {doc}            a document: the following steps are made against it
//   {step, doc}      a valid step and the document after it, which the next step is made against
//   {hostile, why}   a step that ProseMirror refuses, and how
//   {hostile, doc}   a step meant as hostile that ProseMirror takes all the same
import {
  AddMarkStep, AddNodeMarkStep, canJoin, canSplit, findWrapping, liftTarget, RemoveMarkStep, RemoveNodeMarkStep, Step,
  Transform,
} from "prosemirror-transform";
import { liftListItem, sinkListItem, splitListItem } from "prosemirror-schema-list";
import { EditorState, TextSelection } from "prosemirror-state";
import { load } from "./load.mjs";
import { chance, documents, halved } from "./random.mjs";

const [seed, count] = process.argv.slice(2).map(Number);
const { schema } = await load("frontend/editor/src/schema.ts");
const dice = chance(seed);
const { below, pick, odds } = dice;
const make = documents(schema, dice);
const { nodes } = schema;

/** A place between two characters, as every place is that an editor's cursor can have. */
function place(doc) {
  const at = below(doc.content.size + 1);
  const $at = doc.resolve(at);
  const after = $at.textOffset ? $at.parent.child($at.index()).text.charCodeAt($at.textOffset) : 0;
  return after >= 0xdc00 && after <= 0xdfff ? at + 1 : at;
}

function range(doc) {
  const a = place(doc);
  const b = odds(0.6) ? Math.min(doc.content.size, a + below(20)) : place(doc);
  const $b = doc.resolve(b);
  const low = $b.textOffset ? $b.parent.child($b.index()).text.charCodeAt($b.textOffset) : 0;
  const whole = low >= 0xdc00 && low <= 0xdfff ? b + 1 : b;
  return a < whole ? [a, whole] : [whole, a];
}

/** What editors do, each as a function of a transform and a range. */
const edits = [
  insert,
  insert,
  (tr, a, b) => tr.delete(a, b),
  (tr, a, b) => tr.deleteRange(a, b),
  (tr, a, b) => { const other = make.document(); tr.replace(a, b, other.slice(...range(other))); },
  (tr, a, b) => { const other = make.document(); tr.replaceRange(a, b, other.slice(...range(other))); },
  (tr, a, b) => tr.addMark(a, b, make.mark()),
  (tr, a, b) => tr.removeMark(a, b, odds(0.5) ? make.mark() : undefined),
  (tr, a, b) => tr.setBlockType(a, b, pick([nodes.paragraph, nodes.heading]), odds(0.5) ? null : undefined),
  (tr, a, b) => {
    const blocks = tr.doc.resolve(a).blockRange(tr.doc.resolve(b));
    const wrap = blocks && findWrapping(blocks, pick([nodes.blockquote, nodes.bullet_list, nodes.ordered_list]));
    if (wrap) tr.wrap(blocks, wrap);
  },
  (tr, a, b) => {
    const blocks = tr.doc.resolve(a).blockRange(tr.doc.resolve(b));
    const target = blocks && liftTarget(blocks);
    if (target != null) tr.lift(blocks, target);
  },
  (tr, a) => { const depth = 1 + below(2); if (canSplit(tr.doc, a, depth)) tr.split(a, depth); },
  (tr, a) => { if (canJoin(tr.doc, a)) tr.join(a); },
  (tr) => {
    const at = one(tr.doc, nodes.paragraph);
    if (at !== undefined) tr.setNodeAttribute(at, "dir", pick([null, "rtl", "ltr", "auto", "up"]));
  },
  (tr) => {
    const at = one(tr.doc, nodes.heading);
    if (at !== undefined) tr.setNodeAttribute(at, "level", pick([2, 3, 2, 3, 4]));
  },
  (tr) => {
    const at = one(tr.doc, nodes.hard_break);
    if (at === undefined) return;
    if (odds(0.6)) tr.addNodeMark(at, make.mark());
    else tr.removeNodeMark(at, make.mark());
  },
  (tr, a, b) => tr.replaceRangeWith(a, b, odds(0.3) ? nodes.hard_break.create() : make.block()),
  (tr, a, b) => {
    const selection = TextSelection.between(tr.doc.resolve(a), tr.doc.resolve(b));
    const state = EditorState.create({ doc: tr.doc, selection });
    const command = pick([splitListItem, liftListItem, sinkListItem])(nodes.list_item);
    command(state, (done) => done.steps.forEach((step) => tr.step(step)));
  },
  (tr, a, b) => tr.addMark(a, b, schema.marks.link.create({ href: pick(["javascript:alert(1)", "/ok", "//no", "a b"]) })),
];

/** The place of one node of a type. */
function one(doc, type) {
  const all = [];
  doc.descendants((node, at) => { if (node.type === type) all.push(at); });
  return pick(all);
}

function insert(tr, a) {
  const $a = tr.doc.resolve(a);
  if (!$a.parent.isTextblock) return;
  tr.insert(a, schema.text(make.words(), $a.marks().filter((mark) => $a.parent.type.allowsMarkType(mark.type))));
}

const junk = () => pick([-1, 1e9, 2 ** 31, 2 ** 53, null, "3", 1.5, {}, [], 0, 1, 2, 3, 7]);
const KINDS = ["replace", "replaceAround", "addMark", "removeMark", "attr", "docAttr", "addNodeMark", "removeNodeMark", "markSet", "nope"];
const NODES = ["nope", "doc", "headline", "body", "blockquote", "paragraph", "text", "list_item", "hard_break"];
const URLS = ["javascript:alert(1)", " javascript:x", "data:text/html,x", "//host", "a\u0000b", 5, null];

/** How a step's JSON is spoilt. Some of it does no harm; ProseMirror says which. */
const spoils = [
  (json, doc) => { json.from = below(doc.content.size * 2); },
  (json, doc) => { json.to = below(doc.content.size * 2); },
  (json) => {
    const key = pick(["from", "to", "pos", "gapFrom", "gapTo", "insert"].filter((name) => name in json));
    if (key) json[key] = junk();
  },
  (json) => { if (json.slice) json.slice.openStart = below(6); },
  (json) => { if (json.slice) json.slice.openEnd = below(6); },
  (json) => { if (json.mark) json.mark = { type: pick(["nope", "strong", "link", "em"]) }; },
  (json) => { if (json.mark) json.mark = { type: "link", attrs: { href: pick(URLS) } }; },
  (json) => { if (json.slice?.content) pick(json.slice.content).type = pick(NODES); },
  (json) => { [json.from, json.to] = [json.to, json.from]; },
  (json, doc) => { if ("gapFrom" in json) json[pick(["gapFrom", "gapTo", "insert"])] = below(doc.content.size + 4); },
  (json) => {
    if (!("attr" in json)) return;
    if (odds(0.5)) json.attr = "nope";
    else json.value = pick([null, "x", 3, {}, [], true]);
  },
  (json) => {
    const text = { type: "text", text: odds(0.3) ? "" : make.words(), marks: [{ type: pick(["link", "nope"]) }] };
    json.slice = { content: [{ type: "paragraph", content: [text] }], openStart: below(3), openEnd: below(3) };
  },
  (json) => { json.stepType = pick(KINDS); },
  (json) => {
    // One place off: now and then into the middle of a character.
    if ("from" in json && "to" in json) { json.from += below(3) - 1; json.to += below(3) - 1; }
  },
  (json) => {
    if (!json.slice?.content) return;
    const node = pick(json.slice.content);
    node.attrs = pick([{ evil: 1 }, { level: "x" }, { dir: {} }, { level: 9 }, { dir: "<" }]);
    node.marks = [{ type: "strong" }, { type: "strong" }];
  },
  (json) => { if (json.slice?.content) pick(json.slice.content).text = "words where none may be"; },
  (json) => {
    const steps = [structuredClone(json), { stepType: "addMark", from: below(9), to: below(40), mark: { type: "em" } }];
    for (const key of Object.keys(json)) delete json[key];
    Object.assign(json, { stepType: "markSet", steps });
  },
];

function spoilt(step, doc) {
  const json = structuredClone(step);
  for (let i = 1 + below(2); i > 0; i--) pick(spoils)(json, doc);
  return json;
}

/** What ProseMirror makes of a step's JSON: a document, or how it refuses. */
function judged(json, doc) {
  let after;
  try {
    after = Step.fromJSON(schema, json).apply(doc).doc;
  } catch {
    return { why: "throws" };
  }
  if (!after) return { why: "fails" };
  if (halved(after.toJSON())) return { why: "halves a character" };
  try {
    after.check();
  } catch {
    return { why: "breaks the document" };
  }
  return { after };
}

let full = false;
const print = (line) => { full = !process.stdout.write(`${JSON.stringify(line)}\n`); };

let valid = 0;
let hostile = 0;
/** Prints a step, and a spoilt one beside it; gives the document after the step, `null` where the line of steps ends. */
function tell(step, doc) {
  const json = step.toJSON();
  for (let bads = below(4); bads > 0; bads--) {
    const bad = spoilt(json, doc);
    if (!halved(bad)) {
      const { after, why } = judged(bad, doc);
      print(after ? { hostile: bad, doc: after.toJSON() } : { hostile: bad, why });
      if (!after) hostile++;
    }
  }
  const { after, why } = judged(json, doc);
  if (halved(json)) return null;
  if (after) {
    print({ step: json, doc: after.toJSON() });
    valid++;
  } else {
    print({ hostile: json, why });
    hostile++;
  }
  return after ?? null;
}

const undoable = (step) => [AddMarkStep, RemoveMarkStep, AddNodeMarkStep, RemoveNodeMarkStep].some((kind) => step instanceof kind);

while (valid < count || hostile < count) {
  if (full) await new Promise((go) => process.stdout.once("drain", go));
  let doc = make.document();
  print({ doc: doc.toJSON() });
  for (let edit = 0; edit < 30 && doc.content.size < 1500; edit++) {
    const tr = new Transform(doc);
    try {
      pick(edits)(tr, ...range(doc));
    } catch {
      continue;
    }
    let current = doc;
    for (const step of tr.steps) {
      const before = current;
      current = tell(step, before);
      // Undoing a mark is a step of its own kind.
      if (current && odds(0.4) && undoable(step)) current = tell(step.invert(before), current);
      if (!current) break;
    }
    if (!current) break;
    doc = current;
  }
}
