// The whole site as pictures, for the eye: target/shots/{page}-{width}-{scheme}.png.
// With LOOK_DIR the static pages of the design beside them: target/shots/look-….
import { existsSync, mkdirSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { type Page, chromium } from "@playwright/test";
import lay from "./edition.ts";
import { Desk, idOf } from "./desk.ts";
import { Newsroom, ROOT } from "./newsroom.ts";
import { find } from "./pages.ts";

const OUT = join(ROOT, "target/shots");
const WIDTHS = [390, 820, 1440];
const SCHEMES = ["light", "dark"] as const;
/** Which page of the design shows the same kind. */
const LOOK: Record<string, string> = {
  front: "front", section: "section", place: "place", story: "story", "story-ja": "story-ja", "story-ar": "story-ar",
  "story-th": "story-th", excerpt: "excerpt", contacts: "contacts", "sign-in": "sign-in", 404: "not-found", editing: "story-editing",
};

const only = process.argv.slice(2);
const wanted = (name: string) => only.length === 0 || only.includes(name);

/** The whole page, with the pictures that come only when they are near. */
async function shoot(page: Page, name: string): Promise<void> {
  await page.evaluate(async () => {
    for (const image of document.images) image.loading = "eager";
    await Promise.all([...document.images].map((image) => image.decode().catch(() => {})));
    await document.fonts.ready;
  });
  await page.screenshot({ path: join(OUT, `${name}.png`), fullPage: true, animations: "disabled" });
}

if (only.length === 0) rmSync(OUT, { recursive: true, force: true });
mkdirSync(OUT, { recursive: true });
const takeAway = lay();
const newsroom = await Newsroom.open();
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: (process.env.CHROMIUM_FLAGS ?? (process.getuid?.() === 0 ? "--no-sandbox" : "")).split(" ").filter(Boolean),
});
try {
  const kinds = await find(newsroom.url);
  const mika = await Desk.signIn(newsroom.url, "mika");
  await mika.withdraw(idOf(kinds.withdrawn), "The report turned out to be about another town.");
  const pages: Record<string, string> = {
    front: kinds.front, section: kinds.section, "section-place": kinds.sectionPlace, region: kinds.region, place: kinds.place,
    story: kinds.story, "story-ja": kinds.japanese, "story-ar": kinds.arabic, "story-th": kinds.thai, excerpt: kinds.excerpt,
    contacts: kinds.contacts, "sign-in": kinds.signIn, 404: kinds.missing, 410: kinds.withdrawn,
  };
  for (const width of WIDTHS) {
    for (const colorScheme of SCHEMES) {
      const options = { viewport: { width, height: 900 }, colorScheme, locale: "en-GB", timezoneId: "Europe/Prague", reducedMotion: "reduce" as const };
      const readers = await browser.newContext({ ...options, baseURL: newsroom.url });
      const page = await readers.newPage();
      for (const [name, path] of Object.entries(pages)) {
        if (!wanted(name)) continue;
        await page.goto(path);
        await page.waitForSelector("html[data-ready]", { state: "attached", timeout: 5_000 }).catch(() => {});
        await shoot(page, `${name}-${width}-${colorScheme}`);
      }
      await readers.close();
      if (wanted("editing")) {
        const staff = await browser.newContext({ ...options, baseURL: newsroom.url });
        const editor = await mika.open(staff, kinds.story);
        await editor.edit();
        await editor.caretAtEnd(0);
        await editor.openFacts();
        await editor.page.evaluate(() => window.scrollTo(0, 0));
        await shoot(editor.page, `editing-${width}-${colorScheme}`);
        await staff.close();
      }
      if (process.env.LOOK_DIR) {
        const look = await browser.newContext(options);
        const sheet = await look.newPage();
        for (const [name, file] of Object.entries(LOOK)) {
          const path = resolve(process.env.LOOK_DIR, `${file}.html`);
          if (!wanted(name) || !existsSync(path)) continue;
          await sheet.goto(pathToFileURL(path).href);
          await shoot(sheet, `look-${name}-${width}-${colorScheme}`);
        }
        await look.close();
      }
    }
  }
} finally {
  await browser.close();
  await newsroom.close();
  takeAway();
}
