import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Kind, awake, expect, settled, test } from "./fixtures.ts";
import { ROOT } from "./newsroom.ts";

// Axe finds what a machine can find: 0 serious, 0 critical, on light ground and on dark.

const AXE = readFileSync(join(ROOT, "node_modules/axe-core/axe.min.js"), "utf8");
const KINDS: Kind[] = ["front", "latest", "section", "sectionPlace", "region", "place", "event", "story", "japanese", "arabic", "thai", "excerpt", "contacts", "signIn", "missing"];

interface Found {
  passes: unknown[];
  violations: { id: string; impact: string; nodes: { target: string[]; failureSummary: string }[] }[];
}

for (const colorScheme of ["light", "dark"] as const) {
  test(`nothing serious on ${colorScheme} ground`, async ({ readers, kinds }) => {
    test.setTimeout(90_000);
    const page = await (await readers.context({ colorScheme })).newPage();
    for (const kind of KINDS) {
      await page.goto(kinds[kind]);
      await awake(page);
      await settled(page);
      // Evaluated by the debugger, so the page's own policy for scripts stays as it is.
      await page.evaluate(AXE);
      const found = await page.evaluate<Found>("axe.run(document, { resultTypes: ['violations'] })");
      expect(found.passes.length, `${kind}: rules that were tried`).toBeGreaterThan(15);
      const serious = found.violations.filter(({ impact }) => impact === "serious" || impact === "critical");
      const told = serious.map(({ id, nodes }) => `${id} ×${nodes.length}: ${nodes.slice(0, 3).map((node) => `${node.target.join(" ")} ${node.failureSummary.split("\n")[1] ?? ""}`).join(" | ")}`);
      expect.soft(told, `${kind}, ${colorScheme}`).toEqual([]);
    }
  });
}

test("the keyboard reaches the news first, then everything in its order, and its place is seen", async ({ readers }) => {
  const page = await readers.open("/");
  await page.keyboard.press("Tab");
  const skip = page.locator(":focus");
  await expect(skip).toHaveText("Skip to the news");
  await expect(skip).toBeInViewport();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  expect(await page.evaluate(() => document.querySelector("main")!.contains(document.activeElement))).toBe(true);
  const ring = await page.evaluate(() => {
    const style = getComputedStyle(document.activeElement!);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
  });
  expect(ring).toBe(true);
});

test("every page has one h1, one main, and headings without a gap from it", async ({ readers, kinds }) => {
  const page = await (await readers.context()).newPage();
  for (const kind of KINDS) {
    await page.goto(kinds[kind]);
    const levels = await page.evaluate(() => [...document.querySelectorAll("main :is(h1, h2, h3, h4, h5, h6)")].map((h) => Number(h.tagName[1])));
    expect(levels.filter((level) => level === 1), kind).toHaveLength(1);
    expect(await page.locator("main").count(), kind).toBe(1);
    levels.forEach((level, n) => expect(level - (levels[n - 1] ?? level), `${kind}, heading ${n}`).toBeLessThanOrEqual(1));
  }
});

test("the chosen ground of the page is kept, and said", async ({ readers, kinds }) => {
  const page = await readers.open("/");
  const pressed = () => page.getByRole("button", { pressed: true }).allTextContents();
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await ground();
  expect(await pressed()).toEqual([]);
  await page.getByRole("button", { name: "Dark" }).click();
  expect(await pressed()).toEqual(["Dark"]);
  const dark = await ground();
  expect(dark).not.toBe(light);
  await page.goto(kinds.section);
  await awake(page);
  expect(await pressed()).toEqual(["Dark"]);
  expect(await ground()).toBe(dark);
  await page.getByRole("button", { name: "Sepia" }).click();
  expect(await pressed()).toEqual(["Sepia"]);
});
