import type { BrowserContext, Page } from "@playwright/test";
import { awake, change, expect, test, within } from "./fixtures.ts";
import { EditorPage, idOf, textOf } from "./desk.ts";

// A browser opens no more than six connections to a site, for all of its tabs together.

/** As when the reader turns to another tab, or comes back. */
async function look(page: Page, away: boolean): Promise<void> {
  await page.evaluate((away) => {
    Object.defineProperty(document, "hidden", { configurable: true, get: () => away });
    document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
  }, away);
}

const streams = (page: Page) => page.evaluate(() => window.streams());

async function tab(context: BrowserContext, path: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(path);
  await awake(page);
  return page;
}

test("ten tabs of one reader: those that nobody looks at hold no stream", async ({ readers, kinds }) => {
  const context = await readers.context();
  const pages: Page[] = [];
  for (const path of ["/", kinds.story, kinds.section, kinds.place, kinds.japanese, kinds.arabic, kinds.excerpt, "/business", "/politics", "/"]) {
    for (const page of pages) expect(await streams(page)).toEqual([]);
    const page = await tab(context, path);
    await expect.poll(() => streams(page)).toHaveLength(1);
    await look(page, true);
    await expect.poll(() => streams(page)).toEqual([]);
    pages.push(page);
  }
  expect(readers.complaints).toEqual([]);
});

change("what came while nobody looked stands when the tab is looked at again, once", async ({ readers, kinds, desk }) => {
  const [mika, story] = [await desk(), idOf(kinds.story)];
  const page = await readers.open(kinds.story);
  await mika.correct(story, " Heard at once.");
  await expect(page.locator(".story__body")).toContainText("Heard at once.", within(2));
  await look(page, true);
  await mika.correct(story, " Heard on coming back.");
  await page.waitForTimeout(500);
  await expect(page.locator(".story__body")).not.toContainText("Heard on coming back.");
  await look(page, false);
  await expect(page.locator(".story__body")).toContainText("Heard on coming back.", within(2));
  await expect(page.locator(".live__new")).toBeHidden();
  // Hidden and shown in a hurry, it is still one.
  for (const away of [true, false, true, false]) await look(page, away);
  await expect.poll(() => streams(page)).toEqual([`/live/story-${story}`]);
  await mika.correct(story, " And again.");
  await expect(page.locator(".story__body")).toContainText("And again.", within(2));
  const heard = await page.evaluate(() => window.heard.filter(({ type }) => type === "blocks").length);
  expect(heard).toBe(3);
  expect(readers.complaints).toEqual([]);
});

change("three stories are edited in three tabs that are all seen, and a fourth opens", async ({ readers, kinds, desk }) => {
  const [mika, context] = [await desk(), await readers.context()];
  await mika.enter(context);
  for (const path of [kinds.story, kinds.japanese, kinds.arabic]) {
    const editor = new EditorPage(await tab(context, path));
    await editor.edit();
    await editor.caretAtEnd(0);
    await editor.page.keyboard.type(" Many tabs.");
    await editor.saved();
    expect(await streams(editor.page)).toEqual([`/live/desk-${idOf(path)}`]);
    expect(textOf((await mika.draft(idOf(path))).doc)).toContain("Many tabs.");
  }
  const fourth = await tab(context, "/");
  await expect(fourth.locator(".masthead__out")).toBeVisible();
  expect(readers.complaints).toEqual([]);
});
