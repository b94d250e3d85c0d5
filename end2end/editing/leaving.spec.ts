import type { Page } from "@playwright/test";
import { type EditorPage, idOf, textOf } from "../desk.ts";
import { awake, change, expect, follow, kept, stands, within } from "../fixtures.ts";

// Who leaves a story takes nothing away from it: what was just typed goes to the newsroom all the same.

const STEPS = "**/desk/story/*/steps";

const mark = (page: Page) => page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith("desk/unsaved/")));

/** Types at the end of the first paragraph, and waits for nothing. */
async function type(editor: EditorPage, words: string): Promise<void> {
  await editor.edit();
  await editor.caretAtEnd(0);
  await editor.page.keyboard.insertText(words);
}

const AWAY: Record<string, (page: Page) => Promise<unknown>> = {
  "a click": (page) => follow(page, "/business"),
  "another document": (page) => page.evaluate(() => void location.assign("/feed.xml")),
  "a reload": (page) => page.evaluate(() => void location.reload()),
};

for (const [way, go] of Object.entries(AWAY)) {
  change(`what was typed just before ${way} is in the newsroom, and a colleague publishes it`, async ({ readers, kinds, desk, own }) => {
    const [mika, daniel] = [await desk("mika"), await desk("daniel")];
    const story = idOf(kinds.story);
    const editor = await daniel.open(await readers.context(), kinds.story);
    await type(editor, " Typed last.");
    await go(editor.page);
    await expect.poll(async () => textOf((await mika.draft(story)).doc), within(2)).toContain("Typed last.");
    await mika.publish(story);
    const page = await (await fetch(own.url + kinds.story)).text();
    expect(page.split("Typed last.").length).toBeGreaterThan(1);
    expect(textOf((await mika.draft(story)).doc).split("Typed last.")).toHaveLength(2);
  });
}

change("who leaves without a network is told how the words stand, and they are sent once it is back", async ({ readers, kinds, desk }) => {
  const mika = await desk();
  const context = await readers.context();
  const editor = await mika.open(context, kinds.story);
  const { page } = editor;
  await editor.edit();
  await editor.caretAtEnd(0);
  await context.setOffline(true);
  await page.keyboard.insertText(" Out at sea.");
  await expect(editor.state).toHaveText("Not connected; kept in this browser");
  await page.keyboard.press("Escape");
  await expect(editor.mounted).toHaveCount(0);
  await expect(editor.body).toContainText("Out at sea.");
  await expect(editor.state).toHaveText("Not connected; kept in this browser");
  await context.setOffline(false);
  await editor.saved(20);
  await expect(page.locator(".desk__what")).toHaveText(/^Not yet public · v\d+$/);
  await expect(page.getByRole("button", { name: "Newer words" })).toBeHidden();
  const { version, doc } = await mika.draft(idOf(kinds.story));
  expect(textOf(doc).split("Out at sea.")).toHaveLength(2);
  await expect.poll(() => mark(page)).toEqual([]);
  await page.keyboard.press("Control+Enter");
  await expect(page.locator(".desk__what")).toHaveText(`Published · v${version}`);
  expect(readers.complaints).toEqual([]);
});

change("who opens the story again meanwhile has the words in the editor, once", async ({ readers, kinds, desk }) => {
  const mika = await desk();
  const editor = await mika.open(await readers.context(), kinds.story);
  const { page } = editor;
  await awake(page);
  await editor.edit();
  await page.route(STEPS, (route) => (route.request().method() === "POST" ? route.abort() : route.continue()));
  await editor.caretAtEnd(0);
  await page.keyboard.insertText(" Once more.");
  await expect(editor.state).toHaveText("Not connected; kept in this browser");
  await page.keyboard.press("Escape");
  await expect(editor.mounted).toHaveCount(0);
  await editor.edit();
  await page.unroute(STEPS);
  await expect(editor.body).toContainText("Once more.");
  await editor.saved(20);
  expect(textOf((await mika.draft(idOf(kinds.story))).doc).split("Once more.")).toHaveLength(2);
  expect(await kept(page)).toBe(true);
});

change("what was left of a story that was withdrawn meanwhile is shown until it is taken", async ({ readers, kinds, desk }) => {
  const [mika, daniel] = [await desk("mika"), await desk("daniel")];
  const context = await readers.context();
  const editor = await daniel.open(context, kinds.story);
  const { page } = editor;
  await editor.edit();
  await page.route(STEPS, (route) => (route.request().method() === "POST" ? route.abort() : route.continue()));
  await editor.caretAtEnd(0);
  await page.keyboard.insertText(" Too good to lose.");
  await expect(editor.state).toHaveText("Not connected; kept in this browser");
  await page.close();
  await mika.withdraw(idOf(kinds.story), "It was a hoax.");
  for (const open of [(page: Page) => page.goto(kinds.story), async (page: Page) => (await page.goto("/"), await awake(page), await follow(page, kinds.story))]) {
    const again = await context.newPage();
    await open(again);
    await expect(again.locator("h1")).toHaveText("This story was withdrawn");
    await expect(again.locator(".desk__tray textarea")).toHaveValue(/Too good to lose\./);
    await again.close();
  }
  const last = await context.newPage();
  await last.goto(kinds.story);
  await last.getByRole("button", { name: "I have them" }).click();
  await last.reload();
  await awake(last);
  await expect.poll(() => mark(last)).toEqual([]);
  await expect(last.locator(".desk__tray")).toHaveCount(0);
  expect(readers.complaints).toEqual([]);
});

change("words on their way to a story that is withdrawn are shown on the page one has gone to", async ({ readers, kinds, desk }) => {
  const [mika, daniel] = [await desk("mika"), await desk("daniel")];
  const editor = await daniel.open(await readers.context(), kinds.story);
  const { page } = editor;
  await editor.edit();
  await page.route(STEPS, (route) => (route.request().method() === "POST" ? route.abort() : route.continue()));
  await editor.caretAtEnd(0);
  await page.keyboard.insertText(" Where to?");
  await follow(page, "/business");
  await stands(page, "/business");
  await mika.withdraw(idOf(kinds.story), "It was a hoax.");
  await page.unroute(STEPS);
  await expect(editor.tray).toHaveValue(/Where to\?/, { timeout: 15_000 });
});

change("a refusal goes with its reason, and facts that were chosen are published with the words", async ({ readers, desk, own }) => {
  const mika = await desk();
  const path = await mika.call<string>("begin-story", { lang: "en", section: "business" });
  const editor = await mika.open(await readers.context(), path);
  const { page } = editor;
  await editor.edit();
  await page.keyboard.press("Control+Enter");
  await expect(editor.refusal).toContainText(/headline/i);
  await page.locator("h1.story__headline").click();
  await page.keyboard.type("Thimphu opens a second airport");
  await editor.saved();
  await expect(editor.refusal).toBeHidden();
  const facts = await editor.openFacts();
  await facts.getByRole("checkbox", { name: "Bhutan" }).check();
  await facts.getByLabel("Section").selectOption("technology");
  await facts.getByLabel("Find a place").focus();
  await page.keyboard.press("Control+Enter");
  await expect(page).toHaveURL(/\/story\/thimphu-opens-a-second-airport-/);
  await expect(page.locator(".story__kicker")).toHaveText(/Technology.*Bhutan/);
  await expect.poll(async () => (await fetch(`${own.url}/technology/bhutan`)).text(), within(3)).toContain("Thimphu opens a second airport");
  expect(readers.complaints).toEqual([]);
});

change("who was signed out at a draft is shown the way in, and finds draft and words there", async ({ readers, desk }) => {
  const mika = await desk();
  const story = await mika.begin("A draft behind the door");
  const context = await readers.context();
  const editor = await mika.open(context, `/story/-${story}`);
  const { page } = editor;
  await context.clearCookies();
  await page.reload();
  await expect(page.locator("h1")).toHaveText("Nothing stands at this address");
  await expect(page.locator("main")).not.toContainText("A draft behind the door");
  await page.locator("main").getByRole("link", { name: "Sign in" }).click();
  await expect(page.locator("input[name=next]")).toHaveValue(`/story/${story}`);
  expect(readers.complaints).toEqual([]);
});
