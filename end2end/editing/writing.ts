/** A story of a test's own, opened in its editing mode. */
import type { BrowserContextOptions, Page } from "@playwright/test";
import { type EditorPage, type Desk, textOf } from "../desk.ts";
import { type Readers, expect, settled } from "../fixtures.ts";

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

/** A part or block, and a place in it; below zero it is counted from the end. */
export type Place = [where: string, at: number];
export type Own = EditorPage & { path: string };

export const HEADLINE = "h1.story__headline";
export const STANDFIRST = ".story__standfirst";
export const BODY = ".story__body > *";

/** Puts the caret at a place, or chooses what lies between two, and waits until the editor knows. */
export async function choose(page: Page, from: Place, to = from): Promise<void> {
  await page.evaluate(
    (places) => {
      const [anchor, focus] = places.map(([where, at]) => {
        const block = (at < 0 ? [...document.querySelectorAll(where)].at(-1) : document.querySelector(where))!;
        const text = document.createTreeWalker(block, NodeFilter.SHOW_TEXT).nextNode();
        const end = text?.textContent?.length ?? 0;
        return { node: text ?? block, at: at < 0 ? end + 1 + at : Math.min(at, end) };
      });
      getSelection()!.setBaseAndExtent(anchor!.node, anchor!.at, focus!.node, focus!.at);
    },
    [from, to] as const,
  );
  await settled(page);
}

/** Headline, standfirst and each block, as they stand on the page. */
export const shown = async (editor: EditorPage): Promise<string[]> => [
  (await editor.page.locator(HEADLINE).textContent()) ?? "",
  (await editor.page.locator(STANDFIRST).textContent()) ?? "",
  ...(await editor.blocks()),
];

export type Press = (page: Page) => Promise<void>;
/** A deletion of the browser's own, that no key tells the editor of. */
export const native = (command: string): Press => (page) => page.evaluate((command) => void document.execCommand(command), command);
export const key = (name: string): Press => (page) => page.keyboard.press(name);

/** An input method's first letters replace what is selected. */
export async function compose(page: Page): Promise<void> {
  const keyboard = await page.context().newCDPSession(page);
  for (const text of ["に", "にほ", "にほん"]) {
    await keyboard.send("Input.imeSetComposition", { text, selectionStart: text.length, selectionEnd: text.length });
    await page.waitForTimeout(30);
  }
  await keyboard.send("Input.insertText", { text: "日本" });
  await keyboard.detach();
}
