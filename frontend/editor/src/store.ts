// What the newsroom hasn't confirmed lies in IndexedDB before the next frame, so that neither a closed tab
// nor a killed browser loses a word. One record for each window; a window that still lives holds a lock.
// Words without a place lie beside it, in records of their own.

import type { Unsaved } from "./collab";

const NAME = "desk";
const TABLE = "unsaved";

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

  constructor(private readonly story: string) {}

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

  /** What windows left behind that are no more. */
  async leftBehind(): Promise<Left[]> {
    const db = await this.db;
    if (!db) return [];
    const all = await new Promise<Left[]>((done) => {
      const range = IDBKeyRange.bound([this.story], [this.story, []]);
      const reading = db.transaction(TABLE).objectStore(TABLE).getAll(range);
      reading.onsuccess = () => done(reading.result as Left[]);
      reading.onerror = () => done([]);
    }).catch(() => []);
    const dead: Left[] = [];
    for (const left of all) {
      if (!(await this.lives(left.client))) dead.push(left);
    }
    return dead;
  }

  /** Says that this window lives, until the returned function is called or the window is gone. */
  live(client: string): () => void {
    let release = (): void => {};
    const until = new Promise<void>((done) => { release = done; });
    void navigator.locks?.request(this.lock(client), () => until);
    return release;
  }

  private async lives(client: string): Promise<boolean> {
    if (!navigator.locks) return false;
    return navigator.locks.request(this.lock(client), { ifAvailable: true }, (lock) => lock === null);
  }

  private lock(client: string): string {
    return `${NAME}/${this.story}/${client}`;
  }
}
