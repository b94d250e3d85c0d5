import { expect, test } from "./fixtures.ts";

// An agency's words look like an agency's words: cut under its terms, its name first, one way to the rest.

const MORE = "Read more on apnews.com";

test("the AP story: headline, seven paragraphs, places, exactly one way out", async ({ readers, kinds }) => {
  const page = await readers.open(kinds.excerpt);
  await expect(page.locator("h1")).toHaveText("North Korea is buying Chinese surveillance cameras in a push to tighten control, report says");
  const paragraphs = page.locator(".excerpt__body > p");
  await expect(paragraphs).toHaveCount(7);
  await expect(paragraphs.first()).toContainText("SEOUL, South Korea (AP) — North Korea is putting surveillance cameras");
  await expect(paragraphs.last()).toHaveText(/said Martyn Williams, an analyst who$/);
  await expect(page.getByRole("link", { name: MORE, exact: true })).toHaveCount(1);
  await expect(page.getByRole("link", { name: MORE, exact: true })).toHaveAttribute("href", /^https:\/\/apnews\.com\//);
  const html = await (await page.request.get(kinds.excerpt)).text();
  expect(html.split(MORE)).toHaveLength(2);
  const kicker = page.locator(".story__kicker");
  for (const place of ["North Korea", "South Korea", "China"]) await expect(kicker.getByRole("link", { name: place, exact: true })).toBeVisible();
  await expect(kicker).toContainText("Technology");
  await expect(kicker).toContainText("Politics");
});

test("it doesn't look like a story of ours", async ({ readers, kinds }) => {
  const page = await readers.open(kinds.excerpt);
  await expect(page.locator("article.story")).toHaveCount(0);
  await expect(page.locator(".story__lead, .story__byline")).toHaveCount(0);
  await expect(page.locator(".excerpt__label")).toContainText("AP");
  const ours = await readers.open(kinds.story);
  const look = (of: typeof page, name: string) => of.locator(name).first().evaluate((element) => {
    const ground = (from: Element | null): string => {
      const colour = from ? getComputedStyle(from).backgroundColor : "none";
      return from && colour === "rgba(0, 0, 0, 0)" ? ground(from.parentElement) : colour;
    };
    return { ground: ground(element), family: getComputedStyle(element).fontFamily, size: parseFloat(getComputedStyle(element).fontSize), width: element.getBoundingClientRect().width };
  });
  const [theirs, own] = [await look(page, ".excerpt__body p"), await look(ours, ".story__body p")];
  expect(theirs.ground).not.toBe(own.ground);
  expect(theirs.family).not.toBe(own.family);
  const [theirHeadline, ownHeadline] = [await look(page, "h1"), await look(ours, "h1")];
  expect(theirHeadline.size).toBeLessThan(ownHeadline.size);
});

test("on the front it stands on its own ground, with the agency first and the way out last", async ({ readers, kinds }) => {
  const page = await readers.open("/");
  const card = page.locator(".excerpt:not(.excerpt--strip)").first();
  const parts = await card.evaluate((card) => [...card.children].map((child) => child.className));
  expect(parts.at(0)).toBe("excerpt__source");
  expect(parts.at(-1)).toBe("excerpt__more");
  await expect(page.locator(`main a[href="${kinds.excerpt}"]`).first()).toBeVisible();
});

test("search engines are told whose words they are", async ({ readers, kinds }) => {
  const page = await readers.open(kinds.excerpt);
  const [fact] = await page.evaluate(() => [...document.querySelectorAll('script[type="application/ld+json"]')].map((tag) => JSON.parse(tag.textContent!) as Record<string, unknown>));
  expect(fact).toMatchObject({ "@type": "NewsArticle", creditText: "AP" });
  expect(String(fact!["isBasedOn"])).toMatch(/^https:\/\/apnews\.com\//);
});
