// What the newsroom hasn't confirmed lies in IndexedDB before the next frame, so that neither a closed tab
// nor a killed browser loses a word. One record for each window; a window that still lives holds a lock.

import type { Unsaved } from "./collab";

const NAME = "desk";
const TABLE = "unsaved";

export interface Kept extends Unsaved {
  story: string;
}

export class UnsavedStore {
  private constructor(private readonly db: IDBDatabase | null, private readonly story: string) {}

  /** Opens the store; without one (a private window may have none) everything else still works. */
  static async open(story: string): Promise<UnsavedStore> {
    const db = await new Promise<IDBDatabase | null>((done) => {
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
    return new UnsavedStore(db, story);
  }

  /** Keeps or forgets a window's unsaved words. The write begins at once. */
  put(client: string, unsaved: Unsaved | null): Promise<void> {
    return this.write((table) => {
      if (unsaved) table.put({ ...unsaved, story: this.story });
      else table.delete([this.story, client]);
    });
  }

  /** What windows left behind that are no more. */
  async leftBehind(): Promise<Kept[]> {
    const { db } = this;
    if (!db) return [];
    const all = await new Promise<Kept[]>((done) => {
      const range = IDBKeyRange.bound([this.story], [this.story, []]);
      const reading = db.transaction(TABLE).objectStore(TABLE).getAll(range);
      reading.onsuccess = () => done(reading.result as Kept[]);
      reading.onerror = () => done([]);
    });
    const dead: Kept[] = [];
    for (const kept of all) {
      if (!(await this.lives(kept.client))) dead.push(kept);
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

  private write(change: (table: IDBObjectStore) => void): Promise<void> {
    const { db } = this;
    if (!db) return Promise.resolve();
    return new Promise((done) => {
      const tx = db.transaction(TABLE, "readwrite");
      tx.oncomplete = () => done();
      tx.onerror = () => done();
      tx.onabort = () => done();
      change(tx.objectStore(TABLE));
    });
  }
}
