// Foreign markup: the schema keeps blocks, links, strong and em and drops the rest; this takes away before
// what would be read wrongly. Addresses of links are checked by the schema itself.

import { DOMParser, type ParseOptions, type Schema, type Slice } from "prosemirror-model";

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
  for (const element of root.querySelectorAll("[style]")) {
    // The attribute's words: our policy allows no inline style, so `element.style` is empty.
    const style = element.getAttribute("style") ?? "";
    // Google Docs wraps everything into a <b> that isn't bold.
    const plain = element.matches("b, strong") ? /font-weight:\s*(normal|400)/i : /font-style:\s*normal/i;
    if (element.matches("b, strong, i, em") && plain.test(style)) element.replaceWith(...element.childNodes);
    // Word writes a list's bullets as words of its paragraphs.
    else if (/mso-list:\s*ignore/i.test(style)) element.remove();
  }
  const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode as Text;
    if (text.data.search(CONTROL) >= 0) text.data = cleanText(text.data);
  }
}
