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

change("what one is choosing or asking stays while the other writes, keeps and publishes", async ({ readers, desk }) => {
  const [mika, daniel] = [await desk("mika"), await desk("daniel")];
  const story = await mika.begin("A draft under two hands");
  const [one, two] = [await mika.open(await readers.context(), `/story/-${story}`), await daniel.open(await readers.context(), `/story/-${story}`)];
  const his = await two.openFacts();
  const slug = his.getByLabel("Slug");
  await slug.click();
  await two.page.keyboard.type("by-");
  const version = async (n: number) => expect(two.page.locator(what)).toHaveText(new RegExp(`v${n}$`), within(2));
  // While he types: her words, her facts, her publication.
  await two.editButton.click();
  await expect(two.mounted).toBeVisible();
  await slug.focus();
  await mika.steps(story, [{ stepType: "replace", from: 1, to: 1, slice: { content: [{ type: "text", text: "Still " }] } }]);
  await version(2);
  await slug.press("End");
  await two.page.keyboard.type("two-");
  await (await one.openFacts()).getByLabel("Section").selectOption("technology");
  await one.keepFacts();
  await expect(his.getByLabel("Section")).toHaveValue("technology", within(2));
  await two.page.keyboard.type("hands");
  await expect(slug).toHaveValue("by-two-hands");
  await slug.press("Home");
  await two.page.keyboard.type("x");
  await mika.publish(story);
  await expect(two.page.locator(what)).toHaveText("Published · v2", within(2));
  await expect(slug).toHaveValue("xby-two-hands");
  // The question whether a withdrawal is meant stands as long as nobody answers it.
  await his.getByLabel("Withdraw: the reason, for readers").fill("Nothing of it is true.");
  await his.getByRole("button", { name: "Withdraw for ever" }).click();
  const sure = his.locator(".desk__sure");
  await expect(sure).toContainText("Press once more");
  await expect(sure).toBeInViewport({ ratio: 1 });
  await mika.steps(story, [{ stepType: "replace", from: 1, to: 1, slice: { content: [{ type: "text", text: "Yes, " }] } }]);
  await expect(two.page.locator("h1.story__headline")).toContainText("Yes, Still", within(2));
  await his.getByRole("button", { name: "Yes, withdraw for ever" }).click();
  await expect(two.page.locator("h1")).toHaveText("This story was withdrawn", within(3));
  expect(readers.complaints).toEqual([]);
});

change("the note beside an agency's headline stays while the other places it", async ({ readers, kinds, desk }) => {
  const [mika, daniel] = [await desk("mika"), await desk("daniel")];
  const [one, two] = [await mika.open(await readers.context(), kinds.excerpt), await daniel.open(await readers.context(), kinds.excerpt)];
  const his = await two.openFacts();
  const note = his.getByLabel("Note beside the agency's headline");
  await note.click();
  await two.page.keyboard.type("Half a ");
  await (await one.openFacts()).getByRole("checkbox", { name: "Bhutan" }).check();
  await one.keepFacts();
  await expect(his.getByRole("checkbox", { name: "Bhutan" })).toBeChecked();
  await two.page.keyboard.type("sentence");
  await expect(note).toHaveValue("Half a sentence");
  await two.keepFacts();
  await expect(two.refusal).toBeHidden();
  await expect(two.page.locator(".story__kicker")).toContainText("Bhutan");
  await expect(two.page.getByText("Half a sentence").first()).toBeVisible();
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
