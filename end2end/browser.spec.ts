import type { Page } from "@playwright/test";
import { awake, expect, follow, kept, stands, test, top } from "./fixtures.ts";

// What stays the browser's, and what happens when the network, the server or a translation comes between.

const card = (page: Page, nth = 0) => page.locator("main .card__headline a").nth(nth);
const path = (page: Page) => page.evaluate(() => location.pathname);

/** Does what a browser's translator does: each text comes back in elements of its own. */
const translate = (page: Page, where: "everywhere" | "outside the islands") =>
  page.evaluate((where) => {
    const spared = where === "everywhere" ? "script" : "script, leptos-island";
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const texts: Text[] = [];
    while (walker.nextNode()) texts.push(walker.currentNode as Text);
    for (const text of texts) {
      if (!text.data.trim() || text.parentElement?.closest(spared)) continue;
      const [outer, inner] = [document.createElement("font"), document.createElement("font")];
      inner.textContent = `${text.data}·`;
      outer.append(inner);
      text.replaceWith(outer);
    }
  }, where);

test.describe("left to the browser", () => {
  test("modified clicks, targets, downloads and other sites", async ({ readers }) => {
    const page = await readers.open("/");
    const requests: string[] = [];
    page.on("request", (request) => requests.push(request.url()));
    const taken = await page.evaluate(() => {
      const taken: boolean[] = [];
      addEventListener("click", (event) => {
        taken.push(event.defaultPrevented);
        event.preventDefault();
      });
      const link = document.createElement("a");
      document.body.append(link);
      link.href = "/culture";
      for (const [name, value] of [["target", "_blank"], ["download", ""], ["rel", "nofollow external"]] as const) {
        link.setAttribute(name, value);
        link.click();
        link.removeAttribute(name);
      }
      for (const key of ["ctrlKey", "metaKey", "shiftKey", "altKey"]) {
        link.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, [key]: true }));
      }
      for (const href of ["https://example.org/x", "/a.pdf", "/feed.xml", "mailto:a@b.example"]) {
        link.href = href;
        link.click();
      }
      link.remove();
      return taken;
    });
    expect(taken).toEqual(Array<boolean>(11).fill(false));
    expect(requests.filter((url) => !url.includes("/live/"))).toEqual([]);
  });

  test("the feed", async ({ readers }) => {
    const page = await readers.open("/");
    const [answer] = await Promise.all([page.waitForResponse("**/feed.xml"), page.click(".masthead__feeds")]);
    expect(answer.headers()["content-type"]).toMatch(/^application\/rss\+xml/);
    await page.waitForURL("**/feed.xml");
  });

  test("before the script has come, links are links", async ({ readers, kinds }) => {
    const page = await (await readers.context()).newPage();
    await page.route("**/*.wasm", () => {});
    await page.goto("/", { waitUntil: "domcontentloaded" });
    await page.evaluate(() => (window.kept = 1));
    const href = (await card(page).getAttribute("href"))!;
    await card(page).click();
    await page.waitForURL(`**${href}`, { waitUntil: "domcontentloaded" });
    expect(await kept(page)).toBe(false);
    expect(kinds.front).toBe("/");
  });

  test("a page of another build", async ({ readers, kinds }) => {
    const page = await readers.open("/");
    await page.evaluate(() => document.querySelector("meta[name=build]")!.setAttribute("content", "an older one"));
    await follow(page, kinds.section);
    await page.waitForURL(`**${kinds.section}`);
    await page.waitForSelector(".section__title");
    expect(await kept(page)).toBe(false);
  });
});

test.describe("under bad conditions", () => {
  test("the network is cut: it says so, the page stays, and trying again works", async ({ readers, kinds }) => {
    const page = await readers.open("/");
    const message = page.locator("#offline");
    await page.context().setOffline(true);
    await follow(page, kinds.section);
    await expect(message).toBeVisible();
    expect(await path(page)).toBe("/");
    await message.getByRole("link").click();
    await expect(message).toBeVisible();
    await page.context().setOffline(false);
    await message.getByRole("link").click();
    await stands(page, kinds.section);
    await expect(message).toBeHidden();
    expect(await kept(page)).toBe(true);
  });

  test("the server's fault: the same", async ({ readers, kinds }) => {
    const page = await readers.open("/");
    await page.route(`**${kinds.section}`, (route) => route.fulfill({ status: 503, contentType: "text/html", body: "<main>broken</main>" }));
    await follow(page, kinds.section);
    await expect(page.locator("#offline")).toBeVisible();
    await page.unroute(`**${kinds.section}`);
    await page.locator("#offline").getByRole("link").click();
    await stands(page, kinds.section);
    expect(await kept(page)).toBe(true);
  });

  test("no answer comes: it says that it is under way, and after a while that it can't", async ({ readers, kinds }) => {
    const page = await (await readers.context()).newPage();
    await page.clock.install();
    await page.goto("/");
    await awake(page);
    const message = page.locator("#offline");
    const busy = page.locator("main[aria-busy=true]");
    await page.route(`**${kinds.section}`, () => {});
    await follow(page, kinds.section);
    await expect(busy).toHaveCount(1);
    await page.clock.fastForward(14_000);
    await expect(message).toBeHidden();
    await page.clock.fastForward(2_000);
    await expect(message).toBeVisible();
    await expect(busy).toHaveCount(0);
    await page.unroute(`**${kinds.section}`);
    await message.getByRole("link").click();
    await stands(page, kinds.section);
    await expect(busy).toHaveCount(0);
    expect(await kept(page)).toBe(true);
  });

  test("two quick clicks end on the second", async ({ readers }) => {
    const page = await readers.open("/");
    await page.route("**/politics", async (route) => {
      await new Promise((go) => setTimeout(go, 500));
      await route.continue();
    });
    await page.evaluate(() => {
      const link = (path: string) => document.querySelector<HTMLAnchorElement>(`.masthead__sections a[href="${path}"]`)!;
      link("/politics").click();
      setTimeout(() => link("/business").click(), 30);
    });
    await stands(page, "/business");
    await page.waitForTimeout(900);
    expect(await path(page)).toBe("/business");
    await expect(page.locator("main h1")).toHaveText("Business");
    await page.unroute("**/politics");
    await page.evaluate(() => {
      for (const path of ["/culture", "/technology", "/politics"]) document.querySelector<HTMLAnchorElement>(`.masthead__sections a[href="${path}"]`)!.click();
    });
    await stands(page, "/politics");
    await page.waitForTimeout(400);
    await expect(page.locator("main h1")).toHaveText("Politics");
    expect(await kept(page)).toBe(true);
  });

  test("a browser translated the page before the script came", async ({ readers, kinds }) => {
    const page = await (await readers.context()).newPage();
    let come = () => {};
    const gate = new Promise<void>((open) => (come = open));
    await page.route("**/*.wasm", async (route) => {
      await gate;
      await route.continue();
    });
    await page.goto(kinds.story, { waitUntil: "domcontentloaded" });
    await translate(page, "outside the islands");
    come();
    await awake(page);
    await page.click(".masthead__sections a[href='/business']");
    await stands(page, "/business");
    expect(await kept(page)).toBe(true);
    await page.goBack();
    await stands(page, kinds.story);
    expect(await kept(page)).toBe(true);
    expect(readers.complaints).toEqual([]);
  });

  test("a browser translated it afterwards, islands and all", async ({ readers, kinds }) => {
    const page = await readers.open(kinds.story);
    await translate(page, "everywhere");
    for (const to of [kinds.section, kinds.japanese, kinds.front]) {
      await follow(page, to);
      await stands(page, to);
    }
    expect(await kept(page)).toBe(true);
  });
});

test.describe("forms, fragments and motion", () => {
  test("a GET form is a move", async ({ readers }) => {
    const page = await readers.open("/");
    await page.evaluate(() => {
      const form = document.createElement("form");
      form.action = "/business";
      form.innerHTML = '<input name="lite" value="1"><button>Go</button>';
      document.body.append(form);
      form.querySelector("button")!.click();
    });
    await stands(page, "/business?lite=1");
    expect(await kept(page)).toBe(true);
  });

  test("a fragment of another page is scrolled to and takes focus; one of this page asks for nothing", async ({ readers, kinds }) => {
    const page = await readers.open("/contacts");
    await follow(page, `${kinds.front}#thoughts`);
    await stands(page, "/");
    await expect.poll(() => page.evaluate(() => Math.abs(document.getElementById("thoughts")!.getBoundingClientRect().top) < 200)).toBe(true);
    expect(await page.evaluate(() => [location.hash, document.activeElement?.id])).toEqual(["#thoughts", "thoughts"]);
    const requests: string[] = [];
    page.on("request", (request) => requests.push(request.url()));
    await follow(page, "#wire");
    await page.waitForTimeout(300);
    expect(await page.evaluate(() => location.hash)).toBe("#wire");
    expect(requests.filter((url) => !/\/(media|live|icon)/.test(url))).toEqual([]);
    await page.goBack();
    await page.waitForTimeout(300);
    expect(await page.evaluate(() => location.hash)).toBe("#thoughts");
    expect(await kept(page)).toBe(true);
  });

  test("a transition only where motion is welcome", async ({ readers, kinds }) => {
    const page = await readers.open("/", { reducedMotion: "reduce" });
    await follow(page, kinds.section);
    await stands(page, kinds.section);
    expect(await page.evaluate(() => window.transitions)).toBe(0);
    await page.emulateMedia({ reducedMotion: "no-preference" });
    await follow(page, kinds.place);
    await stands(page, kinds.place);
    expect(await page.evaluate(() => window.transitions)).toBe(1);
  });

  test("a pointer that rests on a link asks for its page once, and the click asks no more", async ({ readers }) => {
    const page = await readers.open("/");
    let asked = 0;
    page.on("request", (request) => request.url().endsWith("/culture") && asked++);
    await page.hover(".masthead__sections a[href='/culture']");
    await expect.poll(() => asked).toBe(1);
    await page.waitForTimeout(200);
    await page.click(".masthead__sections a[href='/culture']");
    await stands(page, "/culture");
    expect(asked).toBe(1);
  });
});
