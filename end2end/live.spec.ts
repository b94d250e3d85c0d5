import type { Page } from "@playwright/test";
import { change, expect, follow, headOf, kept, stands, within } from "./fixtures.ts";
import { idOf } from "./desk.ts";

// What is open stays true: corrections come into it, news waits behind a button, and nothing jumps.

const top = (page: Page, of: string) => page.locator(of).first().evaluate((element) => Math.round(element.getBoundingClientRect().top));

change("a correction comes into the open story within two seconds; the place is kept", async ({ readers, kinds, desk }) => {
  const page = await readers.open(kinds.story, { viewport: { width: 390, height: 844 } });
  const [mika, story] = [await desk(), idOf(kinds.story)];
  const read = ".story__body > :nth-child(9)";
  await page.evaluate((read) => document.querySelector(read)!.scrollIntoView({ block: "start" }), read);
  await page.waitForTimeout(150);
  const [stood, others] = [await top(page, read), await page.locator(".story__body > :nth-child(4)").elementHandle()];
  const words = " Corrected: the figure is 26, and this sentence is long enough to need another line of the paragraph on a phone, and one more.";
  const version = await mika.append(story, words, 0);
  const begun = Date.now();
  await mika.publish(story, version);
  await expect(page.locator(".story__body > p").first()).toContainText(words.trim(), within(2));
  console.log(`the correction stood after ${Date.now() - begun} ms`);
  await expect(page.locator(".live__said")).toHaveText(/updated/i);
  await expect(page.locator(".story__updated")).toHaveText(/updated \d+ \w+,? \d\d:\d\d/);
  expect(Math.abs((await top(page, read)) - stood)).toBeLessThanOrEqual(2);
  // Blocks that didn't change are the same elements as before.
  expect(await others!.evaluate((element) => element.isConnected)).toBe(true);
  const heard = await page.evaluate(() => window.heard.filter(({ type }) => type === "blocks").map(({ data }) => JSON.parse(data) as { blocks: unknown[] }));
  expect(heard.map(({ blocks }) => blocks.length)).toEqual([1]);
  expect(readers.complaints).toEqual([]);
});

change("the corrected page equals a fresh load", async ({ readers, kinds, desk }) => {
  const page = await readers.open(kinds.story);
  const [mika, story] = [await desk(), idOf(kinds.story)];
  const { doc } = await mika.draft(story);
  const room = (node: (typeof doc)): number => node.text !== undefined ? node.text.length : 2 + (node.content ?? []).reduce((sum, child) => sum + room(child), 0);
  const [headline, standfirst] = doc.content!;
  const body = room(headline!) + room(standfirst!) + 1;
  const replace = (at: number, content: unknown[]) => ({ stepType: "replace", from: at, to: at, slice: { content } });
  // A new first paragraph, other words in the headline, and a paragraph less.
  await mika.steps(story, [replace(body, [{ type: "paragraph", content: [{ type: "text", text: "A new beginning." }] }]), replace(1, [{ type: "text", text: "Again: " }])]);
  await mika.publish(story);
  await expect(page.locator("h1")).toContainText("Again:", within(2));
  const draft = await mika.draft(story);
  const second = room(draft.doc.content![0]!) + room(draft.doc.content![1]!) + 1 + room(draft.doc.content![2]!.content![0]!);
  const gone = room(draft.doc.content![2]!.content![1]!);
  await mika.steps(story, [{ stepType: "replace", from: second, to: second + gone }]);
  await mika.publish(story);
  const words = (of: Page) => of.locator(".story__words").evaluate((element) => element.outerHTML);
  const fresh = await readers.open(new URL(page.url()).pathname);
  const want = await words(fresh);
  await expect.poll(() => words(page), within(2)).toBe(want);
  const times = (of: Page) => of.locator(".story__changed").textContent();
  expect(await times(page)).toBe(await times(fresh));
  // So do the tab, and what is shared from it. What only machines read of a fresh load isn't sent.
  const shared = async (of: Page) => {
    const { title, meta } = await headOf(of);
    return [title, meta["og:title"], meta["description"], meta["og:description"]];
  };
  expect(await page.title()).toContain("Again:");
  expect(await shared(page)).toEqual(await shared(fresh));
});

change("new stories wait behind a button on the front; nothing jumps", async ({ readers, desk }) => {
  const page = await readers.open("/");
  const mika = await desk();
  await page.evaluate(() => scrollTo(0, 900));
  await page.waitForTimeout(150);
  const [before, shifts] = [await page.evaluate(() => [scrollY, document.querySelector("main")!.innerHTML.length] as const), await page.evaluate(() => window.shifts)];
  await mika.publish(await mika.begin("Something entirely new has happened"));
  const button = page.locator(".live__new");
  await expect(button).toBeVisible(within(2));
  await expect(button).toHaveText(/1 new/);
  expect(await page.evaluate(() => [scrollY, document.querySelector("main")!.innerHTML.length] as const)).toEqual(before);
  expect(await page.evaluate(() => window.shifts)).toBe(shifts);
  await button.click();
  await expect(page.locator("main")).toContainText("Something entirely new has happened");
  await expect(button).toBeHidden();
  // It is the same document, with the page from the top.
  expect(await kept(page)).toBe(true);
  expect(await page.evaluate(() => scrollY)).toBe(0);
  // What comes from here on is heard from here on.
  await mika.publish(await mika.begin("And something newer still"));
  await expect(button).toHaveText(/^1 new/, within(2));
});

change("a correction of a story that stands on the front is no news", async ({ readers, kinds, desk }) => {
  const page = await readers.open("/");
  await expect.poll(() => page.evaluate(() => window.streams())).toEqual(["/live/front"]);
  const mika = await desk();
  await mika.correct(idOf(kinds.story), " A word more.");
  await mika.publish(await mika.begin("Only this is new"));
  await expect(page.locator(".live__new")).toHaveText(/^1 new/, within(2));
});

change("a card on the front follows its story: corrected in its place, hidden once it is withdrawn", async ({ readers, kinds, desk }) => {
  const [page, mika, story] = [await readers.open("/"), await desk(), idOf(kinds.story)];
  await expect.poll(() => page.evaluate(() => window.streams())).toEqual(["/live/front"]);
  const cards = page.locator(`main [data-card="${story}"]`);
  const before = await cards.count();
  expect(before).toBeGreaterThan(0);
  const places = () => cards.evaluateAll((all) => all.map((card) => Math.round(card.getBoundingClientRect().top)));
  const stood = await places();
  await mika.publish(story, await mika.steps(story, [{ stepType: "replace", from: 1, to: 1, slice: { content: [{ type: "text", text: "Anew: " }] } }]));
  await expect(cards.first()).toContainText("Anew: ", within(3));
  expect(await cards.count()).toBe(before);
  expect((await places())[0]).toBe(stood[0]);
  // Who comes back to a list that was kept meanwhile sees it, too.
  await follow(page, "/contacts");
  await stands(page, "/contacts");
  await mika.withdraw(story, "It was wrong.");
  await page.evaluate(() => history.back());
  await stands(page, "/");
  await expect(cards.first()).toBeHidden(within(5));
  expect(readers.complaints).toEqual([]);
});

change("a withdrawal takes the words off the open page, and the address answers 410", async ({ readers, kinds, own, desk }) => {
  const page = await readers.open(kinds.story);
  await (await desk()).withdraw(idOf(kinds.story), "The report turned out to be false.");
  await expect(page.locator("main")).toContainText("The report turned out to be false.", within(2));
  await expect(page.locator("main .page__number")).toHaveText("410");
  await expect(page.locator("main .story__body")).toHaveCount(0);
  const answer = await fetch(own.url + kinds.story);
  expect(answer.status).toBe(410);
  expect(await answer.text()).toContain("The report turned out to be false.");
  expect(await (await fetch(`${own.url}/feed.xml`)).text()).not.toContain(idOf(kinds.story));
  await expect.poll(async () => (await (await fetch(own.url)).text()).includes(kinds.story), within(2)).toBe(false);
});

change("a stream that broke goes on where it was: nothing is missed over a restart", async ({ readers, kinds, own, desk }) => {
  change.setTimeout(90_000); // A browser comes back after 5 to 35 seconds: not all at once.
  const page = await readers.open(kinds.story);
  const [mika, story] = [await desk(), idOf(kinds.story)];
  await expect.poll(() => page.evaluate(() => window.streams().length)).toBe(1);
  const version = await mika.append(story, " Before the break.");
  await own.end("SIGKILL");
  await own.start();
  await mika.publish(story, version);
  await expect(page.locator(".story__body")).toContainText("Before the break.", within(45));
});

change("a stream that a proxy refused is opened again, after the last event it brought", async ({ readers, own, desk }) => {
  const [context, mika] = [await readers.context(), await desk()];
  await context.addInitScript(() => (Math.random = () => 0)); // The shortest pause: five seconds.
  const asked: (string | null)[] = [];
  let told = 0;
  await context.route("**/live/front?*", async (route) => {
    asked.push(new URL(route.request().url()).searchParams.get("since"));
    if (asked.length > 2) return route.continue();
    // The first stream brings one story and breaks; the browser comes back, and the site is away.
    if (asked.length === 2) return route.fulfill({ status: 502, body: "Bad gateway" });
    await mika.publish(await mika.begin("The first came before the break"));
    const since = async () => ((await (await fetch(`${own.url}/live/front.json?since=${asked[0]}`)).json()) as { events: { id: number; data: unknown }[] }).events;
    await expect.poll(async () => (await since()).length, within(2)).toBe(1);
    const events = await since();
    told = events[0]!.id;
    const body = `retry: 100\n\nevent: card\nid: ${told}\ndata: ${JSON.stringify(events[0]!.data)}\n\n`;
    return route.fulfill({ contentType: "text/event-stream", body });
  });
  const page = await context.newPage();
  await page.goto("/");
  const button = page.locator(".live__new");
  await expect(button).toHaveText("1 new", within(5));
  await expect.poll(() => asked.length, within(5)).toBe(2);
  await mika.publish(await mika.begin("The second came while nobody listened"));
  await expect(button).toHaveText("2 new", within(10));
  expect(asked.slice(2)).toEqual([String(told)]);
  expect(await page.evaluate(() => window.streams())).toEqual(["/live/front"]);
});

change("SIGTERM ends the server within ten seconds, streams and all", async ({ readers, own }) => {
  await Promise.all(["/", "/business", "/asia/japan"].map((path) => readers.open(path)));
  const took = await own.end("SIGTERM");
  console.log(`ended after ${took} ms with three streams open`);
  expect(took).toBeLessThan(10_000);
});
