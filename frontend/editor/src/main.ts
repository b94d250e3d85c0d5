// The editor's module: loaded when Edit is pressed, given the story's words on the page, told to go when
// the page goes. `app/src/desk/editor.rs` calls it; the bar there finds the words for each state.

import { type Handle, mount as mountOn, type MountOptions } from "./mount";
import { Keeper } from "./keeper";
import { wordsIn } from "./lost";
import type { State, Urls } from "./protocol";
import { resumed } from "./rest";
import { UnsavedStore } from "./store";

export type { Handle, MountOptions, State, Urls };

/** Makes the words editable where they stand. */
export function mount(element: HTMLElement, options: MountOptions): Handle {
  return mountOn(element, { ...options, ...whereReaderIs(options.at) });
}

/** Whether an earlier window of this person left words of this story in the browser, and lives no more. */
export async function leftBehind(story: string, staff: string): Promise<boolean> {
  await resumed(story);
  const store = new UnsavedStore(story, staff);
  if ((await store.leftBehind()).length > 0) return true;
  await store.unmark();
  return false;
}

/** Shows what this person left of a story that can't be opened any more. */
export async function show(story: string, staff: string): Promise<void> {
  const keeper = new Keeper(story, staff, () => {});
  for (const left of await keeper.takeOver()) {
    keeper.show(left.client, "words" in left ? left.words : wordsIn(left.steps));
  }
}

/** Who has scrolled down begins to write there, not in the headline. */
function whereReaderIs(at: MountOptions["at"]): Pick<MountOptions, "at"> | Record<string, never> {
  if (at) return { at };
  if (window.scrollY < 200) return {};
  return { at: { left: window.innerWidth / 2, top: window.innerHeight / 3 } };
}
