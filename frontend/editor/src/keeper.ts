// Sees to it that no word goes with its page. What is unsent lies in the store; what has no place in the story
// stands in the tray, and lies in the store until the editor has it. While anything lies in neither newsroom nor
// store, the browser asks before it closes the page.

import { wordsIn } from "./lost";
import type { State, Unsaved } from "./protocol";
import { type Left, named, type Stranded, UnsavedStore } from "./store";
import { tray } from "./tray";

/** Names of the records that lie in this page alone, of all editors that were on it. */
const unkept = new Set<string>();

export class Keeper {
  private readonly store: UnsavedStore;
  private unsaved: Unsaved | null = null;
  private last = Promise.resolve(true);
  private gone = false;

  private readonly client: string;

  constructor(story: string, private readonly staff: string, private readonly onState: (state: State) => void, client = named(staff)) {
    this.client = client;
    this.store = new UnsavedStore(story, staff);
    this.store.live(client);
  }

  /** Tells the page how the words stand; what could not be kept isn't said to be. */
  report(state: State): void {
    if (state.kind === "dropped") this.strand(state.text);
    else this.tell(state.kind === "offline" && unkept.has(this.client) ? { kind: "unkept" } : state);
  }

  /** Keeps what this window hasn't sent. What the newsroom refused for good is shown as well. */
  keep(unsaved: Unsaved | null): void {
    this.unsaved = unsaved;
    // Begun at once and never held back: what a page has begun to write is written although the page goes.
    const last = this.put(this.client, unsaved);
    this.last = last;
    void last.then((kept) => {
      if (!kept && this.last === last) this.tell({ kind: "unkept" });
    });
    if (unsaved?.refused) this.show(this.client, wordsIn(unsaved.steps));
  }

  /** Whether all of this window's words lie in the store or with the newsroom. */
  kept(): Promise<boolean> {
    return this.last;
  }

  /** What earlier windows left, for this one to write or to show. */
  takeOver(): Promise<Left[]> {
    return this.store.takeOver();
  }

  /** Takes words that have no place in the story, in the place of the record they were in. */
  strand(words: string, record = named(this.staff)): void {
    void this.put(record, words ? { words } : null);
    if (!words) return;
    this.show(record, words);
    this.tell({ kind: "dropped", text: words });
  }

  /** Shows a record's words until the editor has them: not before that they are forgotten. */
  show(record: string, words: string): void {
    if (words) tray(record, words, () => void this.put(record, null));
  }

  /** Nothing is sent from here any more. Words that lie nowhere else stay in sight. */
  async leave(): Promise<void> {
    this.gone = true;
    await this.last;
    if (unkept.has(this.client) && this.unsaved) this.strand(wordsIn(this.unsaved.steps), this.client);
    await this.store.leave();
    await this.store.unmark();
  }

  private tell(state: State): void {
    // The page may be another one by now.
    if (!this.gone) this.onState(state);
  }

  private async put(record: string, left: Unsaved | Stranded | null): Promise<boolean> {
    mark(record, left === null);
    const kept = (await this.store.put(record, left)) || left === null;
    mark(record, kept);
    return kept;
  }
}

function mark(record: string, kept: boolean): void {
  if (kept) unkept.delete(record);
  else unkept.add(record);
  if (unkept.size > 0) window.addEventListener("beforeunload", ask);
  else window.removeEventListener("beforeunload", ask);
}

function ask(event: BeforeUnloadEvent): void {
  event.preventDefault();
}
