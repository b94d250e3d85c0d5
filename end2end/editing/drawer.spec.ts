import type { Locator } from "@playwright/test";
import { idOf } from "../desk.ts";
import { awake, change, expect, follow, kept, stands } from "../fixtures.ts";

// The drawer of facts, also where it is a sheet over the lower part of a phone.

/** How many of these can be pressed where they stand: in sight, and under nothing else. */
const inReach = (all: Locator) =>
  all.evaluateAll((elements) =>
    elements.filter((element) => {
      const { left, top, width, height } = element.getBoundingClientRect();
      const hit = document.elementFromPoint(left + width / 2, top + height / 2);
      return width > 0 && hit !== null && (element.contains(hit) || hit.contains(element));
    }).length,
  );

for (const width of [360, 390, 820, 1440]) {
  change(`a place is found by its name; the field and what matches lie under nothing: ${width} px`, async ({ readers, kinds, desk }) => {
    const context = await readers.context({ viewport: { width, height: width < 800 ? 740 : 900 } });
    const editor = await (await desk()).open(context, kinds.story);
    const facts = await editor.openFacts();
    const field = facts.getByLabel("Find a place");
    // By the keyboard, as a person comes to it.
    await facts.getByLabel("Slug").focus();
    await editor.page.keyboard.press("Tab");
    await expect(field).toBeFocused();
    expect(await inReach(field)).toBe(1);
    const matches = facts.locator(".desk__place").filter({ visible: true });
    expect(await inReach(matches)).toBeGreaterThanOrEqual(2);
    await editor.page.keyboard.type("stan");
    await expect(matches).toHaveCount(7);
    expect(await inReach(field)).toBe(1);
    expect(await inReach(matches)).toBeGreaterThanOrEqual(3);
    await field.press("Enter");
    await expect(facts.locator(".desk__chosen")).toContainText(/stan/);
    expect(await inReach(facts.getByRole("button", { name: "Keep the facts" }))).toBe(1);
    // Every field that is come to is in sight, forwards and backwards.
    for (const key of ["Shift+Tab", "Tab"]) {
      for (let n = 0; n < 12; n++) {
        await editor.page.keyboard.press(key);
        const focused = facts.locator(":focus");
        if ((await focused.count()) === 0) break;
        const name = await focused.evaluate((element) => (element as HTMLInputElement).name || element.textContent);
        expect.soft(await inReach(focused), `${key} ${n}: ${name}`).toBe(1);
      }
    }
    expect(readers.complaints).toEqual([]);
  });
}

change("what was chosen and not kept is there again after a look elsewhere, and the browser asks before it goes", async ({ readers, kinds, desk }) => {
  const editor = await (await desk()).open(await readers.context(), kinds.story);
  const { page } = editor;
  await awake(page);
  const asked: string[] = [];
  page.on("dialog", (dialog) => {
    asked.push(dialog.type());
    void dialog.accept();
  });
  const facts = await editor.openFacts();
  await facts.getByRole("checkbox", { name: "Bhutan" }).check();
  await facts.getByLabel("Slug").fill("chosen-before");
  await follow(page, kinds.excerpt);
  await stands(page, kinds.excerpt);
  await expect(facts).toBeHidden();
  await page.goBack();
  await stands(page, kinds.story);
  await expect(facts).toBeVisible();
  await expect(facts.getByRole("checkbox", { name: "Bhutan" })).toBeChecked();
  await expect(facts.getByLabel("Slug")).toHaveValue("chosen-before");
  expect(await kept(page)).toBe(true);
  expect(asked).toEqual([]);
  await page.reload();
  await awake(page);
  expect(asked).toEqual(["beforeunload"]);
  await (await editor.openFacts()).getByRole("checkbox", { name: "Bhutan" }).check();
  await editor.keepFacts();
  await expect(page.locator(".story__kicker")).toContainText("Bhutan");
  await page.reload();
  expect(asked).toHaveLength(1);
  expect(readers.complaints).toEqual([]);
});

change("an emptied slug is made from the headline again, and old addresses lead there", async ({ readers, kinds, own, desk }) => {
  const editor = await (await desk()).open(await readers.context(), kinds.story);
  for (const [slug, address] of [
    ["another-word", `/story/another-word-${idOf(kinds.story)}`],
    ["", kinds.story],
  ] as const) {
    await (await editor.openFacts()).getByLabel("Slug").fill(slug);
    await editor.keepFacts();
    await expect(editor.page).toHaveURL(own.url + encodeURI(address));
  }
  const old = await fetch(`${own.url}/story/another-word-${idOf(kinds.story)}`, { redirect: "manual" });
  expect([old.status, old.headers.get("location")]).toEqual([301, encodeURI(kinds.story)]);
  expect(readers.complaints).toEqual([]);
});
