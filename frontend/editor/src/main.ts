// The editor's module: loaded when Edit is pressed, given the story's words on the page, told to go when
// the page goes. `app/src/desk/editor.rs` calls it; the bar there finds the words for each state.

import { type Handle, mount as mountOn, type MountOptions } from "./mount";
import type { State, Urls } from "./protocol";
import { UnsavedStore } from "./store";

export type { Handle, MountOptions, State, Urls };

/** Makes the words editable where they stand. */
export function mount(element: HTMLElement, options: MountOptions): Handle {
  return mountOn(element, { ...options, ...whereReaderIs(options.at) });
}

/** Whether an earlier window left words of this story in the browser, and lives no more. */
export async function leftBehind(story: string): Promise<boolean> {
  const store = new UnsavedStore(story);
  if ((await store.leftBehind()).length > 0) return true;
  await store.unmark();
  return false;
}

/** Who has scrolled down begins to write there, not in the headline. */
function whereReaderIs(at: MountOptions["at"]): Pick<MountOptions, "at"> | Record<string, never> {
  if (at) return { at };
  if (window.scrollY < 200) return {};
  return { at: { left: window.innerWidth / 2, top: window.innerHeight / 3 } };
}
