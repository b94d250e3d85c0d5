// What the editor and the newsroom say to each other, and what the editor tells the page around it.

/** Addresses of this story at the desk. */
export interface Urls {
  /** `/desk/story/{id}/steps`: POST sends steps, GET with `?since=` asks for what was missed. */
  steps: string;
}

/** Steps in order, ours among them: an event of the stream, the answer to `?since=`, and to a batch that came too late. */
export interface StepsEvent {
  /** The version before the first one. */
  since: number;
  /** The version after the last one. */
  version: number;
  steps: unknown[];
  /** The window each one came from. */
  clients: string[];
}

/** What the page is told. Nothing is "saved" before the newsroom has said so. */
export type State =
  | { kind: "saving" }
  | { kind: "saved"; at: number; version: number }
  | { kind: "offline" }
  /** What is unsent isn't in the browser's store either: it goes with the page. */
  | { kind: "unkept" }
  /** The newsroom takes nothing, and why; with an empty sentence: it takes everything again. */
  | { kind: "refused"; sentence: string }
  | { kind: "dropped"; text: string }
  /** Something was not done at all, and why. */
  | { kind: "declined"; sentence: string }
  | { kind: "publish" }
  | { kind: "leave" };

/** Steps on their way: sent again, they carry the same name, so that they count once. */
export interface Batch {
  version: number;
  batch: string;
  client: string;
  steps: unknown[];
}

/** What must survive this page: the last confirmed document and what was written on it since. */
export interface Unsaved {
  client: string;
  version: number;
  doc: unknown;
  steps: unknown[];
  flying: Batch | null;
  refused: boolean;
}

const MOST_STEPS = 200;
/** A little less than the newsroom takes at once, which counts what is around the steps, too. */
const MOST_BYTES = 1_000_000;
/** A third of the 64 KiB that a page's requests may have together after it is gone, in UTF-16 units. */
const MOST_KEPT_ALIVE = 21_000;

/** As many of these steps as one batch takes, one at least. */
export function fitting(all: readonly { toJSON(): unknown }[]): unknown[] {
  const steps: unknown[] = [];
  let bytes = 0;
  for (const step of all.slice(0, MOST_STEPS)) {
    const json = step.toJSON();
    bytes += size(json);
    if (steps.length > 0 && bytes > MOST_BYTES) break;
    steps.push(json);
  }
  return steps;
}

/** Whether one step is more than the newsroom ever takes. */
export function tooLarge(step: { toJSON(): unknown }): boolean {
  return size(step.toJSON()) > MOST_BYTES;
}

/** In bytes, as it is sent. */
function size(json: unknown): number {
  return new TextEncoder().encode(JSON.stringify(json)).length;
}

/** How a request ended. */
export type Answer =
  | { kind: "done"; version: number }
  | { kind: "behind"; missed: StepsEvent }
  | { kind: "refused"; sentence: string; forGood: boolean }
  | { kind: "unreachable" };

export type Fetch = (url: string, init?: RequestInit) => Promise<Response>;

const UNEXPECTED = "The newsroom's answer was not understood. What is unsent stays here.";

/** A request that hangs for so many milliseconds is given up: the next one may find another way. */
const PATIENCE = 20_000;

/** Sends a batch. */
export async function send(fetch: Fetch, urls: Urls, batch: Batch): Promise<Answer> {
  const body = JSON.stringify(batch);
  return ask(fetch, urls.steps, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/json" },
    body,
    // It arrives although its page goes meanwhile; a browser takes that of small ones only.
    keepalive: body.length < MOST_KEPT_ALIVE,
  });
}

/** Asks for what came after a version. */
export async function missed(fetch: Fetch, urls: Urls, since: number): Promise<Answer> {
  return ask(fetch, `${urls.steps}?since=${since}`, { headers: { accept: "application/json" } });
}

async function ask(fetch: Fetch, url: string, init: RequestInit): Promise<Answer> {
  let status: number;
  let body: Partial<StepsEvent> & { sentence?: string };
  try {
    const signal = AbortSignal.timeout(PATIENCE);
    const response = await fetch(url, { credentials: "same-origin", cache: "no-store", signal, ...init });
    status = response.status;
    const text = await response.text();
    body = text.startsWith("{") ? JSON.parse(text) : {};
  } catch {
    return { kind: "unreachable" };
  }
  const { since, version, steps, clients } = body;
  if ((status === 200 || status === 409) && version !== undefined) {
    if (since !== undefined && steps && clients) return { kind: "behind", missed: { since, version, steps, clients } };
    if (status === 200) return { kind: "done", version };
  }
  // Too many requests and our own failures pass; a session may come back in another tab.
  if (status === 429 || status >= 500) return { kind: "unreachable" };
  return { kind: "refused", sentence: body.sentence ?? UNEXPECTED, forGood: status !== 401 };
}

/** Whether no step is missing in it; the newsroom doesn't keep steps for ever. */
export function whole({ since, version, steps, clients }: StepsEvent): boolean {
  return steps.length === version - since && clients.length === steps.length;
}

/** A name that nobody else makes. */
export function fresh(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(9));
  return Array.from(bytes, (byte) => byte.toString(36).padStart(2, "0")).join("");
}
