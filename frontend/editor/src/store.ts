// What the newsroom hasn't confirmed lies in IndexedDB before the next frame, so that neither a closed tab
// nor a killed browser loses a word. One record for each window; a window that still lives holds a lock.
// Words without a place lie beside it, in records of their own. A name begins with the person whose words they are:
// who else signs in to this browser neither sees nor sends them. A mark in the browser's small store says that a
// story was edited here and not left in order: `app/src/desk/editor.rs` looks for it before it fetches this module.

import { fresh, type Unsaved } from "./protocol";

const NAME = "desk";
const TABLE = "unsaved";
const MARK = "desk/unsaved/";

export interface Kept extends Unsaved {
  story: string;
}

/** Words that can't be written into the story again, only shown. */
export interface Stranded {
  words: string;
}

export type Left = Kept | (Stranded & { story: string; client: string });

export class UnsavedStore {
  /** `null` where there is none: a private window may have none, and everything else still works. */
  private readonly db = new Promise<IDBDatabase | null>((done) => {
    try {
      const opening = indexedDB.open(NAME, 1);
      opening.onupgradeneeded = () => opening.result.createObjectStore(TABLE, { keyPath: ["story", "client"] });
      opening.onsuccess = () => done(opening.result);
      opening.onerror = () => done(null);
      opening.onblocked = () => done(null);
    } catch {
      done(null);
    }
  });

  private unlock = (): void => {};
  private readonly left = new Promise<void>((done) => { this.unlock = done; });
  /** Each is over once its lock is let go. */
  private readonly locks: Promise<unknown>[] = [];

  /** `staff` is whose words are looked for here. */
  constructor(private readonly story: string, private readonly staff: string) {}

  /** Keeps or forgets the record of this name. The answer is whether that is done: a disk may be full. */
  async put(client: string, left: Unsaved | Stranded | null): Promise<boolean> {
    const db = await this.db;
    if (!db) return false;
    return new Promise<boolean>((done) => {
      const tx = db.transaction(TABLE, "readwrite");
      tx.oncomplete = () => done(true);
      tx.onabort = () => done(false);
      const table = tx.objectStore(TABLE);
      if (left) table.put({ ...left, client, story: this.story });
      else table.delete([this.story, client]);
    }).catch(() => false);
  }

  /** What lies here for this story, of this person. */
  private async all(): Promise<Left[]> {
    return (await this.everybodys()).filter(({ client }) => isOf(this.staff, client));
  }

  private async everybodys(): Promise<Left[]> {
    const db = await this.db;
    if (!db) return [];
    return new Promise<Left[]>((done) => {
      const range = IDBKeyRange.bound([this.story], [this.story, []]);
      const reading = db.transaction(TABLE).objectStore(TABLE).getAll(range);
      reading.onsuccess = () => done(reading.result as Left[]);
      reading.onerror = () => done([]);
    }).catch(() => []);
  }

  /** What windows left behind that are no more. */
  async leftBehind(): Promise<Left[]> {
    const living = await this.living();
    return (await this.all()).filter(({ client }) => !living.includes(client));
  }

  /** Says that this window lives, until it leaves or is gone. */
  live(client: string): void {
    mark(this.story, true);
    if (navigator.locks) this.locks.push(navigator.locks.request(this.lock(client), () => this.left));
  }

  /** Nothing of this story is this window's any more. */
  async leave(): Promise<void> {
    this.unlock();
    await Promise.allSettled(this.locks);
  }

  /** Takes over what windows left that are no more: two that open at once don't both write it. */
  async takeOver(): Promise<Left[]> {
    const claimed: string[] = [];
    for (const { client } of await this.leftBehind()) {
      if (await this.claim(client)) claimed.push(client);
    }
    // Read once more: another window may have had it, and done with it, meanwhile.
    return (await this.all()).filter(({ client }) => claimed.includes(client));
  }

  private async claim(client: string): Promise<boolean> {
    if (!navigator.locks) return true;
    return new Promise((done) => {
      const claimed = navigator.locks.request(this.lock(client), { ifAvailable: true }, (lock) => {
        done(lock !== null);
        return lock ? this.left : undefined;
      });
      this.locks.push(claimed);
    });
  }

  /** Takes the mark away where no window lives and nothing lies here. */
  async unmark(): Promise<void> {
    const [living, all] = [await this.living(), await this.everybodys()];
    if (living.length === 0 && all.length === 0) mark(this.story, false);
  }

  /** The names of this story's windows. */
  private async living(): Promise<string[]> {
    const { held = [] } = (await navigator.locks?.query()) ?? {};
    const ours = this.lock("");
    return held.flatMap(({ name }) => (name?.startsWith(ours) ? [name.slice(ours.length)] : []));
  }

  private lock(client: string): string {
    return `${NAME}/${this.story}/${client}`;
  }
}

/** A name that nobody else makes, for a window or a record of this person. */
export function named(staff: string): string {
  return `${staff}.${fresh()}`;
}

function isOf(staff: string, name: string): boolean {
  return name.startsWith(`${staff}.`);
}

/** A browser that has no small store for this page finds what was left when Edit is pressed. */
function mark(story: string, edited: boolean): void {
  try {
    if (edited) localStorage.setItem(MARK + story, "");
    else localStorage.removeItem(MARK + story);
  } catch {
    // Nothing is kept there, then.
  }
}
