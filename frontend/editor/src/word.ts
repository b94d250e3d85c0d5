// What Word and Google Docs put into the clipboard, made plain markup: tracked deletions and comments go, weight and
// slant become strong and em, Word's paragraphs with painted bullets become lists.

/** Takes out what isn't meant as words, and says in elements what was said in styles. */
export function plainMarkup(root: Element | DocumentFragment): void {
  gone(root);
  for (const element of [...root.querySelectorAll("b[style], strong[style], i[style], em[style], span[style]")]) marked(element);
  lists(root);
}

/** Deleted words, comments with their marks, what Word keeps hidden, and its own elements. */
const GONE = "del, xml, .msoDel, .msocomanchor, .msocomtxt, .msocomoff, .MsoCommentReference";
const GONE_STYLE = /(^|;)\s*(mso-element:\s*comment|mso-special-character:\s*comment|mso-hide:\s*all|display:\s*none)/i;

function gone(root: Element | DocumentFragment): void {
  const from = new Set<Element | null>();
  const remove = (element: Element): void => {
    from.add(element.closest("p, li"));
    element.remove();
  };
  for (const element of root.querySelectorAll(GONE)) remove(element);
  for (const element of root.querySelectorAll("[style]")) {
    if (GONE_STYLE.test(styleOf(element))) remove(element);
  }
  // Word's own mark for the end of a paragraph.
  for (const mark of root.querySelectorAll("o\\:p")) {
    if (mark.textContent?.trim()) mark.replaceWith(...mark.childNodes);
    else remove(mark);
  }
  // Nothing is left of what was deleted as a whole, or was a gap between others.
  for (const block of from) {
    if (!block?.textContent?.trim()) block?.remove();
  }
  // Leads to a place in the document they come from.
  for (const link of root.querySelectorAll('a[href^="#_"]')) link.replaceWith(...link.childNodes);
}

/** A weight or slant in a style: `<b>` may say that it isn't bold, `<span>` that it is. */
function marked(element: Element): void {
  const style = styleOf(element);
  const weight = /(?:^|;)\s*font-weight:\s*([\w]+)/i.exec(style)?.[1]?.toLowerCase();
  const slant = /(?:^|;)\s*font-style:\s*(\w+)/i.exec(style)?.[1]?.toLowerCase();
  if (element.matches("b, strong") ? weight !== undefined && !bold(weight) : element.matches("i, em") && slant === "normal") {
    element.replaceWith(...element.childNodes);
    return;
  }
  // A heading is bold as it is.
  if (weight && bold(weight) && !element.closest("b, strong, h1, h2, h3, h4, h5, h6")) wrapInside(element, "strong");
  if (slant && /^(italic|oblique)$/.test(slant) && !element.closest("i, em")) wrapInside(element, "em");
}

const bold = (weight: string): boolean => /^bold/.test(weight) || Number(weight) >= 600;

function wrapInside(element: Element, name: string): void {
  const mark = document.createElement(name);
  mark.append(...element.childNodes);
  element.append(mark);
}

/** Paragraphs that Word calls items of a list, one after another, become that list. */
function lists(root: Element | DocumentFragment): void {
  /** The lists that go on, from the outermost inwards, with their levels in Word. */
  let open: { level: number; list: Element }[] = [];
  for (const paragraph of [...root.querySelectorAll("p")]) {
    if (paragraph.previousElementSibling !== open[0]?.list) open = [];
    const level = levelOf(paragraph);
    if (level === null) {
      // A second paragraph of the item before it.
      if (paragraph.matches("[class^=MsoListParagraph]")) open.at(-1)?.list.lastElementChild?.append(paragraph);
      continue;
    }
    const name = isNumbered(paragraph) ? "ol" : "ul";
    const goesOn = (one: { level: number; list: Element }): boolean => one.level < level || (one.level === level && one.list.localName === name);
    open = open.filter(goesOn);
    let list = open.at(-1)?.level === level ? open.at(-1)?.list : undefined;
    if (!list) {
      list = document.createElement(name);
      const within = open.at(-1)?.list.lastElementChild;
      if (within) within.append(list);
      else paragraph.before(list);
      open.push({ level, list });
    }
    const item = document.createElement("li");
    list.append(item);
    item.append(paragraph);
  }
  for (const element of root.querySelectorAll("[style]")) {
    if (isBullet(element)) element.remove();
  }
}

/** How far in an item of a list stands, from one; `null` where it is none. */
function levelOf(paragraph: Element): number | null {
  if (paragraph.closest("li")) return null;
  const level = /(?:^|;)\s*mso-list:[^;]*\blevel(\d)/i.exec(styleOf(paragraph))?.[1];
  return level === undefined ? null : Math.max(1, Number(level));
}

/** Word writes a list's bullets and numbers as words of its paragraphs. */
const isBullet = (element: Element): boolean => /(^|;)\s*mso-list:\s*ignore/i.test(styleOf(element));

/** Whether the painted bullet is a number or a letter: `1.`, `b)`, `(iv)`, `一、`, `٣.` */
function isNumbered(paragraph: Element): boolean {
  const bullet = [...paragraph.querySelectorAll("[style]")].find(isBullet)?.textContent ?? "";
  return /^\s*([(（]?[\p{L}\p{N}]{1,6}[.)、．）]|\p{N}+\s*$)/u.test(bullet);
}

/** The attribute's words: our policy allows no inline style, so `element.style` is empty. */
function styleOf(element: Element): string {
  return element.getAttribute("style") ?? "";
}
