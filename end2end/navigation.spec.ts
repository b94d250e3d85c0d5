import type { Page } from "@playwright/test";
import { awake, change, expect, follow, headOf, kept, mainOf, scrollTo, settled, stands, test, thereAndBack, top, within } from "./fixtures.ts";
import { idOf } from "./desk.ts";

test.describe("a click", () => {
  test("keeps the document, goes to the top, moves focus to the heading and says the title", async ({ readers }) => {
    const page = await readers.open("/");
    await scrollTo(page, 1500);
    const href = await page.evaluate(() => {
      const links = [...document.querySelectorAll<HTMLAnchorElement>("main .card__headline a")];
      const link = links.find((link) => link.getBoundingClientRect().top > 50)!;
      link.click();
      return link.getAttribute("href")!;
    });
    await stands(page, href);
    expect(await kept(page)).toBe(true);
    expect(await top(page)).toBe(0);
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe("H1");
    expect(await page.locator("#announce").textContent()).toBe(await page.title());
    expect(readers.complaints).toEqual([]);
  });

  test("brings the same page as a fresh load: main, title and head of thirty moves", async ({ readers, kinds }) => {
    test.setTimeout(90_000);
    const page = await readers.open("/");
    const fresh = await readers.open("/");
    const round = [
      kinds.story, kinds.section, kinds.japanese, kinds.sectionPlace, kinds.arabic, kinds.front, kinds.thai, kinds.region, kinds.excerpt,
      kinds.place, kinds.contacts, kinds.signIn, kinds.story, kinds.missing, kinds.arabic,
    ];
    for (const to of [...round, ...round.reverse()]) {
      await follow(page, to);
      await stands(page, to);
      await fresh.goto(to);
      await awake(fresh);
      await settled(fresh);
      expect(await headOf(page), to).toEqual(await headOf(fresh));
      expect(await mainOf(page), to).toBe(await mainOf(fresh));
    }
    expect(await kept(page)).toBe(true);
    expect(readers.complaints).toEqual([]);
  });

  test("turns the document's language and direction", async ({ readers, kinds }) => {
    const page = await readers.open("/");
    await follow(page, kinds.arabic);
    await stands(page, kinds.arabic);
    expect(await page.evaluate(() => [document.documentElement.lang, document.documentElement.dir])).toEqual(["ar", "rtl"]);
    await page.goBack();
    await stands(page, "/");
    expect(await page.evaluate(() => [document.documentElement.lang, document.documentElement.dir])).toEqual(["en", "ltr"]);
  });

  test("leaves the masthead as it is: the open drawer of places stays open", async ({ readers, kinds }) => {
    const page = await readers.open("/");
    await page.click(".masthead__places summary");
    await follow(page, kinds.section);
    await stands(page, kinds.section);
    expect(await page.evaluate(() => document.querySelector<HTMLDetailsElement>(".masthead__places")!.open)).toBe(true);
    await expect(page.locator(".masthead__sections a[href='/business']")).toHaveAttribute("aria-current", /page|true/);
    await follow(page, "/culture");
    await stands(page, "/culture");
    await expect(page.locator(".masthead__sections [aria-current]")).toHaveText(["Culture"]);
  });

  test("shows the place that was chosen in the drawer; Escape closes it", async ({ readers }) => {
    const page = await readers.open("/", { viewport: { width: 390, height: 844 } });
    const drawer = page.locator(".masthead__drawer");
    await page.click(".masthead__places summary");
    await drawer.getByRole("link", { name: "Japan" }).click();
    await stands(page, "/asia/japan");
    await expect(drawer).toBeHidden();
    await expect(page.locator("h1")).toBeFocused();
    await page.click(".masthead__places summary");
    await drawer.getByRole("link", { name: "Japan" }).focus();
    await page.keyboard.press("Escape");
    await expect(drawer).toBeHidden();
    await expect(page.locator(".masthead__places summary")).toBeFocused();
    expect(await kept(page)).toBe(true);
  });

  test("brings the section's name into the masthead's row on a phone, and moves nothing else", async ({ readers }) => {
    const page = await readers.open("/", { viewport: { width: 390, height: 844 } });
    const row = page.locator(".masthead__sections");
    for (const [to, name] of [["/opinion", "Opinion"], ["/politics", "Politics"]]) {
      await follow(page, to!);
      await stands(page, to!);
      await expect(row.locator("[aria-current]")).toHaveText(name!);
      await expect(row.locator("[aria-current]")).toBeInViewport({ ratio: 0.95 });
      expect(await page.evaluate(() => [scrollX, scrollY])).toEqual([0, 0]);
    }
  });

  test("takes a click while the old page's picture still fades", async ({ readers }) => {
    const page = await readers.open("/");
    // Slow enough for a hand: the picture stands for two seconds.
    await page.evaluate(() => {
      const slow = new CSSStyleSheet();
      slow.replaceSync("::view-transition-group(root), ::view-transition-old(root), ::view-transition-new(root) { animation-duration: 2s }");
      document.adoptedStyleSheets = [slow];
    });
    await page.click(".masthead__sections a[href='/business']");
    await page.waitForFunction(() => window.transitions > 0 && location.pathname === "/business");
    const box = (await page.locator(".masthead__sections a[href='/culture']").boundingBox())!;
    await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    await stands(page, "/culture");
    expect(await kept(page)).toBe(true);
  });

  test("shows 404 as such, and the way home works after it", async ({ readers, kinds }) => {
    const page = await readers.open("/");
    await follow(page, kinds.missing);
    await stands(page, kinds.missing);
    await expect(page.locator("main .page__number")).toHaveText("404");
    expect(await kept(page)).toBe(true);
    await page.click(".masthead__home");
    await stands(page, "/");
    expect(await kept(page)).toBe(true);
  });

  test("follows an address that moved to the right one", async ({ readers, kinds }) => {
    const page = await readers.open("/");
    await follow(page, "/asia/jp");
    await stands(page, kinds.place);
    expect(await kept(page)).toBe(true);
    const id = idOf(kinds.story);
    await follow(page, `/story/an-older-name-${id}`);
    await stands(page, kinds.story);
    expect(await kept(page)).toBe(true);
  });
});

test.describe("back and forward", () => {
  test("restore the place, also from four pages away", async ({ readers, kinds }) => {
    const page = await readers.open("/");
    await thereAndBack(page, kinds.story, (path) => stands(page, path));
    for (const to of [kinds.section, kinds.japanese, kinds.place]) {
      await follow(page, to);
      await stands(page, to);
    }
    await page.evaluate(() => history.go(-4));
    await stands(page, "/");
    await expect.poll(() => top(page)).toBe(1500);
    expect(await kept(page)).toBe(true);
  });

  test("restore the place of who leaves while the page still scrolls", async ({ readers, kinds }) => {
    const page = await readers.open("/");
    await follow(page, kinds.section);
    await stands(page, kinds.section);
    // Scrolling in steps, and no pause before the way back.
    const y = await page.evaluate(async () => {
      for (let step = 0; step < 12; step++) {
        scrollBy(0, 50);
        await new Promise((next) => requestAnimationFrame(next));
      }
      await new Promise((next) => requestAnimationFrame(next));
      history.back();
      return scrollY;
    });
    expect(y).toBeGreaterThan(300);
    await stands(page, "/");
    await page.evaluate(() => history.forward());
    await stands(page, kinds.section);
    await expect.poll(() => top(page)).toBe(y);
  });

  test("a reload and a return from elsewhere restore the place", async ({ readers, kinds }) => {
    const page = await readers.open("/");
    await follow(page, kinds.story);
    await stands(page, kinds.story);
    await scrollTo(page, 600);
    await page.reload();
    await awake(page);
    await expect.poll(() => top(page)).toBe(600);
    await page.goto("/robots.txt");
    await page.goBack();
    await awake(page);
    await expect.poll(() => top(page)).toBe(600);
  });

  test("show a kept page while the network is cut", async ({ readers, kinds }) => {
    const page = await readers.open("/");
    await follow(page, kinds.section);
    await stands(page, kinds.section);
    await follow(page, kinds.story);
    await stands(page, kinds.story);
    await page.context().setOffline(true);
    await page.goBack();
    await stands(page, kinds.section);
    expect(await kept(page)).toBe(true);
    await page.context().setOffline(false);
  });
});

test.describe("the stream", () => {
  const channel = (page: Page) => page.evaluate(() => document.querySelector<HTMLMetaElement>("meta[name=channel]")?.content);

  test("is exactly one, the page's own, also after thirty moves", async ({ readers, kinds }) => {
    test.setTimeout(90_000);
    const page = await readers.open("/");
    const expectOwn = async () => {
      const own = await channel(page);
      await expect.poll(() => page.evaluate(() => window.streams()), within(3)).toEqual(own ? [`/live/${own}`] : []);
    };
    await expectOwn();
    for (const to of [kinds.section, kinds.story, kinds.place, kinds.contacts, kinds.japanese]) {
      await follow(page, to);
      await stands(page, to);
      await expectOwn();
    }
    for (let move = 0; move < 30; move++) {
      await (move % 2 ? page.goForward() : page.goBack());
      await settled(page);
    }
    await stands(page, kinds.japanese);
    await expectOwn();
    expect(readers.complaints).toEqual([]);
  });
});

change("no event is missed while pages change", async ({ readers, kinds, desk }) => {
  change.setTimeout(90_000);
  const [page, mika, story] = [await readers.open("/"), await desk(), idOf(kinds.story)];
  await follow(page, kinds.story);
  await stands(page, kinds.story);
  for (let n = 1; n <= 15; n++) {
    await page.goBack();
    // Published while the reader is elsewhere or under way, at another moment each time.
    const published = mika.correct(story, ` correction-${n}`);
    await page.waitForTimeout(n * 13);
    await page.goForward();
    await published;
    await stands(page, kinds.story);
    await expect(page.locator(".story__body"), `move ${n}`).toContainText(`correction-${n}`, within(3));
  }
  const streams = await page.evaluate(() => window.streams());
  expect(streams).toEqual([`/live/story-${story}`]);
  expect(readers.complaints).toEqual([]);
});

change("a withdrawn story is shown as 410", async ({ readers, kinds, desk }) => {
  const page = await readers.open("/contacts");
  await (await desk()).withdraw(idOf(kinds.story), "The figures were wrong.");
  await follow(page, kinds.story);
  await stands(page, kinds.story);
  await expect(page.locator("main .page__number")).toHaveText("410");
  await expect(page.locator("main")).toContainText("The figures were wrong.");
  expect(await kept(page)).toBe(true);
});

change("a story that was read and is withdrawn now is never shown again", async ({ readers, kinds, desk }) => {
  const page = await readers.open("/contacts");
  await follow(page, kinds.story);
  await stands(page, kinds.story);
  await page.evaluate(() => history.back());
  await stands(page, "/contacts");
  // Longer than a page that was read serves a click, shorter than the browser may answer from its own cache.
  await page.waitForTimeout(11_000);
  await (await desk()).withdraw(idOf(kinds.story), "The figures were wrong.");
  await follow(page, kinds.story);
  await expect(page.locator("main .page__number")).toHaveText("410");
  await expect(page.locator("main .story__body")).toHaveCount(0);
});
