import { change, expect } from "./fixtures.ts";
import { idOf, textOf } from "./desk.ts";

// The server dies without a word, again and again, while two people type: no word is lost, none is there twice.

const KILLS = Number(process.env.KILLS ?? 20);

change(`kill -9 of the server ${KILLS} times while two browsers type`, async ({ readers, kinds, own, desk }) => {
  change.setTimeout(60_000 + KILLS * 4_000);
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
      await editor.page.waitForTimeout(20 + Math.random() * 80);
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
  await one.saved(40);
  await two.saved(40);
  const lena = await desk("lena");
  const text = async () => textOf((await lena.draft(story)).doc);
  const now = await text();
  const counts = typed.map((word) => [word, now.split(new RegExp(`\\b${word}\\b`)).length - 1] as const);
  const wrong = counts.filter(([, count]) => count !== 1);
  console.log(`${KILLS} kills, ${typed.length} words typed, ${counts.filter(([, count]) => count === 0).length} lost, ${counts.filter(([, count]) => count > 1).length} doubled`);
  expect(wrong).toEqual([]);
  const body = (await lena.draft(story)).doc.content!.find((part) => part.type === "body")!.content!;
  for (const editor of [one, two]) {
    expect(await editor.blocks()).toEqual(body.map(textOf));
  }
});
