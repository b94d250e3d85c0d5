// Takes up what earlier windows left, in the window that is open now.

import type { Transaction } from "prosemirror-state";
import { Mapping, type Step } from "prosemirror-transform";
import type { EditorView } from "prosemirror-view";
import type { Collab } from "./collab";
import { unconfirmed, words } from "./lost";
import type { State, Urls } from "./protocol";
import { recover } from "./recover";
import { schema } from "./schema";
import type { Kept, UnsavedStore } from "./store";

/** How long to wait before the newsroom is asked again, in milliseconds. */
const FIRST = 1_000;
const SLOWEST = 15_000;

/** Takes up what earlier windows of this browser left unsent: it is written here, as if typed now. */
export async function takeUp(
  view: EditorView,
  link: Collab,
  store: UnsavedStore,
  urls: Urls,
  onState: (state: State) => void,
): Promise<void> {
  for (const left of await store.leftBehind()) {
    for (let wait = FIRST; !(await taken(left, view, link, urls, onState)); wait = Math.min(SLOWEST, wait * 2)) {
      onState({ kind: "offline" });
      await new Promise((again) => setTimeout(again, wait));
    }
    if (view.isDestroyed) return;
    await store.put(left.client, null);
  }
}

/** Whether what one window left is now in this one, or this one has gone; `false` where it must be tried again. */
async function taken(
  left: Kept,
  view: EditorView,
  link: Collab,
  urls: Urls,
  onState: (state: State) => void,
): Promise<boolean> {
  const fetch = (url: string, init?: RequestInit): Promise<Response> => window.fetch(url, init);
  let dropped = "";
  let found = await recover(schema, urls, fetch, left).catch(() => null);
  for (let tries = 0; found && tries < 20; tries++) {
    dropped += found.dropped;
    const behind = found.version - link.version;
    if (view.isDestroyed || found.steps.length === 0 || behind === 0) break;
    if (behind > 0) await link.catchUp();
    const { version, doc, steps } = found;
    const unsaved = { ...left, version, doc: doc.toJSON() as unknown, steps: steps.map((step) => step.toJSON() as unknown) };
    found = await recover(schema, urls, fetch, { ...unsaved, flying: null }).catch(() => null);
  }
  if (view.isDestroyed) return true;
  if (!found || (found.steps.length > 0 && found.version !== link.version)) return false;
  const tr = view.state.tr;
  dropped += around(tr, found.steps, unconfirmed(view.state).map(({ step }) => step));
  if (tr.docChanged) view.dispatch(tr);
  if (dropped) onState({ kind: "dropped", text: dropped });
  return true;
}

/** Adds `steps` to what was written meanwhile, as a rebase does; gives the words that found no place. */
function around(tr: Transaction, steps: Step[], meanwhile: Step[]): string {
  const back = steps.map((step) => step.getMap().invert()).reverse();
  const mapping = new Mapping([...back, ...meanwhile.map((step) => step.getMap())]);
  let dropped = "";
  steps.forEach((step, at) => {
    const mapped = step.map(mapping.slice(steps.length - at));
    if (!mapped || tr.maybeStep(mapped).failed) dropped += words(step);
    else mapping.appendMap(mapped.getMap(), steps.length - at - 1);
  });
  return dropped;
}
