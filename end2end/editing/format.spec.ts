import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Locator, Page } from "@playwright/test";
import { change, expect, settled } from "../fixtures.ts";
import { ROOT } from "../newsroom.ts";
import { blank, published, write } from "./writing.ts";

// The format bar says what the editor can do, and does it; the words keep the caret.

const AXE = readFileSync(join(ROOT, "node_modules/axe-core/axe.min.js"), "utf8");
const bar = (page: Page): Locator => page.getByRole("toolbar", { name: "Format" });
const tool = (page: Page, name: string): Locator => bar(page).getByRole("button", { name, exact: true });
const line = (page: Page, words: string): Locator => page.locator(".story__body").getByText(words, { exact: true });
/** Puts the caret there, and waits until the editor knows. */
const put = async (page: Page, words: string) => {
  await line(page, words).click();
  await settled(page);
};
const inWords = (page: Page) => page.evaluate(() => document.activeElement!.classList.contains("ProseMirror"));
const chosen = (page: Page) => page.evaluate(() => getSelection()!.toString());

/** Ways to press a button. */
const ways: { [way: string]: (page: Page, name: string) => Promise<void> } = {
  mouse: (page, name) => tool(page, name).click(),
  keyboard: async (page, name) => {
    await page.keyboard.press("Alt+F10");
    await page.keyboard.press("Home");
    for (let n = 0; n < 9 && (await page.evaluate(() => document.activeElement!.textContent)) !== name; n++) await page.keyboard.press("ArrowRight");
    await expect(tool(page, name)).toBeFocused();
    await page.keyboard.press(name === "Link" ? "Space" : "Enter");
  },
  touch: (page, name) => tool(page, name).tap(),
};

for (const [way, press] of Object.entries(ways)) {
  change(`each button does what it says, and the published page has it: by ${way}`, async ({ readers, desk }) => {
    const mika = await desk();
    const editor = await blank(readers, mika, way === "touch" ? { hasTouch: true, viewport: { width: 390, height: 844 } } : {});
    const { page } = editor;
    await write(editor, `Ferries return, ${way}`, ["A heading", "A quote", "A bullet", "A number", "Bold words", "Slanted words", "Linked words", "Undone"]);
    const blocks: [string, string, string][] = [
      ["Heading", "A heading", "h2"], ["Quote", "A quote", "blockquote.story__quote > p"],
      ["List", "A bullet", "ul > li > p"], ["Numbered list", "A number", "ol > li > p"],
    ];
    for (const [name, words, becomes] of blocks) {
      await put(page, words);
      await expect(tool(page, name)).toHaveAttribute("aria-pressed", "false");
      await press(page, name);
      await expect(page.locator(`.story__body > ${becomes}`)).toHaveText(words);
      await expect(tool(page, name)).toHaveAttribute("aria-pressed", "true");
      expect(await inWords(page), name).toBe(true);
      // Pressed again it is a paragraph, and once more what it was.
      await press(page, name);
      await expect(page.locator(".story__body > p", { hasText: words })).toHaveText(words);
      await expect(tool(page, name)).toHaveAttribute("aria-pressed", "false");
      await press(page, name);
    }
    for (const [name, words, mark] of [["Bold", "Bold words", "strong"], ["Italic", "Slanted words", "em"]] as const) {
      await put(page, words);
      await page.keyboard.press("Home");
      await page.keyboard.press("Shift+End");
      await press(page, name);
      await expect(page.locator(`.story__body ${mark}`)).toHaveText(words);
      await expect(tool(page, name)).toHaveAttribute("aria-pressed", "true");
      expect(await chosen(page)).toBe(words);
      expect(await inWords(page), name).toBe(true);
    }
    await put(page, "Linked words");
    await expect(tool(page, "Link")).toHaveAttribute("aria-disabled", "true");
    await page.keyboard.press("Home");
    await page.keyboard.press("Shift+End");
    await press(page, "Link");
    await page.getByLabel("Link to").fill("example.com/ferries");
    await page.keyboard.press("Enter");
    await expect(page.locator('.story__body a[href="https://example.com/ferries"]')).toHaveText("Linked words");
    await expect(tool(page, "Link")).toHaveAttribute("aria-pressed", "true");
    await put(page, "Undone");
    await page.keyboard.press("End");
    // Words typed later than half a second are taken back by themselves.
    await page.waitForTimeout(600);
    await page.keyboard.type(" words");
    await press(page, "Undo");
    await expect(line(page, "Undone")).toBeVisible();
    await press(page, "Redo");
    await expect(line(page, "Undone words")).toBeVisible();
    await expect(page.locator(".format__tool[data-tool=redo]")).toHaveAttribute("aria-disabled", "true");
    await page.keyboard.type("!");
    expect(await published(editor, readers, mika, editor.path)).toBe(
      '<h2>A heading</h2><blockquote class="story__quote"><p>A quote</p></blockquote><ul><li><p>A bullet</p></li></ul><ol><li><p>A number</p></li></ol>' +
        '<p><strong>Bold words</strong></p><p><em>Slanted words</em></p><p><a href="https://example.com/ferries">Linked words</a></p><p>Undone words!</p>',
    );
    expect(readers.complaints).toEqual([]);
  });
}

change("what was one kind of block becomes another, several at once, and its neighbours stay", async ({ readers, desk }) => {
  const editor = await blank(readers, await desk());
  const { page } = editor;
  await write(editor, "Ferries return", ["One", "Two", "Three", "Four"]);
  const shape = () => page.locator(".story__body").evaluate((body) => body.innerHTML.replace(/<p><br[^>]*><\/p>$/, ""));
  const choose = async (first: string, last: string) => {
    await put(page, first);
    await page.keyboard.press("Home");
    await line(page, last).click({ modifiers: ["Shift"] });
    await page.keyboard.press("Shift+End");
    await settled(page);
  };
  await choose("One", "Three");
  await tool(page, "List").click();
  await expect.poll(shape).toBe("<ul><li><p>One</p></li><li><p>Two</p></li><li><p>Three</p></li></ul><p>Four</p>");
  await tool(page, "Numbered list").click();
  await expect.poll(shape).toBe("<ol><li><p>One</p></li><li><p>Two</p></li><li><p>Three</p></li></ol><p>Four</p>");
  await put(page, "Two");
  await expect(tool(page, "Numbered list")).toHaveAttribute("aria-pressed", "true");
  await tool(page, "Heading").click();
  await expect.poll(shape).toBe("<ol><li><p>One</p></li></ol><h2>Two</h2><ol><li><p>Three</p></li></ol><p>Four</p>");
  await choose("One", "Four");
  await expect(tool(page, "Heading")).toHaveAttribute("aria-pressed", "false");
  await tool(page, "Quote").click();
  await expect.poll(shape).toBe('<blockquote class="story__quote"><p>One</p><p>Two</p><p>Three</p><p>Four</p></blockquote>');
  await put(page, "Two");
  await page.keyboard.press("Control+Shift+Digit9");
  await expect.poll(shape).toBe('<blockquote class="story__quote"><p>One</p></blockquote><p>Two</p><blockquote class="story__quote"><p>Three</p><p>Four</p></blockquote>');
  // An item inside another one goes out alone.
  await choose("One", "Four");
  await tool(page, "List").click();
  await put(page, "Two");
  await page.keyboard.press("Tab");
  await expect.poll(shape).toBe("<ul><li><p>One</p><ul><li><p>Two</p></li></ul></li><li><p>Three</p></li><li><p>Four</p></li></ul>");
  await tool(page, "List").click();
  await expect.poll(shape).toBe("<ul><li><p>One</p></li></ul><p>Two</p><ul><li><p>Three</p></li><li><p>Four</p></li></ul>");
  // A third level is a heading too, and becomes what it was.
  await put(page, "Two");
  await page.keyboard.press("Control+Alt+Digit3");
  await expect(page.locator(".story__body > h3")).toHaveText("Two");
  await expect(tool(page, "Heading")).toHaveAttribute("aria-pressed", "true");
  await tool(page, "Heading").click();
  await expect(page.locator(".story__body > p")).toHaveText("Two");
  // Headline and standfirst are no blocks; in the standfirst words may slant.
  await page.locator("h1.story__headline").click();
  for (const name of ["Heading", "Quote", "List", "Numbered list", "Bold", "Italic"]) await expect(tool(page, name)).toHaveAttribute("aria-disabled", "true");
  await page.locator(".story__standfirst").click();
  await expect(tool(page, "Italic")).toHaveAttribute("aria-disabled", "false");
  await expect(tool(page, "Bold")).toHaveAttribute("aria-disabled", "true");
});

change("the keyboard goes in, along and out, from right to left too", async ({ readers, kinds, desk }) => {
  const mika = await desk();
  const editor = await mika.open(await readers.context(), kinds.arabic);
  const { page } = editor;
  await editor.edit();
  await editor.caretAtEnd(0);
  await expect(tool(page, "Heading")).toHaveAttribute("title", "Heading (Ctrl+Alt+2)");
  await page.keyboard.press("Alt+F10");
  await expect(tool(page, "Heading")).toBeFocused();
  await page.keyboard.press("ArrowLeft");
  await expect(tool(page, "Quote")).toBeFocused();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await expect(tool(page, "Redo")).toBeFocused();
  await page.keyboard.press("Home");
  await page.keyboard.press("End");
  await expect(tool(page, "Redo")).toBeFocused();
  // What can't be done now does nothing.
  await page.keyboard.press("Enter");
  await page.keyboard.press("Alt+F10");
  await page.keyboard.press("Escape");
  await expect(editor.mounted).toBeFocused();
  await page.keyboard.type("و");
  await editor.saved();
  await page.keyboard.press("Escape");
  await expect(editor.mounted).toHaveCount(0);
  await expect(bar(page)).toHaveCount(0);
});

for (const [width, colorScheme] of [[320, "light"], [390, "dark"], [820, "light"], [1440, "dark"]] as const) {
  change(`it fits, hides no line and moves nothing: ${width} px, ${colorScheme}`, async ({ readers, kinds, desk }) => {
    const mika = await desk();
    const editor = await mika.open(await readers.context({ viewport: { width, height: 700 }, colorScheme, hasTouch: width < 1000 }), kinds.story);
    const { page } = editor;
    for (const to of [kinds.story, kinds.arabic]) {
      await page.goto(to);
      await page.waitForSelector("html[data-ready]", { state: "attached" });
      await settled(page);
      const shifts = await page.evaluate(() => window.shifts);
      await editor.edit();
      await settled(page);
      expect(await page.evaluate(() => window.shifts), to).toBe(shifts);
      const row = (await bar(page).boundingBox())!;
      expect([row.x, row.x + row.width]).toEqual([0, width]);
      for (const button of await bar(page).getByRole("button").all()) {
        if (!(await button.isVisible())) continue;
        await button.focus();
        const box = (await button.boundingBox())!;
        const name = await button.textContent();
        expect.soft(Math.min(box.width, box.height), `${to}: ${name}`).toBeGreaterThanOrEqual(44);
        expect.soft([box.x >= -0.5, box.x + box.width <= width + 0.5], `${to}: ${name} comes into sight`).toEqual([true, true]);
      }
      // Up from far below: the caret's line never goes behind the bar.
      await editor.caretAtEnd(1);
      await page.evaluate(() => window.scrollBy(0, document.querySelector(".ProseMirror")!.getBoundingClientRect().height));
      for (let n = 0; n < 30; n++) {
        await page.keyboard.press("ArrowUp");
        const caret = await page.evaluate(() => getSelection()!.getRangeAt(0).getClientRects()[0]?.top ?? Infinity);
        expect.soft(caret, `${to}: line ${n}`).toBeGreaterThanOrEqual(row.y + row.height);
      }
      await page.evaluate(AXE);
      const found = await page.evaluate<{ violations: { id: string; nodes: { target: string[]; failureSummary: string }[] }[] }>("axe.run(document, { resultTypes: ['violations'] })");
      expect.soft(found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]!.target} ${nodes[0]!.failureSummary}`), to).toEqual([]);
    }
    expect(readers.complaints).toEqual([]);
  });
}

change("the empty parts of a new story say what they are, and readers never get that", async ({ readers, desk }) => {
  const mika = await desk();
  for (const lang of ["en", "ar"]) {
    const editor = await blank(readers, mika, {}, lang);
    const { page } = editor;
    const says = () =>
      page.locator(".ProseMirror [data-empty]").evaluateAll((parts) => parts.map((part) => getComputedStyle(part, "::before").content.replace(/^"|"$/g, "")));
    expect(await says()).toEqual(["Headline", "Standfirst", "Write the story"]);
    expect(await editor.words.textContent()).toBe("");
    // At the side where the line begins, and nothing moves when a word comes.
    const before = (await page.locator(".story__body").boundingBox())!;
    await page.locator(".story__body > p").click();
    await page.keyboard.type("x");
    expect(await says()).toEqual(["Headline", "Standfirst"]);
    expect(await page.locator(".story__body").boundingBox()).toEqual(before);
    await page.keyboard.press("Backspace");
    expect(await says()).toHaveLength(3);
    await page.keyboard.type("x");
    await page.locator("h1.story__headline").click();
    await page.keyboard.type("Ferries return");
    expect(await says()).toEqual(["Standfirst"]);
    expect(await published(editor, readers, mika, editor.path)).toBe("<p>x</p>");
    expect(await (await fetch(readers.url + editor.path)).text()).not.toMatch(/data-empty|Write the story/);
    await page.waitForTimeout(300);
    if (await editor.mounted.count()) await page.keyboard.press("Escape");
    await expect(page.locator("[data-empty]")).toHaveCount(0);
  }
  expect(readers.complaints).toEqual([]);
});
