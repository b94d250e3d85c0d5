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

export function cleanText(text: string): string {
  return text.replace(CONTROL, "");
}

function clean(root: Element | DocumentFragment): void {
  for (const element of root.querySelectorAll("style, script, title, meta, template, noscript, iframe, object, svg, math")) {
    element.remove();
  }
  plainMarkup(root);
  const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode as Text;
    if (text.data.search(CONTROL) >= 0) text.data = cleanText(text.data);
  }
}
