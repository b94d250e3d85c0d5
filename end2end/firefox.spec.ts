import { expect, follow, headOf, kept, mainOf, settled, thereAndBack, top } from "./fixtures.ts";
import { FIREFOX, asPlaywright, control, inFirefox, says, stands } from "./firefox.ts";
import { idOf, textOf } from "./desk.ts";
import { links } from "./newsroom.ts";
import { READABLE } from "./pages.ts";

// Where browsers differ (modules, view transitions, history, streams, editing), a second engine is tried.

inFirefox.describe(FIREFOX ? "in Firefox" : "skipped: no Firefox", () => {
  inFirefox.skip(!FIREFOX, "FIREFOX names none, and none is installed");

  inFirefox("every kind of page wakes without an error or a violation of the CSP", async ({ people, kinds }) => {
    const page = await people.open("/");
    for (const kind of [...READABLE, "missing" as const]) await people.go(page, kinds[kind]);
    expect(people.complaints).toEqual([]);
  });

  inFirefox("a click on a card keeps the document and brings what a fresh load does", async ({ people, kinds }) => {
    const [page, fresh] = [await people.open("/"), await people.open("/")];
    const first = await page.evaluate(() => document.querySelector("main .card__headline a")!.getAttribute("href")!);
    for (const [from, to] of [["/", first], ["/society", kinds.japanese], ["/asia/jordan", kinds.arabic]] as const) {
      // The front stands there already: a second coming of it would overtake the click.
      if (from !== "/") {
        await follow(asPlaywright(page), from);
        await stands(page, from);
      }
      await page.click(`main .card__headline a[href="${to}"]`);
      await stands(page, to);
      await people.go(fresh, to);
      await settled(asPlaywright(fresh));
      expect(await headOf(asPlaywright(page)), to).toEqual(await headOf(asPlaywright(fresh)));
      expect(await mainOf(asPlaywright(page)), to).toBe(await mainOf(asPlaywright(fresh)));
      expect(await top(asPlaywright(page)), to).toBe(0);
      expect(await page.evaluate(() => document.activeElement?.tagName), to).toBe("H1");
    }
    expect(await page.evaluate(() => [document.documentElement.lang, document.documentElement.dir])).toEqual(["ar", "rtl"]);
    expect(await kept(asPlaywright(page))).toBe(true);
    expect(people.complaints).toEqual([]);
  });

  inFirefox("back, forward, a reload and a return from elsewhere restore the place", async ({ people, kinds }) => {
    const page = await people.open("/");
    await thereAndBack(asPlaywright(page), kinds.story, (path) => stands(page, path));
    expect(await kept(asPlaywright(page))).toBe(true);
    await page.reload();
    await expect.poll(() => top(asPlaywright(page))).toBe(700);
    await page.goto("about:blank");
    await page.goBack();
    await expect.poll(() => top(asPlaywright(page))).toBe(700);
    expect(people.complaints).toEqual([]);
  });

  inFirefox("a correction comes into the open story within two seconds; the place is kept", async ({ people, kinds, desk }) => {
    const page = await people.open(kinds.story, { width: 390, height: 844 });
    const [mika, story] = [await desk(), idOf(kinds.story)];
    const place = () => page.evaluate(() => document.querySelector(".story__body > :nth-child(9)")!.getBoundingClientRect().top);
    await page.evaluate(() => document.querySelector(".story__body > :nth-child(9)")!.scrollIntoView({ block: "start" }));
    const stood = await place();
    const words = " Corrected: the figure is 26, and this sentence is long enough to need another line of the paragraph on a phone, and one more.";
    const version = await mika.append(story, words);
    await mika.publish(story, version);
    await says(page, ".story__body > p", words, 2);
    expect(Math.abs((await place()) - stood)).toBeLessThanOrEqual(2);
    expect(await kept(asPlaywright(page))).toBe(true);
    expect(people.complaints).toEqual([]);
  });

  inFirefox("an editor signs in by link, types in two scripts, publishes, and a reader sees it", async ({ people, kinds, desk }) => {
    const [daniel, story, sentence] = [await desk("daniel"), idOf(kinds.story), "Typed in Firefox: 東京で確認。"];
    const reader = await people.open(kinds.story);
    const page = await people.open(links().mika);
    await page.type("input[name=password]", "a long enough password of mika");
    await page.click("main form button[type=submit]");
    await page.waitForSelector(".masthead__out", { timeout: 15_000 });
    await people.go(page, kinds.story);
    await page.keyboard.press("e");
    await page.waitForSelector(".ProseMirror[contenteditable=true]", { timeout: 10_000 });
    await page.click(".story__body > p");
    await page.keyboard.press("End");
    await page.keyboard.type(" Typed in Firefox: ", { delay: 20 });
    // Inserted without keys, as an input method leaves its words.
    for (const character of "東京で確認。") await page.keyboard.sendCharacter(character);
    await expect.poll(async () => textOf((await daniel.draft(story)).doc)).toContain(sentence);
    await says(page, ".desk__state", /^Saved \d\d:\d\d:\d\d/);
    expect(await (await fetch(people.url + kinds.story)).text()).not.toContain("Typed in Firefox");
    await control(page, "Enter");
    await says(reader, ".story__body", sentence, 3);
    await page.keyboard.press("Escape");
    await page.waitForSelector(".ProseMirror[contenteditable=true]", { hidden: true });
    await says(page, ".story__body", sentence);
    expect(people.complaints).toEqual([]);
  });
});
