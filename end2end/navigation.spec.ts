import type { Page } from "@playwright/test";
import { awake, change, expect, follow, headOf, mainOf, settled, stands, test, within } from "./fixtures.ts";
import { idOf } from "./desk.ts";

const card = (page: Page, nth = 0) => page.locator("main .card__headline a").nth(nth);
const kept = (page: Page) => page.evaluate(() => window.kept === 1);
const top = (page: Page) => page.evaluate(() => Math.round(scrollY));
const path = (page: Page) => page.evaluate(() => location.pathname);

async function scrollTo(page: Page, y: number): Promise<void> {
  await page.evaluate((y) => window.scrollTo(0, y), y);
  await page.waitForTimeout(200); // The place is written down once the reader stands still.
}

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
    await scrollTo(page, 1500);
    await follow(page, kinds.story);
    await stands(page, kinds.story);
    await scrollTo(page, 700);
    await page.goBack();
    await stands(page, "/");
    await expect.poll(() => top(page)).toBe(1500);
    await page.goForward();
    await stands(page, kinds.story);
    await expect.poll(() => top(page)).toBe(700);
    for (const to of [kinds.section, kinds.japanese, kinds.place]) {
      await follow(page, to);
      await stands(page, to);
    }
    await page.evaluate(() => history.go(-4));
    await stands(page, "/");
    await expect.poll(() => top(page)).toBe(1500);
    expect(await kept(page)).toBe(true);
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
    await page.evaluate(() => {
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      const texts: Text[] = [];
      while (walker.nextNode()) texts.push(walker.currentNode as Text);
      for (const text of texts) {
        if (!text.data.trim() || text.parentElement?.closest("script, leptos-island")) continue;
        const [outer, inner] = [document.createElement("font"), document.createElement("font")];
        inner.textContent = `${text.data}·`;
        outer.append(inner);
        text.replaceWith(outer);
      }
    });
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
    await page.evaluate(() => {
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      const texts: Text[] = [];
      while (walker.nextNode()) texts.push(walker.currentNode as Text);
      for (const text of texts) {
        if (!text.data.trim() || text.parentElement?.tagName === "SCRIPT") continue;
        const font = document.createElement("font");
        font.textContent = `${text.data}·`;
        text.replaceWith(font);
      }
    });
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
