import type { Page } from "@playwright/test";
import { awake, change, expect, test, within } from "./fixtures.ts";
import { idOf } from "./desk.ts";

// One event is one line; its page says who told what and when; what breaks stands above, and the river never ends.

test("an event's line leads to its timeline, which reads without a script", async ({ readers }) => {
  const page = await readers.open("/", { javaScriptEnabled: false });
  const line = page.locator('main a[href^="/event/"]').first();
  const sources = Number(/\d+/.exec((await line.textContent())!)![0]);
  await line.click();
  await expect(page.locator("h1.event__title")).toBeVisible();
  const tellings = page.locator(".event__telling");
  expect(await tellings.count()).toBeGreaterThanOrEqual(sources);
  // Newest first, so the first to tell it is the last row, and is said to be the first.
  await expect(page.locator(".event__first")).toHaveCount(1);
  await expect(tellings.last().locator(".event__first")).toBeVisible();
  const times = await tellings.locator("time").evaluateAll((all) => all.map((time) => (time as HTMLTimeElement).dateTime));
  expect(times).toEqual([...times].sort().reverse());
  for (const agency of await tellings.filter({ hasText: "Read more on" }).all()) {
    expect((await agency.textContent())!.split("Read more on").length).toBe(2);
  }
});

change("an editor puts a story to an event and takes it out again, by plain forms", async ({ readers, kinds, desk }) => {
  const mika = await desk();
  const context = await readers.context({ javaScriptEnabled: false });
  await mika.enter(context);
  const page = await context.newPage();
  await page.goto(kinds.event);
  const tellings = page.locator(".event__telling");
  const before = await tellings.count();
  await page.fill(".event__arrange--more input[name=address]", kinds.story);
  await page.locator(".event__arrange--more button").click();
  await expect(tellings).toHaveCount(before + 1);
  const own = page.locator(`.event__telling[data-card="${idOf(kinds.story)}"]`);
  await own.getByRole("button", { name: "Not this event" }).click();
  await page.goto(kinds.event);
  await expect(tellings).toHaveCount(before);
  await expect(own).toHaveCount(0);
  // A reader has no such forms.
  const reader = await readers.open(kinds.event);
  await expect(reader.locator(".event__arrange")).toHaveCount(0);
});

change("what an editor marks as breaking stands above open pages within two seconds, once, and goes as it came", async ({ readers, kinds, desk }) => {
  const pages = [await readers.open("/"), await readers.open("/latest"), await readers.open(kinds.section)];
  const mika = await desk();
  const story = await mika.begin("The strait is open again");
  await mika.publish(story);
  const line = (page: Page) => page.locator(`[data-breaking="${story}"]`);
  await mika.call("set-breaking", { story, hours: 4 });
  for (const page of pages) await expect(line(page), page.url()).toBeVisible(within(2));
  const [front] = pages;
  await front!.reload();
  await awake(front!);
  await expect(line(front!)).toHaveCount(1);
  await expect(front!.locator(".breaking").locator(line(front!))).toBeVisible();
  await mika.call("set-breaking", { story, hours: null });
  for (const page of pages) await expect(line(page), page.url()).toBeHidden(within(2));
  expect(readers.complaints).toEqual([]);
});

change("the river is told by the hour; news waits above it", async ({ readers, desk }) => {
  const page = await readers.open("/latest");
  const hours = page.locator("main .section__day");
  expect(await hours.count()).toBeGreaterThan(1);
  const times = await page.locator(".latest__row time").evaluateAll((all) => all.map((time) => (time as HTMLTimeElement).dateTime));
  expect(times).toEqual([...times].sort().reverse());
  const mika = await desk();
  for (const words of ["The ferry leaves again", "Rice is cheaper than last year", "A museum of trams opens its doors"]) await mika.publish(await mika.begin(words));
  const button = page.locator(".live__new");
  await expect(button).toHaveText(/^3 new/, within(2));
  await button.click();
  await expect(page.locator(".latest__headline").first()).toHaveText("A museum of trams opens its doors");
  await expect(button).toBeHidden();
  expect(readers.complaints).toEqual([]);
});
