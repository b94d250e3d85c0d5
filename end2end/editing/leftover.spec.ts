import type { Page } from "@playwright/test";
import { type EditorPage, idOf, textOf } from "../desk.ts";
import { awake, change, expect, follow, stands, top, within } from "../fixtures.ts";

// Words that an earlier window left in the browser are taken up by the next page of their story, whoever opens it.

const STEPS = "**/desk/story/*/steps";

/** Sends nothing, not even at its end; until `reach` is called, where the document lives on. */
function cut(): void {
  const plain = window.fetch;
  const failing: typeof fetch = (to, init) => (init?.method === "POST" ? Promise.reject(new TypeError("cut")) : plain(to, init));
  window.fetch = failing;
  window.reach = () => (window.fetch = plain);
}

/** Types at the end of the first paragraph, and goes before the newsroom has it. */
async function typeAndGo(editor: EditorPage, words: string, go: (page: Page) => Promise<void>): Promise<void> {
  const { page } = editor;
  await editor.edit();
  await page.evaluate(cut);
  await editor.caretAtEnd(0);
  await page.keyboard.type(words);
  await page.waitForTimeout(300);
  page.on("dialog", (dialog) => void dialog.accept());
  await go(page);
  if (!page.isClosed()) await page.evaluate(() => window.reach?.());
}

const mark = (page: Page) => page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith("desk/unsaved/")));

change("they stand in the story again without a press, and the reader's place and focus stay", async ({ readers, kinds, desk }) => {
  const mika = await desk();
  const story = idOf(kinds.story);
  const editor = await mika.open(await readers.context(), kinds.story);
  const { page } = editor;
  await typeAndGo(editor, " Left by a closed lid.", async (page) => void (await page.goto("/business")));
  expect(textOf((await mika.draft(story)).doc)).not.toContain("Left by a closed lid.");
  await page.goto(kinds.story);
  await expect(editor.mounted).toBeVisible();
  await expect(editor.body).toContainText("Left by a closed lid.");
  await editor.saved(15);
  expect(await page.evaluate(() => document.activeElement?.closest(".ProseMirror") !== null)).toBe(false);
  expect(await top(page)).toBe(0);
  expect(textOf((await mika.draft(story)).doc).split("Left by a closed lid.")).toHaveLength(2);
  // Left in order, nothing opens by itself and nothing is fetched to find out.
  await page.keyboard.press("Escape");
  await expect(editor.mounted).toHaveCount(0);
  await expect.poll(() => mark(page)).toEqual([]);
  const fetched: string[] = [];
  page.on("request", (request) => fetched.push(request.url()));
  await page.reload();
  await awake(page);
  await page.waitForTimeout(500);
  await expect(editor.editButton).toBeVisible();
  expect(fetched.filter((url) => /\/editor[^/]*\.js|\/document$/.test(url))).toEqual([]);
  expect(readers.complaints).toEqual([]);
});

change("what was wholly on its way is sent again, stands on the page, and is said to be saved", async ({ readers, kinds, desk }) => {
  const mika = await desk();
  const editor = await mika.open(await readers.context(), kinds.story);
  const { page } = editor;
  await editor.edit();
  await page.route(STEPS, (route) => (route.request().method() === "POST" ? route.abort() : route.continue()));
  await editor.caretAtEnd(0);
  const sent = page.waitForRequest((request) => request.method() === "POST" && request.url().endsWith("/steps"));
  // One step in one batch: nothing is left beside it.
  await page.keyboard.insertText(" Left on its way.");
  await sent;
  page.on("dialog", (dialog) => void dialog.accept());
  await page.goto("/business");
  await page.unroute(STEPS);
  await page.goto(kinds.story);
  await expect(editor.mounted).toBeVisible();
  await editor.saved(15);
  await expect(editor.body).toContainText("Left on its way.");
  expect(textOf((await mika.draft(idOf(kinds.story))).doc).split("Left on its way.")).toHaveLength(2);
  await page.keyboard.press("Escape");
  await expect(editor.mounted).toHaveCount(0);
  await expect.poll(() => mark(page)).toEqual([]);
  expect(readers.complaints).toEqual([]);
});

change("they are taken up where a click leads to their story", async ({ readers, kinds, desk }) => {
  const mika = await desk();
  const editor = await mika.open(await readers.context(), kinds.story);
  const { page } = editor;
  await typeAndGo(editor, " Left by a click.", async (page) => {
    await follow(page, "/business");
    await stands(page, "/business");
  });
  await expect(editor.mounted).toHaveCount(0);
  await page.goBack();
  await stands(page, kinds.story);
  await expect(editor.body).toContainText("Left by a click.");
  await expect.poll(async () => textOf((await mika.draft(idOf(kinds.story))).doc), within(15)).toContain("Left by a click.");
});

change("two windows that open at once write them once", async ({ readers, kinds, desk }) => {
  const mika = await desk();
  const story = idOf(kinds.story);
  const context = await readers.context();
  const editor = await mika.open(context, kinds.story);
  await typeAndGo(editor, " Left for two.", async (page) => void (await page.goto("/business")));
  const second = await context.newPage();
  await Promise.all([editor.page, second].map((page) => page.goto(kinds.story)));
  await expect.poll(async () => textOf((await mika.draft(story)).doc), within(15)).toContain("Left for two.");
  await second.waitForTimeout(1_000);
  for (const page of [editor.page, second]) await page.close();
  expect(textOf((await mika.draft(story)).doc).split("Left for two.")).toHaveLength(2);
});

change("Publish doesn't go without them", async ({ readers, kinds, desk, own }) => {
  const mika = await desk();
  const editor = await mika.open(await readers.context(), kinds.story);
  const { page } = editor;
  await typeAndGo(editor, " Left, then published.", async (page) => void (await page.goto("/business")));
  // The editor's module comes late: Publish is pressed before the words are back.
  await page.route(/\/editor[^/]*\.js/, async (route) => {
    await new Promise((go) => setTimeout(go, 1_500));
    await route.continue();
  });
  await page.goto(kinds.story);
  await awake(page);
  await page.keyboard.press("Control+Enter");
  await expect(editor.state).toHaveText("Published", { timeout: 15_000 });
  expect(await (await fetch(own.url + kinds.story)).text()).toContain("Left, then published.");
});

change("what a closed window left is published by the one that is open beside it", async ({ readers, kinds, desk, own }) => {
  const mika = await desk();
  const context = await readers.context();
  const [one, two] = [await mika.open(context, kinds.story), await mika.open(context, kinds.story)];
  await two.edit();
  await two.caretAtEnd(1);
  await two.page.keyboard.type(" By the other window.");
  await typeAndGo(one, " By a closed window.", async (page) => page.close());
  // The browser takes a moment to see that it is gone.
  const windows = () => two.page.evaluate(async () => (await navigator.locks.query()).held?.length);
  await expect.poll(windows).toBe(1);
  await two.page.keyboard.press("Control+Enter");
  await expect(two.state).toHaveText("Published", { timeout: 10_000 });
  const page = await (await fetch(own.url + kinds.story)).text();
  expect(page).toContain("By the other window.");
  expect(page).toContain("By a closed window.");
  expect(readers.complaints).toEqual([]);
});

change("who was signed out elsewhere isn't told that anything is being saved, and why stays in sight", async ({ readers, kinds, desk }) => {
  const mika = await desk();
  const editor = await mika.open(await readers.context(), kinds.story);
  const { page } = editor;
  await editor.edit();
  const out = { status: 401, json: { refusal: "SignedOut", sentence: "Please sign in." } };
  await page.route(STEPS, (route) => (route.request().method() === "POST" ? route.fulfill(out) : route.continue()));
  await editor.caretAtEnd(0);
  await page.keyboard.type(" Still here.");
  await expect(editor.refusal).toHaveText("Please sign in.");
  await expect(editor.state).toHaveText("Not saved");
  await page.keyboard.type(" And this.");
  await expect(editor.state).toHaveText("Not saved");
  await page.keyboard.press("Control+Enter");
  await page.waitForTimeout(500);
  await expect(editor.refusal).toHaveText("Please sign in.");
  // Signed in again in another tab: all is sent, and the sentence goes.
  await page.unroute(STEPS);
  await editor.saved(20);
  await expect(editor.refusal).toBeHidden();
  expect(textOf((await mika.draft(idOf(kinds.story))).doc)).toContain("Still here. And this.");
});
