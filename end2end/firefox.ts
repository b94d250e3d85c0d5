/** Readers and editors in a real Firefox. Playwright drives only a Firefox of its own build; Debian's speaks WebDriver BiDi. */
import { existsSync } from "node:fs";
import type { Page as PlaywrightPage } from "@playwright/test";
import { type Browser, type BrowserContext, type KeyInput, type Page, type Viewport, launch } from "puppeteer-core";
import { awake, change, expect, within } from "./fixtures.ts";

export type { Page } from "puppeteer-core";

/** The program; `undefined` where there is none. */
export const FIREFOX = process.env.FIREFOX || ["/usr/bin/firefox-esr", "/usr/bin/firefox"].find((path) => existsSync(path));

/** For what the other tests ask of a page by nothing but what both drivers have: `evaluate`, `waitForSelector`. */
export const asPlaywright = (page: Page): PlaywrightPage => page as unknown as PlaywrightPage;

/** People with a Firefox, each in a window that shares no cookie and no cache with the others. */
export class People {
  private readonly contexts: BrowserContext[] = [];
  /** What pages complained of: errors and violations of the CSP. */
  readonly complaints: string[] = [];

  constructor(
    private readonly browser: Browser,
    readonly url: string,
  ) {}

  /** A page that stands, with its script awake. */
  async open(path: string, viewport: Viewport = { width: 1280, height: 800 }): Promise<Page> {
    const context = await this.browser.createBrowserContext();
    this.contexts.push(context);
    // A window of its own: a tab behind another one draws no frames, and half of what a reader sees waits for one.
    const page = await context.newPage({ type: "window" });
    page.setDefaultTimeout(10_000);
    page.setDefaultNavigationTimeout(15_000);
    // A stream that is open when its page goes is no error, but Firefox says it like one.
    page.on("pageerror", (error) => /\/live\/\S+ was interrupted while/.test(String(error)) || this.complaints.push(`error: ${String(error)}`));
    page.on("console", (message) => message.type() === "error" && this.complaints.push(`console: ${message.text()}`));
    await page.evaluateOnNewDocument(() => {
      addEventListener("securitypolicyviolation", (event) => console.error(`violation: ${event.violatedDirective} ${event.blockedURI}`));
    });
    await resize(page, viewport);
    await this.go(page, path);
    return page;
  }

  /** Loads a page in full, as the address bar does. */
  async go(page: Page, path: string): Promise<void> {
    await page.goto(this.url + path);
    await awake(asPlaywright(page));
  }

  async close(): Promise<void> {
    await Promise.all(this.contexts.map((context) => context.close()));
  }
}

/** Gives the window this size. The driver also sets an orientation, which Firefox knows since 144: an older one refuses that alone. */
async function resize(page: Page, viewport: Viewport): Promise<void> {
  await page.setViewport(viewport).catch((error: unknown) => {
    if (!String(error).includes("setScreenOrientationOverride")) throw error;
  });
  await holds(page, ({ width, height }) => innerWidth === width && innerHeight === height, viewport);
}

/** Waits until this is true on the page. Asked from here: an older Firefox doesn't let the driver's own asking past the page's CSP. */
async function holds<T>(page: Page, what: (argument: T) => boolean, argument: T): Promise<void> {
  await expect.poll(() => page.evaluate(what as (argument: unknown) => boolean, argument), within(10)).toBe(true);
}

/** Waits until the page at this path stands in the document and takes clicks again. */
export async function stands(page: Page, path: string): Promise<void> {
  const stood = (path: string) => {
    const own = document.querySelector<HTMLMetaElement>('meta[property="og:url"]')!.content;
    // While one page turns into the other, a picture of the old one lies over both.
    const turning = document.getAnimations().some(({ effect }) => (effect as KeyframeEffect).pseudoElement?.startsWith("::view-transition"));
    return !turning && location.pathname === path && new URL(own).pathname === path;
  };
  await holds(page, stood, path);
}

/** Waits until the first element of this kind has these words. */
export async function says(page: Page, selector: string, words: string | RegExp, seconds = 5): Promise<void> {
  const text = () => page.evaluate((selector) => document.querySelector(selector)?.textContent ?? "", selector);
  const wanted = typeof words === "string" ? expect.stringContaining(words) : expect.stringMatching(words);
  await expect.poll(text, within(seconds)).toEqual(wanted);
}

/** Presses a key while Control is held. */
export async function control(page: Page, key: KeyInput): Promise<void> {
  await page.keyboard.down("Control");
  await page.keyboard.press(key);
  await page.keyboard.up("Control");
}

/** A test with a newsroom of its own, read and edited in Firefox. */
export const inFirefox = change.extend<{ people: People }, { firefox: Browser }>({
  firefox: [
    async ({}, use) => {
      const browser = await launch({ browser: "firefox", executablePath: FIREFOX!, headless: true });
      await use(browser);
      await browser.close();
    },
    { scope: "worker" },
  ],
  people: async ({ firefox, own }, use) => {
    const people = new People(firefox, own.url);
    await use(people);
    await people.close();
  },
});
