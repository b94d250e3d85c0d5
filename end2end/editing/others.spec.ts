import { idOf } from "../desk.ts";
import { awake, change, expect, kept, within } from "../fixtures.ts";

// Two editors at one story: what one of them does around the words, the other's bar and drawer know.

const what = ".desk__what";

change("a publication stands in the other's bar, and her facts are kept all the same", async ({ readers, own, desk }) => {
  const [mika, daniel] = [await desk("mika"), await desk("daniel")];
  const story = await mika.begin("Ulaanbaatar counts its gers");
  const editor = await daniel.open(await readers.context(), `/story/-${story}`);
  const { page } = editor;
  await expect(page.locator(what)).toHaveText("Draft · v1");
  const facts = await editor.openFacts();
  await facts.getByRole("checkbox", { name: "Mongolia" }).check();
  await mika.publish(story);
  await expect(page.locator(what)).toHaveText("Published · v1", within(2));
  // What was chosen and not kept yet is still chosen, and is kept over what the other changed.
  await expect(facts.getByRole("checkbox", { name: "Mongolia" })).toBeChecked();
  await editor.keepFacts();
  await expect(editor.refusal).toBeHidden();
  await expect.poll(async () => (await fetch(`${own.url}/asia/mongolia`)).text(), within(3)).toContain("Ulaanbaatar counts its gers");
  expect(readers.complaints).toEqual([]);
});

change("facts that the other keeps are taken over, except where one chose oneself", async ({ readers, own, desk }) => {
  const [mika, daniel] = [await desk("mika"), await desk("daniel")];
  const story = await mika.begin("A draft for two");
  const [one, two] = [await mika.open(await readers.context(), `/story/-${story}`), await daniel.open(await readers.context(), `/story/-${story}`)];
  const [hers, his] = [await one.openFacts(), await two.openFacts()];
  await his.getByLabel("Genre").selectOption("analysis");
  await his.getByRole("checkbox", { name: "Japan" }).check();
  await hers.getByLabel("Section").selectOption("technology");
  await hers.getByRole("checkbox", { name: "Vietnam" }).check();
  await one.keepFacts();
  await expect(his.getByLabel("Section")).toHaveValue("technology", within(2));
  await expect(his.getByRole("checkbox", { name: "Vietnam" })).toBeChecked();
  await expect(his.getByLabel("Genre")).toHaveValue("analysis");
  await two.keepFacts();
  await expect(two.refusal).toBeHidden();
  await expect(two.page.locator(".story__kicker")).toHaveText(/Technology.*Vietnam.*Japan.*Analysis|Technology.*Japan.*Vietnam.*Analysis/);
  expect(await (await fetch(own.url)).text()).not.toContain("A draft for two");
  expect(readers.complaints).toEqual([]);
});

change("newer words are offered to who only reads the draft, and stand after a press", async ({ readers, kinds, desk }) => {
  const [mika, daniel] = [await desk("mika"), await desk("daniel")];
  const story = idOf(kinds.story);
  const editor = await daniel.open(await readers.context(), kinds.story);
  const { page } = editor;
  await awake(page);
  const offer = page.getByRole("button", { name: "Newer words" });
  await expect(offer).toBeHidden();
  const version = await mika.append(story, " Written by the other.");
  await expect(offer).toBeVisible(within(2));
  await expect(page.locator(".story__body")).not.toContainText("Written by the other.");
  await mika.publish(story);
  await expect(page.locator(what)).toHaveText(`Published · v${version}`, within(2));
  await offer.click();
  await expect(page.locator(".story__body")).toContainText("Written by the other.");
  await expect(offer).toBeHidden();
  expect(await kept(page)).toBe(true);
  // Who begins to edit has them; who leaves isn't offered their own.
  await mika.append(story, " Once more.");
  await expect(offer).toBeVisible(within(2));
  await editor.edit();
  await expect(offer).toBeHidden();
  await expect(page.locator(".story__body")).toContainText("Once more.");
  await editor.caretAtEnd(0);
  await page.keyboard.type(" Mine.");
  await page.keyboard.press("Escape");
  await expect(editor.mounted).toHaveCount(0);
  await page.waitForTimeout(500);
  await expect(offer).toBeHidden();
  expect(readers.complaints).toEqual([]);
});

change("a withdrawal is said to who edits, and nothing more is offered", async ({ readers, kinds, desk }) => {
  const [mika, daniel] = [await desk("mika"), await desk("daniel")];
  const editor = await daniel.open(await readers.context(), kinds.story);
  const { page } = editor;
  await editor.edit();
  await mika.withdraw(idOf(kinds.story), "The report turned out to be false.");
  await expect(page.locator(".live__said")).toContainText("The report turned out to be false.", within(2));
  await expect(page.locator(what)).toHaveText("Withdrawn");
  await expect(page.locator(".desk__publish")).toBeHidden();
  // Words that come too late are refused with a sentence, and stay on the page.
  await editor.caretAtEnd(0);
  await page.keyboard.type(" Too late.");
  await expect(editor.refusal).toContainText(/withdrawn/i);
  await expect(page.locator(".story__body")).toContainText("Too late.");
  expect(readers.complaints).toEqual([]);
});

change("steps are heard soon after a break", async ({ readers, kinds, own, desk }) => {
  change.setTimeout(60_000);
  const [mika, daniel] = [await desk("mika"), await desk("daniel")];
  const editor = await daniel.open(await readers.context(), kinds.story);
  await editor.edit();
  await own.end("SIGKILL");
  await own.start();
  await mika.append(idOf(kinds.story), " After the break.");
  await expect(editor.body).toContainText("After the break.", within(8));
});
