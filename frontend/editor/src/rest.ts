// An editor that has gone from its page and still has unsent words: they are sent on, as long as the document lives.

import type { Collab } from "./collab";
import type { Keeper } from "./keeper";

/** Ends what goes on for a story. */
const resting = new Map<string, () => Promise<void>>();

/** Sends on what is unsent, until nothing is or another editor takes it up. */
export async function rest(story: string, link: Collab, keeper: Keeper): Promise<void> {
  const end = async (): Promise<void> => {
    if (resting.get(story) === end) resting.delete(story);
    link.destroy();
    await keeper.leave();
  };
  resting.set(story, end);
  // What the browser can't keep is shown at once.
  if ((await link.flush()) || (await keeper.kept())) await link.drain();
  await end();
}

/** The story is opened again: what is unsent is left for the next editor to take up. */
export async function resumed(story: string): Promise<void> {
  await resting.get(story)?.();
}
