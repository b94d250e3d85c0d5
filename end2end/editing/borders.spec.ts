import { type Readers, awake, change, expect, settled } from "../fixtures.ts";
import { type Desk, idOf, textOf } from "../desk.ts";
import { BODY, HEADLINE, type Own, type Place, type Press, STANDFIRST, blank, choose, compose, key, native, paste, shown, write } from "./writing.ts";

// Headline, standfirst and body are one text to write in, and stay three parts, whatever deletes in them.

const WRITTEN = ["Ferries return", "A standfirst.", "First words.", "Last words."];

/** Looks for the words on the page and, when that says that they are saved, with the newsroom. */
async function has(editor: Own, mika: Desk, what: string, words: string[]): Promise<void> {
  await expect.configure({ soft: true }).poll(() => shown(editor), { message: what, timeout: 3_000 }).toEqual(words);
  await editor.saved();
  const parts = (await mika.draft(idOf(editor.path))).doc.content!;
  expect.soft(parts.map(({ type }) => type), what).toEqual(["headline", "standfirst", "body"]);
  const lines = parts.flatMap((part) => (part.type === "body" ? part.content!.map(textOf) : [textOf(part)]));
  expect.soft(lines, `${what}, in the newsroom`).toEqual(words);
  await expect.soft(editor.tray, what).toHaveCount(0);
}

/** The same, and once more for who comes to the page anew and writes on. */
async function hasAgain(editor: Own, mika: Desk, what: string, words: string[]): Promise<void> {
  await has(editor, mika, what, words);
  await editor.page.reload();
  await awake(editor.page);
  await editor.edit();
  await editor.caretAtEnd(0);
  await editor.page.keyboard.insertText("!");
  await has(editor, mika, `${what}, after a reload`, words.map((line, n) => (n === 2 ? `${line}!` : line)));
}

/** Writes a story. */
async function story(editor: Own, words = WRITTEN): Promise<void> {
  const { page } = editor;
  await page.locator(HEADLINE).click();
  for (const [n, line] of words.entries()) {
    if (n > 0) await page.keyboard.press("Enter");
    await page.keyboard.insertText(line);
  }
  await editor.saved();
  // What is written later is undone by itself.
  await page.waitForTimeout(600);
}

/** A console line about a style that the policy doesn't allow is all that a browser's own joining of lines may cause. */
const complaints = ({ complaints }: Readers) => complaints.filter((line) => !/inline style/.test(line));

const backward = { Backspace: key("Backspace"), "Control+Backspace": key("Control+Backspace"), "the browser's own deletion": native("delete") };
const forward = { Delete: key("Delete"), "Control+Delete": key("Control+Delete"), "the browser's own forward deletion": native("forwardDelete") };

change("a deletion at the edge of a part takes nothing: the caret goes over", async ({ readers, desk }) => {
  const mika = await desk();
  const editor = await blank(readers, mika);
  const { page } = editor;
  await story(editor);
  const rows: [ways: { [way: string]: Press }, from: Place, part: number][] = [
    [backward, [STANDFIRST, 0], 0], [backward, [BODY, 0], 1], [forward, [HEADLINE, 99], 1], [forward, [STANDFIRST, 99], 2],
  ];
  for (const [ways, from, part] of rows) {
    for (const [way, press] of Object.entries(ways)) {
      await choose(page, from);
      await press(page);
      await settled(page);
      expect.soft(await shown(editor), `${way} at ${from}`).toEqual(WRITTEN);
      await page.keyboard.type("x");
      const words = WRITTEN.map((line, n) => (n !== part ? line : ways === backward ? `${line}x` : `x${line}`));
      await has(editor, mika, `${way} at ${from}, then x`, words);
      await page.keyboard.press("Control+z");
      await has(editor, mika, `${way} at ${from}, undone`, WRITTEN);
    }
  }
  await hasAgain(editor, mika, "at last", WRITTEN);
  expect(complaints(readers)).toEqual([]);
});

change("out of an empty part the caret goes, too, and the part stays", async ({ readers, desk }) => {
  const mika = await desk();
  for (const [way, press] of Object.entries({ ...backward, ...forward })) {
    const editor = await blank(readers, mika);
    const { page } = editor;
    await story(editor, ["Ferries return", "", "First words."]);
    await choose(page, [STANDFIRST, 0]);
    await press(page);
    await settled(page);
    await page.keyboard.type("x");
    const [line, body] = way in backward ? ["Ferries returnx", "First words."] : ["Ferries return", "xFirst words."];
    await has(editor, mika, way, [line, "", body]);
    await page.locator(STANDFIRST).click();
    await page.keyboard.type("Still here.");
    await hasAgain(editor, mika, "at last", [line, "Still here.", body]);
    await page.context().close();
  }
  expect(complaints(readers)).toEqual([]);
});

const over: { [way: string]: [press: Press, typed: string] } = {
  Backspace: [key("Backspace"), ""],
  Delete: [key("Delete"), ""],
  cutting: [key("Control+x"), ""],
  "the browser's own deletion": [native("delete"), ""],
  "the browser's own forward deletion": [native("forwardDelete"), ""],
  typing: [(page) => page.keyboard.type("x"), "x"],
  "letters that were selected": [(page) => page.keyboard.type("r"), "r"],
  "a soft keyboard's word": [(page) => page.keyboard.insertText("quay"), "quay"],
  "an input method": [compose, "日本"],
  pasting: [(page) => paste(page, "<p>pasted</p>"), "pasted"],
};

const ranges: [from: Place, to: Place, gives: (typed: string) => string[]][] = [
  [[HEADLINE, 8], [STANDFIRST, 2], (typed) => [`Ferries ${typed}`, "standfirst.", "First words.", "Last words."]],
  [[HEADLINE, 8], [BODY, 6], (typed) => [`Ferries ${typed}`, "", "words.", "Last words."]],
  [[STANDFIRST, 2], [BODY, 6], (typed) => ["Ferries return", `A ${typed}`, "words.", "Last words."]],
  [[STANDFIRST, 0], [BODY, -7], (typed) => ["Ferries return", typed, "words."]],
];

/** As many letters of a script that runs the other way. */
const arabic = (line: string) => line.replace(/[a-z]/gi, (letter) => String.fromCharCode(0x620 + (letter.charCodeAt(0) & 31)));

for (const [lang, dir, say] of [["en", "ltr", String], ["ar", "rtl", arabic]] as const) {
  change(`over several parts, the words of each go, and what comes stands where they began: ${dir}`, async ({ readers, desk }) => {
    change.setTimeout(150_000);
    const mika = await desk();
    const editor = await blank(readers, mika, {}, lang);
    const { page } = editor;
    const written = WRITTEN.map(say);
    await story(editor, written);
    expect(await page.locator(".story__words").evaluate((words) => getComputedStyle(words).direction)).toBe(dir);
    for (const [way, [press, typed]] of Object.entries(over)) {
      for (const [n, [from, to, gives]] of ranges.entries()) {
        // Backward, too, as a selection by Shift and the arrows may be.
        await (n % 2 ? choose(page, to, from) : choose(page, from, to));
        await press(page);
        await has(editor, mika, `${way} from ${from} to ${to}`, gives("§").map((line) => say(line).replace("§", typed)));
        await page.keyboard.press("Control+z");
        await has(editor, mika, `${way} from ${from} to ${to}, undone at once`, written);
      }
    }
    await choose(page, [HEADLINE, 8], [BODY, 6]);
    await page.keyboard.press("Backspace");
    await hasAgain(editor, mika, "at last", ["Ferries ", "", "words.", "Last words."].map(say));
    expect(complaints(readers)).toEqual([]);
  });
}

change("all is selected: deleted, the three parts are there to write in; typed over, the headline has it", async ({ readers, desk }) => {
  const mika = await desk();
  const editor = await blank(readers, mika);
  const { page } = editor;
  await story(editor);
  const ways: [way: string, press: Press, headline: string][] = [
    ["deleted", key("Backspace"), ""], ["deleted by the browser", native("delete"), ""], ["cut", key("Control+x"), ""],
    ["typed over", key("x"), "x"], ["a soft keyboard's word", (page) => page.keyboard.insertText("quay"), "quay"], ["an input method", compose, "日本"],
  ];
  for (const all of [key("Control+a"), native("selectAll")]) {
    for (const [way, press, headline] of ways) {
      await choose(page, [BODY, 0]);
      await all(page);
      await settled(page);
      await press(page);
      await has(editor, mika, way, [headline, "", ""]);
      await page.keyboard.press("Control+z");
      await has(editor, mika, `${way}, undone`, WRITTEN);
    }
  }
  // Another story in its place.
  await choose(page, [BODY, 0]);
  await page.keyboard.press("Control+a");
  await settled(page);
  await paste(page, "<h1>Trams return</h1><p>To Tashkent.</p><p>By night.</p>");
  await has(editor, mika, "pasted over", ["Trams return", "", "To Tashkent.", "By night."]);
  await page.keyboard.press("Control+z");
  await has(editor, mika, "pasted over, undone", WRITTEN);
  // No heading or list is left, either, of a body that was one.
  for (const name of ["Heading", "Quote", "List"]) {
    await choose(page, [BODY, 0], [BODY, -1]);
    await page.getByRole("button", { name, exact: true }).click();
    for (const press of [key("Delete"), native("delete")]) {
      await choose(page, [HEADLINE, 0], [`${BODY}:last-child, ${BODY}:last-child p`, -1]);
      await press(page);
      await has(editor, mika, `${name}, deleted`, ["", "", ""]);
      expect.soft(await page.locator(".story__body").evaluate(({ firstElementChild }) => firstElementChild!.localName), name).toBe("p");
      await page.keyboard.press("Control+z");
    }
  }
  await page.keyboard.press("Control+a");
  await page.keyboard.press("Delete");
  await write(editor, "Written anew", ["A paragraph."]);
  await has(editor, mika, "written anew", ["Written anew", "A standfirst.", "A paragraph."]);
  await hasAgain(editor, mika, "at last", ["Written anew", "A standfirst.", "A paragraph."]);
  expect(complaints(readers)).toEqual([]);
});

change("pasted paragraphs lose no word: lines take a line, the body takes the rest", async ({ readers, desk }) => {
  const mika = await desk();
  const editor = await blank(readers, mika);
  const { page } = editor;
  await story(editor);
  const three = "<p>One <b>bold</b></p><p>two<br>lines</p><ul><li>three</li></ul>";
  const rows: [from: Place, to: Place, gives: string[]][] = [
    [[HEADLINE, 8], [HEADLINE, 8], ["Ferries One bold two lines threereturn", "A standfirst.", "First words.", "Last words."]],
    [[HEADLINE, 8], [STANDFIRST, 2], ["Ferries One bold", "two lines threestandfirst.", "First words.", "Last words."]],
    [[STANDFIRST, 2], [BODY, -1], ["Ferries return", "A One bold", "twolines", "three"]],
  ];
  for (const [from, to, gives] of rows) {
    await choose(page, from, to);
    await paste(page, three);
    await has(editor, mika, `pasted from ${from} to ${to}`, gives);
    await page.keyboard.press("Control+z");
    await has(editor, mika, `pasted from ${from} to ${to}, undone`, WRITTEN);
  }
  // A whole story, as the clipboard has it, goes to its parts, and into a body as paragraphs.
  await choose(page, [HEADLINE, 0], [BODY, -1]);
  const copied = await page.evaluate(() => {
    const clipboardData = new DataTransfer();
    document.querySelector(".ProseMirror")!.dispatchEvent(new ClipboardEvent("copy", { clipboardData, bubbles: true, cancelable: true }));
    return clipboardData.getData("text/html");
  });
  await page.keyboard.press("Backspace");
  await paste(page, copied);
  await has(editor, mika, "the story over nothing", WRITTEN);
  await choose(page, [BODY, -1]);
  await page.keyboard.press("Enter");
  await paste(page, copied);
  await has(editor, mika, "the story in the body", [...WRITTEN, ...WRITTEN]);
  await hasAgain(editor, mika, "at last", [...WRITTEN, ...WRITTEN]);
  expect(complaints(readers)).toEqual([]);
});

change("dragged from several parts into the body, the words go there, and the parts stay", async ({ readers, desk }) => {
  const mika = await desk();
  const editor = await blank(readers, mika);
  const { page } = editor;
  await story(editor);
  await choose(page, [HEADLINE, 8], [STANDFIRST, 2]);
  const end = await page.locator(BODY).last().evaluate((p) => {
    const range = document.createRange();
    range.selectNodeContents(p);
    const { right, top, height } = range.getBoundingClientRect();
    return { x: right + 2, y: top + height / 2 };
  });
  const start = await page.evaluate(() => {
    const { left, top, height } = getSelection()!.getRangeAt(0).getClientRects()[0]!;
    return { x: left + 10, y: top + height / 2 };
  });
  await page.mouse.move(start.x, start.y);
  await page.mouse.down();
  await page.mouse.move(start.x + 10, start.y + 10, { steps: 3 });
  await page.mouse.move(end.x, end.y, { steps: 5 });
  await page.mouse.up();
  await has(editor, mika, "dragged", ["Ferries ", "standfirst.", "First words.", "Last words.return", "A "]);
  await page.keyboard.press("Control+z");
  await has(editor, mika, "undone", WRITTEN);
  expect(complaints(readers)).toEqual([]);
});

change("Enter in a line goes on to the next part, over several it deletes first; no line breaks there", async ({ readers, desk }) => {
  const mika = await desk();
  const editor = await blank(readers, mika);
  const { page } = editor;
  await story(editor);
  for (const where of [HEADLINE, STANDFIRST]) {
    await choose(page, [where, 3]);
    await page.keyboard.press("Shift+Enter");
    await has(editor, mika, `Shift+Enter in ${where}`, WRITTEN);
  }
  await choose(page, [HEADLINE, 8], [BODY, 6]);
  await page.keyboard.press("Enter");
  await page.keyboard.type("x");
  await has(editor, mika, "Enter over all", ["Ferries ", "x", "words.", "Last words."]);
  await page.keyboard.press("Enter");
  await page.keyboard.type("y");
  await hasAgain(editor, mika, "at last", ["Ferries ", "x", "ywords.", "Last words."]);
  expect(complaints(readers)).toEqual([]);
});

change("what others write is theirs: a step that changes all three parts comes as it is", async ({ readers, desk }) => {
  const mika = await desk();
  const editor = await blank(readers, mika);
  const { page } = editor;
  await story(editor);
  await choose(page, [STANDFIRST, 2], [BODY, 6]);
  const { version, doc } = await mika.draft(idOf(editor.path));
  const size = 2 * 2 + 2 + WRITTEN.slice(2).length * 2 + WRITTEN.join("").length;
  const [headline, standfirst, body] = doc.content!;
  const renewed = [{ ...headline, content: standfirst!.content }, { ...standfirst, content: headline!.content }, body];
  await (await desk("daniel")).steps(idOf(editor.path), [{ stepType: "replace", from: 0, to: size, slice: { content: renewed } }], version);
  await has(editor, mika, "renewed", [WRITTEN[1]!, WRITTEN[0]!, ...WRITTEN.slice(2)]);
  await choose(page, [HEADLINE, 2], [STANDFIRST, 8]);
  await page.keyboard.press("Backspace");
  await hasAgain(editor, mika, "at last", ["A ", "return", ...WRITTEN.slice(2)]);
  expect(complaints(readers)).toEqual([]);
});
