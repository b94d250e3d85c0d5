// Prints documents with the HTML that ProseMirror's DOMSerializer draws of them, for the server's renderer
// to be held against, and first the answers of the editor's URL check to the shared table.
// Usage: node html.mjs SEED COUNT
import fs from "node:fs";
import path from "node:path";
import { DOMSerializer } from "prosemirror-model";
import { load, root } from "./load.mjs";
import { chance, documents } from "./random.mjs";

const [seed, count] = process.argv.slice(2).map(Number);
const { makeSchema, allowedUrl } = await load("frontend/editor/src/schema.ts");
const schema = makeSchema();

// As much of a DOM as a serializer needs. Text and attributes are written as HTML's rules for serializing
// say, with quotes and angle brackets escaped everywhere.
const escaped = (text) =>
  text.replace(/[&<>"\r]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;" })[c]);
class Element {
  constructor(tag) {
    this.tag = tag;
    this.attributes = "";
    this.children = [];
  }
  setAttribute(name, value) {
    this.attributes += ` ${name}="${escaped(String(value))}"`;
  }
  appendChild(child) {
    this.children.push(child);
    return child;
  }
  get html() {
    const inner = this.children.map((child) => child.html).join("");
    if (this.tag === null) return inner;
    return this.tag === "br" ? "<br>" : `<${this.tag}${this.attributes}>${inner}</${this.tag}>`;
  }
}
const page = {
  createElement: (tag) => Object.assign(new Element(tag), { nodeType: 1 }),
  createDocumentFragment: () => Object.assign(new Element(null), { nodeType: 11 }),
  createTextNode: (text) => ({ nodeType: 3, html: escaped(text) }),
};

const print = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);
const table = JSON.parse(fs.readFileSync(path.join(root, "crates/news/src/body/urls.json"), "utf8"));
print({ urls: table.map(([url]) => [url, allowedUrl(url)]) });
const serializer = DOMSerializer.fromSchema(schema);
const { document } = documents(schema, chance(seed));
for (let made = 0; made < count; made++) {
  const doc = document();
  print({ doc: doc.toJSON(), html: serializer.serializeFragment(doc.content, { document: page }).html });
}
