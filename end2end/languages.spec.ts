import type { Page } from "@playwright/test";
import { awake, expect, settled, test } from "./fixtures.ts";
import { READABLE } from "./pages.ts";

// Every script as its readers expect it, and no page wider than its window.

test("each card says its language, and its direction where it runs the other way", async ({ readers, kinds }) => {
  const page = await (await readers.context()).newPage();
  const seen = new Set<string>();
  for (const kind of ["front", "section", "place", "region"] as const) {
    await page.goto(kinds[kind]);
    const cards = await page.evaluate(() => [...document.querySelectorAll<HTMLElement>("[data-card]")].map((card) => ({ lang: card.lang, dir: card.dir, words: card.querySelector(":is(h2, h3)")?.textContent ?? "" })));
    expect(cards.length, kind).toBeGreaterThan(0);
    for (const { lang, dir, words } of cards) {
      expect(lang, `${kind}: ${words}`).not.toBe("");
      expect(dir, `${kind}: ${words}`).toBe(/^(ar|fa|ur|he)/.test(lang) ? "rtl" : "ltr");
      if (/[\u3040-\u30ff]/.test(words)) expect(lang, words).toBe("ja");
      if (/[\u0e00-\u0e7f]/.test(words)) expect(lang, words).toBe("th");
      if (/[\u0600-\u06ff]/.test(words)) expect(lang, words).toMatch(/^(ar|fa)/);
      seen.add(lang);
    }
  }
  expect(seen.size).toBeGreaterThanOrEqual(3);
});

test("an Arabic story runs from right to left, its masthead from left to right", async ({ readers, kinds }) => {
  const page = await readers.open(kinds.arabic);
  await expect(page.locator("html")).toHaveAttribute("dir", "rtl");
  await expect(page.locator("html")).toHaveAttribute("lang", "ar");
  const [text, masthead] = await page.evaluate(() => [".story__body p", ".masthead"].map((name) => getComputedStyle(document.querySelector(name)!).direction));
  expect([text, masthead]).toEqual(["rtl", "ltr"]);
  const start = await page.evaluate(() => {
    const line = document.querySelector(".story__body p")!;
    const range = document.createRange();
    range.setStart(line.firstChild!, 0);
    range.setEnd(line.firstChild!, 1);
    const [first, box] = [range.getBoundingClientRect(), line.getBoundingClientRect()];
    return box.right - first.right < first.left - box.left;
  });
  expect(start).toBe(true);
});

test("a Japanese headline is set in Japanese type, also on an English page", async ({ readers, kinds }) => {
  const page = await readers.open("/");
  const headline = page.locator("[data-card]:lang(ja) :is(h2, h3)").first();
  const families = (locator: typeof headline) => locator.evaluate((h) => getComputedStyle(h).fontFamily);
  expect(await families(headline)).toMatch(/Noto Sans CJK JP|Noto Serif CJK JP|Hiragino/);
  expect(await families(headline)).not.toMatch(/CJK (SC|KR|TC)|PingFang/);
  await page.goto(kinds.japanese);
  expect(await families(page.locator("h1"))).toMatch(/Noto Sans CJK JP|Noto Serif CJK JP|Hiragino/);
  const session = await page.context().newCDPSession(page);
  await session.send("DOM.enable");
  await session.send("CSS.enable");
  const { root } = await session.send("DOM.getDocument");
  const { nodeId } = await session.send("DOM.querySelector", { nodeId: root.nodeId, selector: "h1" });
  const { fonts } = await session.send("CSS.getPlatformFontsForNode", { nodeId });
  console.log("the headline's fonts:", fonts.map((font) => `${font.familyName} ×${font.glyphCount}`).join(", "));
  expect(fonts.every((font) => !/CJK (SC|KR|TC|HK)/.test(font.familyName))).toBe(true);
});

test("Thai is set with the leading it needs", async ({ readers, kinds }) => {
  const page = await readers.open(kinds.thai);
  const leading = await page.locator(".story__body p").first().evaluate((p) => parseFloat(getComputedStyle(p).lineHeight) / parseFloat(getComputedStyle(p).fontSize));
  expect(leading).toBeGreaterThanOrEqual(1.6);
});

/** How far the page is wider than its window, and what stands out of it. */
/** What stands out of the window, and words that a box cuts off at its side. */
const tooWide = (page: Page) =>
  page.evaluate(() => {
    const room = document.documentElement.clientWidth;
    const around = (element: Element, how: RegExp): Element | undefined => {
      for (let box = element.parentElement; box && box !== document.body; box = box.parentElement) {
        if (how.test(getComputedStyle(box).overflowX)) return box;
      }
    };
    const within = (box: DOMRect, { left, right }: { left: number; right: number }) => box.left >= left - 1 && box.right <= right + 1;
    const seen = [...document.querySelectorAll("body *")].filter((element) => element.checkVisibility() && element.getBoundingClientRect().width > 0);
    const out = seen.filter((element) => !within(element.getBoundingClientRect(), { left: 0, right: room }) && !around(element, /auto|scroll|hidden|clip/));
    const cut = seen.filter((element) => {
      const has = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim());
      const frame = has && !element.closest(".unseen") && !around(element, /auto|scroll/) && around(element, /hidden|clip/);
      return frame && !within(element.getBoundingClientRect(), frame.getBoundingClientRect());
    });
    const what = [...out, ...cut].slice(0, 4).map((element) => `${element.tagName}.${element.className}`);
    return { by: Math.max(0, document.documentElement.scrollWidth - room), what };
  });

test("what the site itself says is said in English, also on an Arabic page", async ({ readers, kinds }) => {
  const page = await readers.open(kinds.arabic);
  const strange = await page.evaluate(() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found: string[] = [];
    while (walker.nextNode()) {
      const [text, parent] = [walker.currentNode.textContent!.trim(), walker.currentNode.parentElement!];
      if (!/^[A-Za-z][A-Za-z .,'’]+$/.test(text) || parent.closest("script, style, noscript")) continue;
      if (parent.closest("[lang]")!.getAttribute("lang") === "ar") found.push(text);
    }
    return found;
  });
  expect(strange).toEqual([]);
});

for (const width of [360, 390, 820, 1600]) {
  test(`nothing is wider than a window of ${width} px`, async ({ readers, kinds }) => {
    const page = await (await readers.context({ viewport: { width, height: 800 } })).newPage();
    for (const kind of [...READABLE, "missing" as const]) {
      await page.goto(kinds[kind]);
      await awake(page);
      await settled(page);
      expect.soft(await tooWide(page), kind).toEqual({ by: 0, what: [] });
    }
    await page.click(".masthead__places summary");
    await expect(page.locator(".masthead__drawer")).toBeVisible();
    expect.soft(await tooWide(page), "the drawer of places").toEqual({ by: 0, what: [] });
  });
}
