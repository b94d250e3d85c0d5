import { change, expect } from "./fixtures.ts";
import { idOf, textOf } from "./desk.ts";

// The server dies without a word, again and again, while two people type: no word is lost, none is there twice.

const KILLS = Number(process.env.KILLS ?? 20);

change(`kill -9 of the server ${KILLS} times while two browsers type`, async ({ readers, kinds, own, desk }) => {
  change.setTimeout(150_000 + KILLS * 4_000);
  const story = idOf(kinds.story);
  const one = await (await desk("mika")).open(await readers.context(), kinds.story);
  const two = await (await desk("daniel")).open(await readers.context(), kinds.story);
  for (const [editor, paragraph] of [[one, 0], [two, 3]] as const) {
    await editor.edit();
    await editor.caretAtEnd(paragraph);
  }
  let over = false;
  const typed: string[] = [];
  const type = async (editor: typeof one, side: string) => {
    for (let n = 0; !over; n++) {
      const word = `k${n}${side}x`;
      await editor.page.keyboard.type(` ${word}`, { delay: 5 });
      typed.push(word);
      await editor.page.waitForTimeout(Math.random() * 60);
    }
  };
  const writers = [type(one, "a"), type(two, "b")];
  for (let n = 0; n < KILLS; n++) {
    await new Promise((go) => setTimeout(go, 200 + Math.random() * 500));
    await own.end("SIGKILL");
    await new Promise((go) => setTimeout(go, Math.random() * 300));
    await own.start();
  }
  over = true;
  await Promise.all(writers);
  await one.saved(45);
  await two.saved(45);
  const lena = await desk("lena");
  const doc = async () => (await lena.draft(story)).doc;
  const times = (text: string, word: string) => text.split(new RegExp(`\\b${word}\\b`)).length - 1;
  const text = textOf(await doc());
  const counts = typed.map((word) => [word, times(text, word)] as const);
  console.log(`${KILLS} kills, ${typed.length} words typed, ${counts.filter(([, n]) => n === 0).length} lost, ${counts.filter(([, n]) => n > 1).length} doubled`);
  expect(counts.filter(([, n]) => n !== 1)).toEqual([]);
  // A stream that broke comes back after up to 35 seconds; then both windows show what the server has.
  const blocks = (await doc()).content!.find((part) => part.type === "body")!.content!.map(textOf);
  for (const editor of [one, two]) await expect.poll(() => editor.blocks(), { timeout: 45_000, intervals: [200] }).toEqual(blocks);
});
