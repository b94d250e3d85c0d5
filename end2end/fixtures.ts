/** What every test begins with: a running newsroom, readers' pages that are watched, signed-in people. */
import { type Browser, type BrowserContext, type BrowserContextOptions, type Page, test as base, expect } from "@playwright/test";
import { Desk } from "./desk.ts";
import { Newsroom, type Who } from "./newsroom.ts";
import { find } from "./pages.ts";
import type { Kind } from "./pages.ts";

export { expect } from "@playwright/test";
export { type Who } from "./newsroom.ts";
export { type Kind } from "./pages.ts";

/** One entry of a page's own record of its streams. */
export interface Heard {
  type: string;
  data: string;
}

declare global {
  interface Window {
    /** Survives as long as the document does. */
    kept?: number;
    /** Ends an imitated cut of the network. */
    reach?(): void;
    /** Addresses of the streams that are open now. */
    streams(): string[];
    /** Every event any stream of this document brought. */
    heard: Heard[];
    /** Sum of all layout shifts so far, typing or not. */
    shifts: number;
    /** How many view transitions began. */
    transitions: number;
  }
}

/** Runs in every page before its scripts: counts streams, shifts and transitions. */
function watch(): void {
  const open = new Set<EventSource>();
  const Plain = window.EventSource;
  window.heard = [];
  class Watched extends Plain {
    constructor(url: string | URL, options?: EventSourceInit) {
      super(url, options);
      open.add(this);
      for (const type of ["blocks", "gone", "card", "steps", "facts", "published", "reload", "message"]) {
        this.addEventListener(type, (event) => window.heard.push({ type, data: (event as MessageEvent<string>).data }));
      }
    }
    override close(): void {
      open.delete(this);
      super.close();
    }
  }
  window.EventSource = Watched;
  window.streams = () => [...open].filter((one) => one.readyState !== 2).map((one) => new URL(one.url).pathname);
  window.shifts = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) window.shifts += (entry as unknown as { value: number }).value;
  }).observe({ type: "layout-shift", buffered: true });
  window.transitions = 0;
  const start = document.startViewTransition?.bind(document);
  if (start) {
    document.startViewTransition = ((change) => {
      window.transitions++;
      return start(change);
    }) as typeof document.startViewTransition;
  }
}

/** A context whose pages are watched, closed with the newsroom's test. */
export class Readers {
  private readonly contexts: BrowserContext[] = [];

  constructor(
    private readonly browser: Browser,
    readonly url: string,
    /** What pages complained of: errors, violations of the CSP, foreign requests. */
    readonly complaints: string[],
  ) {}

  async context(options: BrowserContextOptions = {}): Promise<BrowserContext> {
    const context = await this.browser.newContext({
      baseURL: this.url,
      viewport: { width: 1280, height: 800 },
      locale: "en-GB",
      timezoneId: "Europe/Prague",
      ...options,
    });
    context.setDefaultTimeout(5_000);
    context.setDefaultNavigationTimeout(15_000);
    await context.addInitScript(watch);
    context.on("page", (page) => complain(page, this.url, this.complaints));
    this.contexts.push(context);
    return context;
  }

  /** A page that stands, with its script awake where there is one. */
  async open(path = "/", options: BrowserContextOptions = {}): Promise<Page> {
    const page = await (await this.context(options)).newPage();
    await page.goto(path);
    if (options.javaScriptEnabled !== false) await awake(page);
    return page;
  }

  async close(): Promise<void> {
    // A context that is closed in the middle of a page load now and then never says that it is closed. The worker ends
    // its browser in any case, so a test that has passed doesn't wait for that.
    const soon = new Promise((go) => setTimeout(go, 10_000).unref());
    await Promise.race([Promise.all(this.contexts.map((context) => context.close())), soon]);
  }
}

function complain(page: Page, url: string, complaints: string[]): void {
  page.on("pageerror", (error) => complaints.push(`error: ${error.message.slice(0, 300)}`));
  page.on("console", (message) => {
    // The browser itself writes a line for each answer of 4xx or 5xx and each cut connection.
    const own = /Failed to load resource|net::ERR/.test(message.text());
    if (message.type() === "error" && !own) complaints.push(`console: ${message.text().slice(0, 300)}`);
  });
  page.on("request", (request) => {
    const to = request.url();
    if (/^https?:/.test(to) && !to.startsWith(url)) complaints.push(`third party: ${to}`);
  });
}

/** Waits until the page's script has taken over, and marks the document. */
export async function awake(page: Page): Promise<void> {
  await page.waitForSelector("html[data-ready]", { state: "attached", timeout: 15_000 });
  await page.evaluate(() => (window.kept = 1));
}

/** Waits until the page at this path stands in the document. */
export async function stands(page: Page, path: string): Promise<void> {
  await page.waitForFunction(
    (path) => {
      const own = document.querySelector<HTMLMetaElement>('meta[property="og:url"]')?.content;
      return location.pathname + location.search === path && (!own || new URL(own).pathname === decodeURI(location.pathname) || new URL(own).pathname === location.pathname);
    },
    path,
    { timeout: 5_000 },
  );
  await settled(page);
}

/** Whether this is still the document that [`awake`] marked. */
export const kept = (page: Page) => page.evaluate(() => window.kept === 1);

/** How far it is scrolled, in whole pixels. */
export const top = (page: Page) => page.evaluate(() => Math.round(scrollY));

/** Scrolls, and stands still until the page has written the place down. */
export async function scrollTo(page: Page, y: number): Promise<void> {
  await page.evaluate((y) => window.scrollTo(0, y), y);
  await new Promise((go) => setTimeout(go, 200));
}

/** Reads on the front, follows a link, reads there, and goes back and forward: each place is found again. */
export async function thereAndBack(page: Page, path: string, stands: (path: string) => Promise<void>): Promise<void> {
  await scrollTo(page, 1500);
  await follow(page, path);
  await stands(path);
  await scrollTo(page, 700);
  await travel(page, -1);
  await stands("/");
  await expect.poll(() => top(page)).toBe(1500);
  await travel(page, 1);
  await stands(path);
  await expect.poll(() => top(page)).toBe(700);
}

/** Back or forward, as the browser's buttons do. Without a driver's waiting for a load: within the document there is none. */
async function travel(page: Page, steps: number): Promise<void> {
  await page.evaluate((steps) => history.go(steps), steps);
}

/** Two frames: transitions, focus and what islands do at once are over. */
export async function settled(page: Page): Promise<void> {
  await page.evaluate(() => new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(go, 30)))));
}

/** Follows a link that needn't be on the page, as a plain click would. */
export async function follow(page: Page, path: string): Promise<void> {
  await page.evaluate((path) => {
    const link = document.createElement("a");
    link.href = path;
    document.body.append(link);
    link.click();
    link.remove();
  }, path);
}

/** What a page says in its head, and how it stands. */
export function headOf(page: Page) {
  return page.evaluate(() => {
    const meta = (name: string) =>
      [...document.querySelectorAll<HTMLMetaElement>(`meta[name="${name}"], meta[property="${name}"]`)].map((tag) => tag.content);
    const link = (rel: string) => [...document.querySelectorAll<HTMLLinkElement>(`link[rel="${rel}"]`)].map((tag) => tag.href);
    const { lang, dir } = document.documentElement;
    const ld = [...document.querySelectorAll('script[type="application/ld+json"]')].map((tag) => tag.textContent);
    const names = ["description", "robots", "seq", "channel", "og:title", "og:url", "og:type", "og:image", "og:description"];
    return { title: document.title, lang, dir, canonical: link("canonical"), next: link("next"), ld, meta: Object.fromEntries(names.map((name) => [name, meta(name)])) };
  });
}

/** `<main>` as it stands; of times only their moments, because scripts rewrite them for the reader. */
export function mainOf(page: Page): Promise<string> {
  return page.evaluate(() => {
    const main = document.querySelector("main")!.cloneNode(true) as HTMLElement;
    for (const time of main.querySelectorAll("time")) {
      time.textContent = time.dateTime;
      time.removeAttribute("title");
    }
    for (const zone of main.querySelectorAll("[data-zone], [data-own]")) zone.textContent = "";
    return main.outerHTML;
  });
}

interface Fixtures {
  /** A newsroom of this test's own: it may change, break and kill it. */
  own: Newsroom;
  readers: Readers;
  desk: (who?: Who) => Promise<Desk>;
}

interface WorkerFixtures {
  /** A newsroom nobody changes. */
  shared: Newsroom;
  /** One address of each kind of page in it. */
  kinds: Record<Kind, string>;
}

/** For tests that only read. */
export const test = base.extend<Pick<Fixtures, "readers">, WorkerFixtures>({
  shared: [
    async ({}, use) => {
      const newsroom = await Newsroom.open();
      await use(newsroom);
      await newsroom.close();
    },
    { scope: "worker" },
  ],
  kinds: [async ({ shared }, use) => use(await find(shared.url)), { scope: "worker" }],
  readers: async ({ browser, shared }, use) => {
    const readers = new Readers(browser, shared.url, []);
    await use(readers);
    await readers.close();
  },
});

/** For tests that change things. */
export const change = base.extend<Fixtures & { kinds: Record<Kind, string> }>({
  own: async ({}, use, { status, expectedStatus }) => {
    const newsroom = await Newsroom.open();
    await use(newsroom);
    if (status !== expectedStatus) console.log(newsroom.log.slice(-3000));
    await newsroom.close();
  },
  kinds: async ({ own }, use) => use(await find(own.url)),
  readers: async ({ browser, own }, use) => {
    const readers = new Readers(browser, own.url, []);
    await use(readers);
    await readers.close();
  },
  desk: async ({ own }, use) => {
    await use((who: Who = "mika") => Desk.signIn(own.url, who));
  },
});

/** The test's own bar for "soon". */
export const within = (seconds: number) => ({ timeout: seconds * 1000, intervals: [50] });

export async function poll<T>(ask: () => Promise<T> | T, seconds = 5): Promise<T> {
  let last: T | undefined;
  await expect.poll(async () => Boolean((last = await ask())), within(seconds)).toBe(true);
  return last as T;
}
