import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { awake, change as test, expect, follow, mainOf, stands, within } from "./fixtures.ts";
import { command, type Newsroom } from "./newsroom.ts";

// "Earlier stories" lets a list grow where it stands, and its address says how far it has grown.

const ITEMS = 75;
const LIST = "/asia/japan";

/** An agency's feed of many items about Japan, filed while the server is away. */
async function file(own: Newsroom): Promise<void> {
  const at = (n: number) => new Date(Date.now() - (n + 1) * 20 * 60_000).toUTCString();
  const items = Array.from({ length: ITEMS }, (_, n) => `<item><title>Harbour report ${n} from Tokyo, Japan</title>
    <link>https://apnews.com/article/harbour-${n}</link><guid>harbour-${n}</guid><category>Business</category><pubDate>${at(n)}</pubDate>
    <description>The port of Yokohama counted ${n + 200} ships on the day, its harbour master said.</description></item>`);
  const feed = join(own.folder, "harbour.xml");
  writeFileSync(feed, `<?xml version="1.0"?><rss version="2.0"><channel><title>Harbours</title>${items.join("")}</channel></rss>`);
  await own.end("SIGTERM");
  expect(command("ingest", feed, "--source", "AP", "--data", own.folder)).toContain(`${ITEMS} new`);
  await own.start();
}

const cards = (of: string) => `${of} [data-card]`;
const ids = (cards: Element[]) => cards.map((card) => (card as HTMLElement).dataset.card);

test("grows in place, keeps what is read, and comes back as long as it was", async ({ own, readers }) => {
  await file(own);
  const page = await readers.open(LIST);
  const more = page.getByRole("link", { name: "Earlier stories" });
  // What stands above the list and beside it belongs to it, too.
  await expect(page.locator(cards("main"))).toHaveCount(30);
  const before = await page.locator(cards(".section__river")).evaluateAll(ids);
  await more.scrollIntoViewIfNeeded();
  const y = await page.evaluate(() => scrollY);
  await more.click();
  await expect(page.locator(cards("main"))).toHaveCount(60);
  const after = await page.locator(cards(".section__river")).evaluateAll(ids);
  expect(after.slice(0, before.length)).toEqual(before);
  expect(new Set(await page.locator(cards("main")).evaluateAll(ids)).size).toBe(60);
  expect(await page.evaluate(() => window.kept)).toBe(1);
  expect(await page.evaluate(() => scrollY)).toBe(y);
  // A keyboard goes on at the first new story.
  const focus = await page.evaluate(() => document.activeElement?.closest<HTMLElement>("[data-card]")?.dataset.card);
  expect(focus).toBe(after[before.length]);
  // No day is told twice.
  const days = await page.locator("main .section__day").allTextContents();
  expect(new Set(days).size).toBe(days.length);

  // The address is that of all that stands here: a fresh load of it is the same page.
  const address = await page.evaluate(() => location.pathname + location.search);
  expect(address).toMatch(/^\/asia\/japan\?until=\d+-/);
  const fresh = await readers.open(address);
  const rows = (html: string) => html.split("<article").map((row) => row.split("</article>")[0]).slice(1);
  expect(rows(await mainOf(page))).toEqual(rows(await mainOf(fresh)));

  // A story and back: as long as before, at the same place.
  await page.locator(cards("main")).nth(50).scrollIntoViewIfNeeded();
  await page.waitForTimeout(200);
  const read = await page.evaluate(() => scrollY);
  const href = (await page.locator(cards("main")).nth(50).locator("h3 a").getAttribute("href"))!;
  await follow(page, href);
  await stands(page, href);
  await page.goBack();
  await stands(page, address);
  await expect(page.locator(cards("main"))).toHaveCount(60);
  await expect.poll(() => page.evaluate(() => scrollY), within(2)).toBe(read);

  // To the end, then it says so.
  await more.click();
  await expect(page.getByText("There are no earlier stories.")).toBeVisible();
  await expect(more).toBeHidden();
  const all = await page.locator(cards("main")).evaluateAll(ids);
  expect(new Set(all).size).toBe(all.length);
  expect(all.length).toBeGreaterThanOrEqual(ITEMS);
  expect(readers.complaints).toEqual([]);
});

test("says when they don't come, and tries again", async ({ own, readers }) => {
  await file(own);
  const page = await readers.open(LIST);
  const more = page.getByRole("link", { name: "Earlier stories" });
  await page.context().setOffline(true);
  await more.click();
  await expect(page.getByText("They didn't come. Please try again.")).toBeVisible();
  await page.context().setOffline(false);
  await more.click();
  await expect(page.locator(cards("main"))).toHaveCount(60);
  await expect(page.getByText("They didn't come.")).toBeHidden();
});

test("is a link to the next page without a script, and for a modified click", async ({ own, readers }) => {
  await file(own);
  const plain = await readers.open(LIST, { javaScriptEnabled: false });
  await plain.getByRole("link", { name: "Earlier stories" }).click();
  await plain.waitForURL(/\?before=/);
  await expect(plain.locator(cards("main"))).toHaveCount(30);
  const page = await readers.open(LIST);
  const [tab] = await Promise.all([
    page.context().waitForEvent("page"),
    page.getByRole("link", { name: "Earlier stories" }).click({ modifiers: ["ControlOrMeta"] }),
  ]);
  await tab.waitForURL(/\?before=/);
  await awake(tab);
  await expect(page.locator(cards("main"))).toHaveCount(30);
});
