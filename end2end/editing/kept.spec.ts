import type { Page } from "@playwright/test";
import { awake, change, expect, follow, stands } from "../fixtures.ts";
import { EditorPage, idOf, staffOf, textOf } from "../desk.ts";

// Words that could not be sent, or have no place any more: they are there until the editor says that she has them.

const STEPS = "**/desk/story/*/steps";
const REFUSED = { status: 422, json: { refusal: "NotOurSchema", sentence: "The newsroom doesn't take this." } };

/** What the browser keeps. */
const kept = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<unknown[]>((done) => {
        const opening = indexedDB.open("desk", 1);
        opening.onsuccess = () => {
          const asked = opening.result.transaction("unsaved").objectStore("unsaved").getAll();
          asked.onsuccess = () => done(asked.result);
        };
      }),
  );

/** How many records the browser keeps. */
const records = async (page: Page) => (await kept(page)).length;

async function reloaded({ page }: EditorPage): Promise<void> {
  await page.reload();
  await awake(page);
}

/** They stand in the tray in every new window, until the editor has taken them. */
async function untilTaken(editor: EditorPage, words: string): Promise<void> {
  const { page, tray } = editor;
  for (let visit = 0; visit < 2; visit++) {
    await reloaded(editor);
    await expect(editor.mounted).toBeVisible();
    await expect(tray).toHaveValue(new RegExp(words));
    expect((await tray.inputValue()).split(words)).toHaveLength(2);
  }
  await page.getByRole("button", { name: "I have them" }).click();
  await expect(tray).toHaveCount(0);
  await expect.poll(() => records(page)).toBe(0);
  await page.keyboard.press("Escape");
  await expect(editor.mounted).toHaveCount(0);
  await reloaded(editor);
  await editor.edit();
  await page.waitForTimeout(500);
  await expect(tray).toHaveCount(0);
}

change("refused words stay in the tray over every visit, until they are taken", async ({ readers, kinds, desk }) => {
  const editor = await (await desk()).open(await readers.context(), kinds.story);
  const { page } = editor;
  await editor.edit();
  await page.route(STEPS, (route) => (route.request().method() === "POST" ? route.fulfill(REFUSED) : route.continue()));
  await editor.caretAtEnd(0);
  await page.keyboard.type(" Refused", { delay: 5 });
  await expect(editor.refusal).toContainText("doesn't take this");
  await page.keyboard.type(" for good.", { delay: 5 });
  await expect(editor.tray).toHaveValue(/Refused for good\./);
  await expect(editor.body).toContainText("Refused for good.");
  await page.unroute(STEPS);
  await untilTaken(editor, "Refused for good.");
  expect(readers.complaints).toEqual([]);
});

change("words whose paragraph was deleted stay in the tray over every visit, until they are taken", async ({ readers, kinds, desk }) => {
  const mika = await desk();
  const editor = await mika.open(await readers.context(), kinds.story);
  const { page } = editor;
  await editor.edit();
  await page.route(STEPS, (route) => route.abort());
  await editor.caretAtEnd(1);
  await page.keyboard.type(" Without a place.");
  await (await desk("daniel")).cut(idOf(kinds.story), 1);
  await expect(editor.tray).toHaveValue(/Without a place\./);
  // Until then the browser would ask whether to leave.
  await expect.poll(async () => JSON.stringify(await kept(page))).toContain("Without a place.");
  await page.unroute(STEPS);
  await untilTaken(editor, "Without a place.");
  expect(textOf((await mika.draft(idOf(kinds.story))).doc)).not.toContain("Without a place.");
});

change("a record that can't be read is shown, not tried for ever", async ({ readers, kinds, desk }) => {
  const story = idOf(kinds.story);
  const editor = await (await desk()).open(await readers.context(), kinds.story);
  const { page } = editor;
  await editor.edit();
  await page.keyboard.press("Escape");
  const client = `${await staffOf(page)}.gone`;
  await page.evaluate(
    ([story, client]) =>
      new Promise<void>((done) => {
        const opening = indexedDB.open("desk", 1);
        opening.onsuccess = () => {
          const tx = opening.result.transaction("unsaved", "readwrite");
          const slice = { content: [{ type: "text", text: "Of another build." }] };
          const steps = [{ stepType: "unknown", slice }];
          tx.objectStore("unsaved").put({ story, client, version: 0, doc: {}, steps, flying: null, refused: false });
          tx.oncomplete = () => done(localStorage.setItem(`desk/unsaved/${story}`, ""));
        };
      }),
    [story, client] as const,
  );
  await untilTaken(editor, "Of another build.");
});

/** Two ways in which a browser keeps nothing. */
const LACKS = {
  "without a database": () => {
    indexedDB.open = () => {
      throw new DOMException("not in this window", "SecurityError");
    };
  },
  "with a full disk": () => {
    IDBObjectStore.prototype.put = () => {
      throw new DOMException("full", "QuotaExceededError");
    };
  },
};

for (const [lack, broken] of Object.entries(LACKS)) {
  change(`${lack} the editor hears that words are not kept, and the browser asks before it closes`, async ({ readers, kinds, desk }) => {
    const mika = await desk();
    const story = idOf(kinds.story);
    const context = await readers.context();
    await context.addInitScript(broken);
    const editor = await mika.open(context, kinds.story);
    const { page } = editor;
    let asked = 0;
    page.on("dialog", (dialog) => {
      asked++;
      void dialog.dismiss();
    });
    await editor.edit();
    await page.route(STEPS, (route) => (route.request().method() === "POST" ? route.abort() : route.continue()));
    await editor.caretAtEnd(0);
    await page.keyboard.type(" Only on this page.");
    await expect(editor.state).toHaveText(/^Not kept on this device yet/);
    // Also when the network is what is missing.
    await page.waitForTimeout(1_500);
    await expect(editor.state).toHaveText(/^Not kept on this device yet/);
    await page.close({ runBeforeUnload: true });
    await expect.poll(() => asked).toBe(1);

    await page.unroute(STEPS);
    await editor.saved(20);
    expect(textOf((await mika.draft(story)).doc)).toContain("Only on this page.");
    // Nothing is unsent: nobody is asked.
    await reloaded(editor);
    expect(asked).toBe(1);

    // Another page in the same document: the words go with theirs, but not out of sight.
    await editor.edit();
    await page.route(STEPS, (route) => (route.request().method() === "POST" ? route.abort() : route.continue()));
    await editor.caretAtEnd(0);
    await page.keyboard.type(" Left behind.");
    await expect(editor.state).toHaveText(/^Not kept on this device yet/);
    await follow(page, "/business");
    await stands(page, "/business");
    await expect(editor.tray).toHaveValue(/Left behind\./);
    await page.close({ runBeforeUnload: true });
    await expect.poll(() => asked).toBe(2);
    await page.getByRole("button", { name: "I have them" }).click();
    await page.reload();
    expect(asked).toBe(2);
  });
}

change("an editor that has gone before its store was open holds no lock", async ({ readers, kinds, desk }) => {
  const mika = await desk();
  const story = idOf(kinds.story);
  const { page } = await mika.open(await readers.context(), kinds.story);
  const held = await page.evaluate(
    async ({ story, draft }) => {
      type Module = { mount(element: Element, options: object): { destroy(): void } };
      const { mount } = await (globalThis as unknown as { openEditor(): Promise<Module> }).openEditor();
      const urls = { steps: `/desk/story/${story}/steps` };
      mount(document.querySelector(".story__words")!, { story, ...draft, urls, onState: () => {} }).destroy();
      await new Promise((go) => setTimeout(go, 1_000));
      return ((await navigator.locks.query()).held ?? []).map(({ name }) => name);
    },
    { story, draft: await mika.draft(story) },
  );
  expect(held).toEqual([]);
});

change("an editor that comes after its page has gone writes nothing on the next one", async ({ readers, kinds, desk }) => {
  const mika = await desk();
  // The first story's version is not the second one's.
  await mika.append(idOf(kinds.story), " Once more.");
  await mika.append(idOf(kinds.story), " And again.");
  const next = await mika.draft(idOf(kinds.japanese));
  const editor = await mika.open(await readers.context(), kinds.story);
  const { page } = editor;
  let come = () => {};
  const gate = new Promise<void>((go) => (come = go));
  await page.route("**/desk/story/*/document", async (route) => {
    await gate;
    await route.continue();
  });
  await editor.editButton.click();
  await follow(page, kinds.japanese);
  await stands(page, kinds.japanese);
  const loaded = page.waitForResponse("**/desk/story/*/document");
  come();
  await loaded;
  await page.waitForTimeout(500);
  await expect(editor.mounted).toHaveCount(0);
  await expect(editor.editButton).toBeVisible();
  const sent = page.waitForRequest("**/api/publish");
  await page.keyboard.press("Control+Enter");
  expect((await sent).postDataJSON()).toEqual({ story: idOf(kinds.japanese), version: next.version });
  // The next page is edited as any other.
  await editor.edit();
});
