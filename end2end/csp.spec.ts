import { awake, expect, settled, test } from "./fixtures.ts";
import { READABLE } from "./pages.ts";

// A page of ours runs our scripts and nobody else's, asks nobody else for anything, and leaves nothing behind.

test("no violation, no error in the console, no third party: every kind of page", async ({ readers, kinds }) => {
  const context = await readers.context();
  await context.addInitScript(() => {
    addEventListener("securitypolicyviolation", (event) => console.error(`violation: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`));
  });
  const page = await context.newPage();
  for (const kind of [...READABLE, "missing" as const]) {
    const answer = await page.goto(kinds[kind]);
    await awake(page);
    await settled(page);
    const headers = await answer!.allHeaders();
    expect(headers["set-cookie"], kind).toBeUndefined();
    const csp = headers["content-security-policy"] ?? "";
    expect(csp, kind).toContain("script-src");
    expect(csp, kind).not.toContain("unsafe-inline");
    expect(csp.replaceAll("'wasm-unsafe-eval'", ""), kind).not.toContain("unsafe-eval");
    expect(headers["x-content-type-options"], kind).toBe("nosniff");
  }
  expect(await context.cookies()).toEqual([]);
  expect(await page.evaluate(() => Object.keys(localStorage))).toEqual([]);
  expect(readers.complaints).toEqual([]);
});

test("markup that got into a page runs nothing", async ({ readers, kinds }) => {
  const page = await (await readers.context()).newPage();
  await page.route(`**${kinds.story}`, async (route) => {
    const answer = await route.fetch();
    const bad = `<script>window.bad=1</script><img src="/none" onerror="window.bad=2"><svg onload="window.bad=3"></svg><style>h1{display:none}</style>`;
    const body = (await answer.text()).replace('<div class="story__body">', `<div class="story__body">${bad}`);
    await route.fulfill({ response: answer, body });
  });
  await page.goto(kinds.story);
  await awake(page);
  await settled(page);
  expect(await page.evaluate(() => (window as unknown as { bad?: number }).bad)).toBeUndefined();
  await expect(page.locator("h1")).toBeVisible();
  expect(readers.complaints.length).toBeGreaterThan(0);
});

test("a reader gets no byte of the desk", async ({ readers, kinds }) => {
  const page = await (await readers.context()).newPage();
  const asked: string[] = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  for (const kind of ["front", "story", "excerpt"] as const) {
    await page.goto(kinds[kind]);
    await awake(page);
    await settled(page);
  }
  expect(asked.filter((path) => /desk|editor/.test(path))).toEqual([]);
  expect(await page.content()).not.toMatch(/desk__|data-desk|ProseMirror/);
});

test("the same bytes for everybody, known by their mark", async ({ shared, kinds }) => {
  for (const kind of READABLE.filter((kind) => kind !== "signIn")) {
    const [one, two] = await Promise.all([fetch(shared.url + kinds[kind]), fetch(shared.url + kinds[kind], { headers: { cookie: "other=1" } })]);
    expect(await one.text(), kind).toBe(await two.text());
    const etag = one.headers.get("etag")!;
    expect(etag, kind).toMatch(/^"/);
    const known = await fetch(shared.url + kinds[kind], { headers: { "if-none-match": etag } });
    expect(known.status, kind).toBe(304);
  }
});
