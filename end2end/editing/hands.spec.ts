import { change, expect, within } from "../fixtures.ts";
import { idOf, textOf } from "../desk.ts";
import { blank, choose, paste, published, write } from "./writing.ts";

// Whose words are whose, and what a key means: nobody's words go out under another name, or without being meant to.

const AT_WORK = { delay: 60 };

change("who goes on typing after the first publication writes where the caret stands", async ({ readers, desk }) => {
  const mika = await desk();
  const editor = await blank(readers, mika);
  const { page } = editor;
  await write(editor, "Kiln museum reopens", ["Body."]);
  await editor.saved();
  await page.keyboard.press("Control+Enter");
  await page.keyboard.type(" More sentences were then written here.", AT_WORK);
  await expect(page).toHaveURL(/\/story\/kiln-museum-reopens-/);
  const { doc } = await mika.draft(idOf(editor.path));
  await expect.poll(async () => textOf((await mika.draft(idOf(editor.path))).doc)).toContain("Body. More sentences were then written here.");
  expect(doc.content![0]!.content![0]!.text).toBe("Kiln museum reopens");
  await page.keyboard.press("Control+Enter");
  const reads = async () => (await fetch(`${readers.url}/story/${idOf(editor.path)}`)).text();
  await expect.poll(reads).toContain("written here.");
  // Once editing ends, the page is the one that readers have.
  await page.keyboard.press("Escape");
  await expect(editor.mounted).toHaveCount(0);
  await expect(page).toHaveTitle(/Kiln museum reopens/);
  expect(readers.complaints).toEqual([]);
});

change("facts are kept, and chosen facts go with Publish, while words are written", async ({ readers, kinds, desk }) => {
  const mika = await desk();
  const editor = await mika.open(await readers.context(), kinds.story);
  const { page } = editor;
  await editor.edit();
  const facts = await editor.openFacts();
  await facts.getByLabel("Language").selectOption("ar");
  await facts.getByRole("button", { name: "Keep the facts" }).click();
  await expect(page.locator("main .story")).toHaveAttribute("dir", "rtl");
  await expect(page.locator("main .story")).toHaveAttribute("lang", "ar");
  await expect(editor.mounted).toBeVisible();
  await editor.openFacts();
  await facts.getByLabel("Section").selectOption("culture");
  await editor.mounted.focus();
  await choose(page, [".story__standfirst", -1]);
  await page.keyboard.press("Control+Enter");
  await page.keyboard.type(" And a sentence more.", AT_WORK);
  await expect.poll(async () => textOf((await mika.draft(idOf(kinds.story))).doc)).toContain(" And a sentence more.");
  await expect(page.locator("main .story__section")).toHaveText("Culture");
  await page.keyboard.press("Escape");
  await expect(editor.mounted).toHaveCount(0);
  await expect(page.locator("main .story__section")).toHaveText("Culture");
  await expect(page.locator("main .story")).toHaveAttribute("dir", "rtl");
});

change("one person's unsent words are neither shown to another, nor sent under another's name", async ({ readers, kinds, desk }) => {
  const [daniel, mika] = [await desk("daniel"), await desk("mika")];
  const story = idOf(kinds.story);
  const context = await readers.context();
  const editor = await daniel.open(context, kinds.story);
  await editor.edit();
  await editor.caretAtEnd(0);
  await context.setOffline(true);
  await editor.page.keyboard.insertText(" Words of Daniel's.");
  await expect(editor.state).toHaveText("Not connected; kept in this browser");
  // In the same browser somebody else signs in. The window that is still open sends nothing under her name.
  await mika.enter(context);
  await context.setOffline(false);
  await expect(editor.refusal).toContainText("Somebody else is signed in", { timeout: 20_000 });
  await editor.page.close();
  const hers = await mika.open(context, kinds.story);
  await hers.page.waitForTimeout(1_000);
  await expect(hers.tray).toHaveCount(0);
  await expect(hers.mounted).toHaveCount(0);
  await hers.edit();
  await hers.page.keyboard.press("Escape");
  await expect(hers.mounted).toHaveCount(0);
  expect(textOf((await mika.draft(story)).doc)).not.toContain("Words of Daniel's.");
  await hers.page.close();
  // They wait for him.
  await daniel.open(context, kinds.story);
  await expect.poll(async () => textOf((await mika.draft(story)).doc), within(5)).toContain("Words of Daniel's.");
});

change("the keys for publishing mean nothing where a reason or an address is written", async ({ readers, kinds, desk }) => {
  const mika = await desk();
  const story = idOf(kinds.story);
  const editor = await mika.open(await readers.context(), kinds.story);
  const { page } = editor;
  await editor.edit();
  await editor.caretAtEnd(0);
  await page.keyboard.insertText(" Not for readers yet.");
  await editor.saved();
  await choose(page, [".story__body > p", 0], [".story__body > p", 4]);
  await page.keyboard.press("Control+k");
  await page.keyboard.type("https://example.com/");
  await page.keyboard.press("Control+Enter");
  await expect(page.locator(".desk__link")).toHaveCount(0);
  await expect(editor.body.locator("a").first()).toHaveAttribute("href", "https://example.com/");
  await editor.saved();
  await page.keyboard.press("Escape");
  await expect(editor.mounted).toHaveCount(0);
  const facts = await editor.openFacts();
  await facts.locator("[name=why]").fill("Its numbers were wrong.");
  await page.keyboard.press("Control+Enter");
  await page.waitForTimeout(500);
  await expect(page.locator(".desk__what")).toHaveText(/^Not yet public/);
  expect(await (await fetch(readers.url + kinds.story)).text()).not.toContain("Not for readers yet.");
  expect((await mika.draft(story)).version).toBeGreaterThan(0);
});

change("a very large paste is saved; a larger one is declined with a sentence, and writing goes on", async ({ readers, desk }) => {
  const mika = await desk();
  const editor = await blank(readers, mika);
  const { page } = editor;
  await write(editor, "A long document", ["First."]);
  const line = "<p>A sentence of the long document, again.</p>";
  await paste(page, line.repeat(7_000));
  await editor.saved(30);
  const words = async () => textOf((await mika.draft(idOf(editor.path))).doc);
  expect((await words()).split("again.").length).toBe(7_001);
  await page.keyboard.press("Control+z");
  await editor.saved(30);
  await paste(page, line.repeat(25_000));
  await expect(editor.refusal).toContainText("paste it in parts");
  await page.keyboard.insertText(" And on.");
  await editor.saved();
  await expect(editor.refusal).toBeHidden();
  expect(await words()).toContain("And on.");
  expect(await words()).not.toContain("again.");
});

change("the cells of a pasted table stay apart, a row a paragraph", async ({ readers, desk }) => {
  const mika = await desk();
  const editor = await blank(readers, mika);
  await write(editor, "Port figures", ["Before."]);
  await editor.page.keyboard.press("Enter");
  const row = (...cells: string[]) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join("")}</tr>`;
  await paste(editor.page, `<table><tbody>${row("Port", "<b>Boxes</b>")}${row("<p>Colombo</p>", "1,200")}</tbody></table>`);
  const html = await published(editor, readers, mika, editor.path);
  expect(html).toContain("<p>Port · <strong>Boxes</strong></p><p>Colombo · 1,200</p>");
});
