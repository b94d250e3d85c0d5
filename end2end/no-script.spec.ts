import { expect, test } from "./fixtures.ts";
import { links } from "./newsroom.ts";

// Nothing of the site needs a script to be read, and the door of the newsroom opens without one.

test("front, story, section, place, contacts: readable and linked", async ({ readers }) => {
  const page = await readers.open("/", { javaScriptEnabled: false });
  await expect(page.locator("main .card__headline a").first()).toBeVisible();
  const headline = (await page.locator(".card--splash .card__headline").textContent())!.trim();
  await page.locator(".card--splash .card__headline a").click();
  await expect(page.locator("h1.story__headline")).toHaveText(headline);
  await expect(page.locator(".story__body > p").first()).toBeVisible();
  await page.locator(".story__kicker .story__section").click();
  await expect(page.locator("h1.section__title")).toBeVisible();
  const facet = page.locator(".section__facets a").nth(1);
  const place = (await facet.textContent())!.trim();
  await facet.click();
  await expect(page.locator("h1.section__title")).toContainText(place);
  await page.locator(".masthead__places summary").click();
  await page.locator(".masthead__drawer a", { hasText: "Japan" }).click();
  await expect(page.locator("h1.section__title")).toHaveText("Japan");
  await page.locator("footer a", { hasText: "Contacts" }).first().click();
  await expect(page.locator("main")).toContainText("SNOWLAND s.r.o.");
  await expect(page.locator("main")).toContainText("06691200");
  await expect(page.locator("main")).toContainText("Veleslavín");
});

test("every time says when, without a script", async ({ readers, kinds }) => {
  const page = await readers.open(kinds.story, { javaScriptEnabled: false });
  const times = page.locator("main time");
  for (const text of await times.allTextContents()) expect(text).toMatch(/\d/);
  await expect(page.locator(".story__changed")).toContainText("UTC");
});

test("signing in is a plain form: wrong words are refused in a sentence, the one-time link lets in", async ({ readers, kinds }) => {
  const page = await readers.open(kinds.signIn, { javaScriptEnabled: false });
  await page.fill("input[name=email]", "mika@asian-news.example");
  await page.fill("input[name=password]", "certainly not this");
  const [refused] = await Promise.all([page.waitForResponse("**/sign-in"), page.locator("main form button[type=submit]").click()]);
  expect(refused.status()).toBeGreaterThanOrEqual(400);
  expect(refused.status()).toBeLessThan(500);
  await expect(page.locator("main [role=alert]")).toBeVisible();
  expect(await page.context().cookies()).toEqual([]);

  await page.goto(links().lena);
  await page.locator("main form button[type=submit]").first().click();
  await expect(page.locator(".masthead__out")).toBeVisible();
  expect((await page.context().cookies()).map((cookie) => [cookie.name, cookie.httpOnly, cookie.sameSite])).toEqual([["sid-dev", true, "Lax"]]);

  // The link was good once.
  const other = await readers.open(links().lena, { javaScriptEnabled: false });
  await other.locator("main form button[type=submit]").first().click().catch(() => {});
  expect(await other.context().cookies()).toEqual([]);

  await page.locator(".masthead__out").click();
  await expect(page.locator("a.masthead__sign")).toBeVisible();
});
