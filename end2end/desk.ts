/** A member of the newsroom: by plain requests where a test only needs something changed, by the page where it tests the desk. */
import { type BrowserContext, type Locator, type Page, expect } from "@playwright/test";
import { type Who, links } from "./newsroom.ts";

/** A node of a document as ProseMirror writes it. */
export interface Node {
  type: string;
  text?: string;
  attrs?: Record<string, unknown>;
  content?: Node[];
}

export interface Draft {
  version: number;
  doc: Node;
}

/** The room a node takes in ProseMirror's positions. */
const size = (node: Node): number =>
  node.text !== undefined ? node.text.length : 2 + (node.content ?? []).reduce((sum, child) => sum + size(child), 0);

/** All the words of a document. */
export const textOf = (node: Node): string => node.text ?? (node.content ?? []).map(textOf).join(node.type === "body" ? "\n" : "");

/** The id of who is signed in on a page. */
export const staffOf = (page: Page): Promise<string> =>
  page.evaluate(() => JSON.parse(document.querySelector<HTMLElement>("leptos-island:has(.desk__bar)")!.dataset["props"]!).staff as string);

/** The id in a story's address. */
export const idOf = (path: string): string => /([0-9b-df-hj-np-tv-z]+)$/.exec(path)![1]!;

export class Desk {
  private batches = 0;

  private constructor(
    readonly url: string,
    readonly who: Who,
    readonly cookie: { name: string; value: string },
  ) {}

  /** Uses the one-time link of the sample newsroom. */
  static async signIn(url: string, who: Who): Promise<Desk> {
    const answer = await fetch(url + links()[who], { method: "POST", redirect: "manual", headers: { origin: url }, body: new URLSearchParams() });
    const [, name, value] = /^([^=]+)=([^;]+)/.exec(answer.headers.get("set-cookie") ?? "") ?? [];
    if (!name || !value) throw new Error(`the link of ${who} doesn't sign in: ${answer.status} ${(/role="alert"[^>]*>([^<]*)/.exec(await answer.text()) ?? [])[1]}`);
    return new Desk(url, who, { name, value });
  }

  /** Gives the session to a browser. */
  async enter(context: BrowserContext): Promise<void> {
    await context.addCookies([{ ...this.cookie, url: this.url, httpOnly: true, sameSite: "Lax" }]);
  }

  request(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = { origin: this.url, cookie: `${this.cookie.name}=${this.cookie.value}`, ...init.headers };
    return fetch(this.url + path, { redirect: "manual", ...init, headers });
  }

  /** A server function of the desk; its answer. */
  async call<T>(name: string, fields: object): Promise<T> {
    const answer = await this.request(`/api/${name}`, {
      method: "POST",
      headers: { accept: "application/json", "content-type": "application/json" },
      body: JSON.stringify(fields),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${name}: ${answer.status} ${text.slice(0, 300)}`);
    return JSON.parse(text || "null") as T;
  }

  async draft(story: string): Promise<Draft> {
    return (await this.request(`/desk/story/${story}/document`)).json() as Promise<Draft>;
  }

  /** Sends steps made against the newest version; gives the version that has them. */
  async steps(story: string, steps: unknown[], version?: number): Promise<number> {
    version ??= (await this.draft(story)).version;
    const body = JSON.stringify({ version, batch: `test-${this.who}-${process.pid}-${Date.now()}-${++this.batches}`, client: `test-${this.who}`, steps });
    const answer = await this.request(`/desk/story/${story}/steps`, { method: "POST", headers: { "content-type": "application/json" }, body });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`steps: ${answer.status} ${text.slice(0, 300)}`);
    return (JSON.parse(text) as { version: number }).version;
  }

  /** Adds words to the end of the n-th paragraph of the body. */
  async append(story: string, words: string, paragraph = 0): Promise<number> {
    const { version, doc } = await this.draft(story);
    const at = endOfParagraph(doc, paragraph);
    return this.steps(story, [{ stepType: "replace", from: at, to: at, slice: { content: [{ type: "text", text: words }] } }], version);
  }

  /** Deletes the n-th paragraph of the body. */
  async cut(story: string, paragraph: number): Promise<number> {
    const { version, doc } = await this.draft(story);
    const to = endOfParagraph(doc, paragraph) + 1;
    const body = doc.content!.find((part) => part.type === "body")!;
    const from = to - size(body.content!.filter((block) => block.type === "paragraph")[paragraph]!);
    return this.steps(story, [{ stepType: "replace", from, to }], version);
  }

  async publish(story: string, version?: number): Promise<void> {
    version ??= (await this.draft(story)).version;
    await this.call("publish", { story, version });
  }

  /** Adds words and publishes them: a correction as readers get it. */
  async correct(story: string, words: string, paragraph = 0): Promise<void> {
    await this.publish(story, await this.append(story, words, paragraph));
  }

  /** Begins a story with a headline; gives its id. Nobody but the desk sees it. */
  async begin(headline: string, section = "business"): Promise<string> {
    const story = idOf(await this.call<string>("begin-story", { lang: "en", section }));
    await this.steps(story, [{ stepType: "replace", from: 1, to: 1, slice: { content: [{ type: "text", text: headline }] } }]);
    return story;
  }

  async withdraw(story: string, why: string): Promise<void> {
    await this.call("withdraw", { story, why });
  }

  /** A page of this person's, with the desk awake. */
  async open(context: BrowserContext, path: string): Promise<EditorPage> {
    await this.enter(context);
    const page = await context.newPage();
    await page.goto(path);
    await page.waitForSelector("html[data-ready]", { state: "attached", timeout: 15_000 });
    return new EditorPage(page);
  }
}

function endOfParagraph(doc: Node, nth: number): number {
  let at = 0;
  for (const part of doc.content ?? []) {
    if (part.type !== "body") {
      at += size(part);
      continue;
    }
    at += 1;
    let seen = 0;
    for (const block of part.content ?? []) {
      if (block.type === "paragraph" && seen++ === nth) return at + size(block) - 1;
      at += size(block);
    }
  }
  throw new Error(`no paragraph ${nth}`);
}

/** The desk as a person sees it on a page. All names of the desk's markup that tests know stand here. */
export class EditorPage {
  readonly state: Locator;
  readonly refusal: Locator;
  readonly editButton: Locator;
  readonly newStory: Locator;
  readonly facts: Locator;
  readonly words: Locator;
  readonly body: Locator;
  /** The words while they take typing. */
  readonly mounted: Locator;
  /** Words that have no place in the story. */
  readonly tray: Locator;

  constructor(readonly page: Page) {
    this.state = page.locator(".desk__state");
    this.refusal = page.locator(".desk__refusal[role=alert]");
    this.editButton = page.locator(".desk__edit");
    this.newStory = page.getByRole("button", { name: "New story" });
    this.facts = page.locator(".desk__drawer");
    this.words = page.locator(".story__words");
    this.body = page.locator(".story__body");
    this.mounted = page.locator(".ProseMirror[contenteditable=true]");
    this.tray = page.locator(".desk__tray textarea");
  }

  /** Presses Edit and waits until the words take typing. */
  async edit(): Promise<void> {
    await this.editButton.click();
    await expect(this.mounted).toBeVisible({ timeout: 10_000 });
  }

  async openFacts(): Promise<Locator> {
    await this.page.locator(".desk__facts").click();
    await expect(this.facts).toBeVisible();
    return this.facts;
  }

  /** Keeps the facts of the drawer and waits for the page that shows them; while words are written, for the word that they are kept. */
  async keepFacts(): Promise<void> {
    if ((await this.mounted.count()) > 0) {
      await this.facts.getByRole("button", { name: "Keep the facts" }).click();
      await expect(this.state).toHaveText("Facts kept");
      return;
    }
    await this.page.evaluate(() => (window.kept = 1));
    await this.facts.getByRole("button", { name: "Keep the facts" }).click();
    await this.page.waitForFunction(() => window.kept === undefined && document.documentElement.dataset["ready"] !== undefined);
  }

  /** Puts the caret at the end of the n-th paragraph of the body. */
  async caretAtEnd(paragraph = 0): Promise<void> {
    const line = this.body.locator(":scope > p").nth(paragraph);
    await line.scrollIntoViewIfNeeded();
    const place = await line.evaluate((p) => {
      const range = document.createRange();
      range.selectNodeContents(p);
      const last = [...range.getClientRects()].at(-1)!;
      return { x: last.right - 1, y: (last.top + last.bottom) / 2 };
    });
    await this.page.mouse.click(place.x, place.y);
    await this.page.keyboard.press("End");
  }

  /** Waits for the sentence that the server has everything; gives it. */
  async saved(seconds = 5): Promise<string> {
    await expect(this.state).toHaveText(/^Saved \d\d:\d\d:\d\d/, { timeout: seconds * 1000 });
    return (await this.state.textContent()) ?? "";
  }

  /** The blocks of the body as text, without the marks of other people's carets. */
  blocks(): Promise<string[]> {
    return this.body.evaluate((body) =>
      [...body.children].map((block) => {
        const copy = block.cloneNode(true) as HTMLElement;
        for (const widget of copy.querySelectorAll(".ProseMirror-widget, .desk__caret")) widget.remove();
        return copy.textContent ?? "";
      }),
    );
  }
}
