// Foreign markup: the schema keeps blocks, links, strong and em and drops the rest; this takes away before
// what would be read wrongly. Addresses of links are checked by the schema itself.

import { DOMParser, type ParseOptions, type Schema, type Slice } from "prosemirror-model";
import { plainMarkup } from "./word";

/** Control characters that no text needs; a null character no database of ours keeps. */
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff]/g;

export class PasteParser extends DOMParser {
  static for(schema: Schema): PasteParser {
    return new PasteParser(schema, DOMParser.fromSchema(schema).rules);
  }

  override parseSlice(dom: globalThis.Node, options?: ParseOptions): Slice {
    if (dom instanceof Element || dom instanceof DocumentFragment) clean(dom);
    return super.parseSlice(dom, options);
  }
}

/** Our stories have no tables: a row becomes a paragraph, and its cells stay apart. */
function inOneLine(row: HTMLTableRowElement): void {
  const line = document.createElement("p");
  for (const cell of Array.from(row.cells)) {
    if (line.hasChildNodes()) line.append(" · ");
    // A paragraph in a cell would end the line.
    for (const block of cell.querySelectorAll("p, div, h1, h2, h3, h4, h5, h6")) block.replaceWith(...block.childNodes, " ");
    line.append(...cell.childNodes);
  }
  row.replaceChildren(line);
}

export function cleanText(text: string): string {
  return text.replace(CONTROL, "");
}

function clean(root: Element | DocumentFragment): void {
  for (const element of root.querySelectorAll("style, script, title, meta, template, noscript, iframe, object, svg, math")) {
    element.remove();
  }
  plainMarkup(root);
  for (const row of Array.from(root.querySelectorAll("tr"))) inOneLine(row);
  const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode as Text;
    if (text.data.search(CONTROL) >= 0) text.data = cleanText(text.data);
  }
}
