// Documents and edits by chance, the same for the same seed.

/** A generator of numbers in [0, 1) (mulberry32), with what is made of them. */
export function chance(seed) {
  let state = seed >>> 0;
  const random = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const below = (n) => Math.floor(random() * n);
  const pick = (all) => all[below(all.length)];
  const odds = (p) => random() < p;
  const many = (n, make) => Array.from({ length: n }, make);
  return { random, below, pick, odds, many };
}

const WORDS = [
  "the ", "Seoul ", "👩‍👩‍👧‍👦", "😀", "ประเทศไทย", "กำลัง", "北京", "記者", "한국어", "العربية ", "اردو ", "e\u0301", "𠮷野家",
  "🇯🇵", "a", "flood ", "12 ", "हिन्दी ", "<b>", "&amp; ", '"', "\u00a0", " ",
];

/** Documents of our schema. */
export function documents(schema, dice) {
  const { below, pick, odds, many } = dice;
  const { nodes, marks } = schema;
  const words = () => many(1 + below(5), () => pick(WORDS)).join("");
  const mark = () => {
    const kind = pick(["link", "strong", "em"]);
    return kind === "link" ? marks.link.create({ href: `https://e.example/?a=1&b=${below(3)}` }) : marks[kind].create();
  };
  const inline = (type) =>
    many(below(4), () => {
      let set = [];
      for (let i = below(3); i > 0; i--) {
        const one = mark();
        if (type.allowsMarkType(one.type)) set = one.addToSet(set);
      }
      if (type.inlineContent && type.contentMatch.matchType(nodes.hard_break) && odds(0.2)) {
        return nodes.hard_break.create(null, null, set);
      }
      return schema.text(words(), set);
    });
  const textblock = (type, attrs) => type.create(attrs, inline(type));
  const paragraph = () => textblock(nodes.paragraph, { dir: pick([null, null, "rtl", "auto"]) });
  const item = (depth) => {
    const content = [paragraph()];
    if (depth < 2 && odds(0.3)) content.push(list(depth + 1));
    return nodes.list_item.create(null, content);
  };
  const list = (depth) =>
    nodes[pick(["bullet_list", "ordered_list"])].create(null, many(1 + below(3), () => item(depth)));
  const block = () => {
    switch (below(8)) {
      case 0: return textblock(nodes.heading, { level: 2 + below(2) });
      case 1: return nodes.blockquote.create(null, many(1 + below(3), paragraph));
      case 2:
      case 3: return list(0);
      default: return paragraph();
    }
  };
  const document = () =>
    nodes.doc.create(null, [
      textblock(nodes.headline),
      textblock(nodes.standfirst),
      nodes.body.create(null, many(1 + below(6), block)),
    ]);
  return { words, mark, block, document };
}

/** Whether a JSON text holds half a character: no such text gets through a JSON parser in Rust. */
export const halved = (json) => /\\ud[89a-f]/i.test(JSON.stringify(json));
