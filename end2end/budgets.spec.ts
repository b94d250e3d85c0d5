import { request as ask } from "node:http";
import { expect, test } from "./fixtures.ts";

// What a reader's device has to fetch, in bytes over the wire.

const KB = 1000;

interface Sent {
  bytes: number;
  encoding: string | undefined;
  cache: string | undefined;
}

/** The size of an answer as it is sent to a browser that takes brotli. */
function sent(url: string): Promise<Sent> {
  return new Promise((done, failed) => {
    ask(url, { headers: { "accept-encoding": "br" } }, (answer) => {
      let bytes = 0;
      answer.on("data", (part: Buffer) => (bytes += part.length));
      answer.on("end", () => done({ bytes, encoding: answer.headers["content-encoding"], cache: answer.headers["cache-control"] }));
    })
      .on("error", failed)
      .end();
  });
}

test("pages, styles and code stay within their budgets", async ({ readers, shared, kinds }) => {
  const page = await (await readers.context()).newPage();
  const built = new Set<string>();
  page.on("request", (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.startsWith("/pkg/")) built.add(pathname);
  });
  for (const kind of ["front", "story"] as const) {
    await page.goto(kinds[kind]);
    await page.waitForSelector("html[data-ready]", { state: "attached" });
  }
  const files = new Map<string, Sent>();
  for (const path of built) files.set(path, await sent(shared.url + path));
  const sum = (fits: RegExp) => [...files].filter(([path]) => fits.test(path)).reduce((total, [, { bytes }]) => total + bytes, 0);
  const html: Record<string, number> = {};
  for (const kind of ["front", "section", "place", "story", "japanese", "arabic", "excerpt"] as const) {
    const answer = await sent(shared.url + kinds[kind]);
    expect(answer.encoding, kind).toBe("br");
    html[kind] = answer.bytes;
  }
  const code = sum(/\.(wasm|js)$/);
  const css = sum(/\.css$/);
  console.log("bytes in brotli:", JSON.stringify({ ...html, css, code, files: Object.fromEntries([...files].map(([path, { bytes }]) => [path.slice(5), bytes])) }));
  for (const [path, { encoding, cache }] of files) {
    expect(encoding, path).toBe("br");
    expect(cache, path).toContain("immutable");
  }
  expect.soft(html["front"]).toBeLessThanOrEqual(30 * KB);
  for (const kind of ["story", "japanese", "arabic", "excerpt"]) expect.soft(html[kind], kind).toBeLessThanOrEqual(20 * KB);
  expect.soft(css).toBeLessThanOrEqual(15 * KB);
  expect.soft(code).toBeLessThanOrEqual(110 * KB);
});

test("nothing jumps while a page comes", async ({ readers, kinds }) => {
  for (const kind of ["front", "story", "japanese", "arabic", "excerpt"] as const) {
    const page = await readers.open(kinds[kind], { viewport: { width: 390, height: 844 } });
    await page.waitForLoadState("networkidle").catch(() => {});
    await page.waitForTimeout(300);
    expect(await page.evaluate(() => window.shifts), kind).toBeLessThan(0.01);
    await page.close();
  }
});
