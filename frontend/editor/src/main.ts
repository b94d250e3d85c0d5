// The editor's module: loaded when Edit is pressed, given the story's words on the page, told to go when
// the page goes. The page's bar hears a sentence at each change of state.

import { type Handle, mount as mountOn, type MountOptions } from "./mount";
import type { State, Urls } from "./protocol";
import { tray } from "./tray";

export type { Handle, State, Urls };

/** What the page gives; what it leaves out is asked of the newsroom or made here. */
export interface Options extends Partial<Omit<MountOptions, "story" | "onState">> {
  story: string;
  /** Hears a sentence for the bar ("Saved 12:04:31"), and the state itself. */
  onState: (sentence: string, state: State) => void;
}

/** A mounted editor, in the words of the page's bar. */
export interface Editor extends Handle {
  /** Sends what is unsent; the version that holds all of it. Fails where the newsroom can't be reached. */
  settle(): Promise<number>;
  /** Gives the page back as it stands. What is unsent is kept in this browser. */
  leave(): Promise<void>;
}

/** Makes the words editable where they stand. */
export async function mount(element: HTMLElement, options: Options): Promise<Editor> {
  const { story, onState } = options;
  const desk = `/desk/story/${encodeURIComponent(story)}`;
  const urls = options.urls ?? { steps: `${desk}/steps`, stream: `/live/desk-${encodeURIComponent(story)}` };
  const { version, doc } =
    options.doc !== undefined && options.version !== undefined
      ? { version: options.version, doc: options.doc }
      : await opened(`${desk}/document`);
  const handle = mountOn(element, {
    ...options,
    ...whereReaderIs(options.at),
    urls,
    version,
    doc,
    onState: (state) => {
      if (state.kind === "dropped") tray(state.text);
      onState(sentence(state), state);
    },
  });
  return {
    ...handle,
    settle: async () => {
      const settled = await handle.publishVersion();
      if (settled === null) throw new Error("The newsroom can't be reached. Your words are kept in this browser.");
      return settled;
    },
    leave: async () => handle.destroy(),
  };
}

async function opened(url: string): Promise<{ version: number; doc: unknown }> {
  const response = await fetch(url, { credentials: "same-origin", cache: "no-store", headers: { accept: "application/json" } });
  if (!response.ok) throw new Error(`The draft could not be opened (${response.status}).`);
  return response.json() as Promise<{ version: number; doc: unknown }>;
}

/** Who has scrolled down begins to write there, not in the headline. */
function whereReaderIs(at: MountOptions["at"]): Pick<MountOptions, "at"> | Record<string, never> {
  if (at) return { at };
  if (window.scrollY < 200) return {};
  return { at: { left: window.innerWidth / 2, top: window.innerHeight / 3 } };
}

function sentence(state: State): string {
  switch (state.kind) {
    case "saving":
      return "Saving…";
    case "saved":
      return `Saved ${new Date(state.at).toLocaleTimeString("en-GB")}`;
    case "offline":
      return "Offline. Your words are kept in this browser.";
    case "refused":
      return state.sentence;
    case "dropped":
      return "Some of your words found no place.";
    case "publish":
      return "Publishing…";
    case "leave":
      return "";
  }
}
