/** A story of a test's own, opened in its editing mode. */
import type { BrowserContextOptions, Page } from "@playwright/test";
import { type EditorPage, type Desk, textOf } from "../desk.ts";
import { type Readers, expect } from "../fixtures.ts";

/** A new story with nothing in it, being edited. */
export async function blank(readers: Readers, mika: Desk, options: BrowserContextOptions = {}, lang = "en"): Promise<EditorPage & { path: string }> {
  const path = await mika.call<string>("begin-story", { lang, section: "business" });
  const editor = await mika.open(await readers.context(options), path);
  await editor.edit();
  return Object.assign(editor, { path });
}

/** Types a headline, a standfirst and one paragraph a line. */
export async function write(editor: EditorPage, headline: string, lines: string[]): Promise<void> {
  const { page } = editor;
  await page.locator("h1.story__headline").click();
  for (const line of [headline, "A standfirst.", ...lines]) {
    await page.keyboard.type(line);
    if (line !== lines.at(-1)) await page.keyboard.press("Enter");
  }
}

/** Pastes this markup where the caret stands. */
export async function paste(page: Page, html: string, text = ""): Promise<void> {
  await page.evaluate(
    ([html, text]) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData("text/html", html!);
      clipboardData.setData("text/plain", text!);
      document.querySelector(".ProseMirror")!.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
    },
    [html, text],
  );
}

/** Publishes by the keys; gives the id-less markup of the body as a reader gets it. */
export async function published(editor: EditorPage, readers: Readers, mika: Desk, path: string): Promise<string> {
  await editor.saved();
  await editor.page.keyboard.press("Control+Enter");
  const id = path.split("/").at(-1)!.split("-").at(-1)!;
  const reads = async (): Promise<string> => {
    const html = await (await fetch(`${readers.url}/story/${id}`)).text();
    return /<div class="story__body">([\s\S]*?)<\/div>/.exec(html)?.[1]?.replace(/ data-block="[^"]*"/g, "") ?? "";
  };
  await expect.poll(reads, { timeout: 5_000 }).not.toBe("");
  expect(textOf((await mika.draft(id)).doc)).not.toBe("");
  return reads();
}
