// The empty parts of a story say what they are. The words stand in an attribute that only the editor draws: they are
// no part of the document, and readers never get them.

import type { Node } from "prosemirror-model";
import { Plugin } from "prosemirror-state";
import { Decoration, DecorationSet } from "prosemirror-view";

const SAYS: { [part: string]: string } = { headline: "Headline", standfirst: "Standfirst", body: "Write the story" };

export function placeholders(): Plugin {
  return new Plugin({ props: { decorations: ({ doc }) => DecorationSet.create(doc, empty(doc)) } });
}

function empty(doc: Node): Decoration[] {
  const found: Decoration[] = [];
  doc.forEach((part, pos) => {
    const says = SAYS[part.type.name];
    // A body without words is one empty paragraph.
    const only = part.isTextblock ? part : part.childCount === 1 ? part.firstChild : null;
    if (!says || !only?.isTextblock || only.content.size > 0) return;
    const from = part.isTextblock ? pos : pos + 1;
    found.push(Decoration.node(from, from + only.nodeSize, { "data-empty": says }));
  });
  return found;
}
