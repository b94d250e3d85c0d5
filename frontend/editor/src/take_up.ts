// Takes up what earlier windows left, in the window that is open now.

import type { Transaction } from "prosemirror-state";
import { Mapping, type Step } from "prosemirror-transform";
import type { EditorView } from "prosemirror-view";
import { AS_MADE } from "./borders";
import type { Collab } from "./collab";
import { unconfirmed, words } from "./lost";
import type { Keeper } from "./keeper";
import type { Urls } from "./protocol";
import { recover } from "./recover";
import { schema } from "./schema";
import type { Kept } from "./store";

/** How long to wait before the newsroom is asked again, in milliseconds. */
const FIRST = 1_000;
const SLOWEST = 15_000;

/** Takes up what earlier windows of this browser left unsent: it is written here, as if typed now. */
export async function takeUp(view: EditorView, link: Collab, keeper: Keeper, urls: Urls): Promise<void> {
  const all = await keeper.takeOver();
  if (view.isDestroyed) return;
  for (const left of all) {
    if ("words" in left) keeper.show(left.client, left.words);
  }
  for (const left of all) {
    if ("words" in left) continue;
    for (let wait = FIRST; !(await taken(left, view, link, keeper, urls)); wait = Math.min(SLOWEST, wait * 2)) {
      keeper.report({ kind: "offline" });
      await pause(wait);
    }
    if (view.isDestroyed) return;
  }
}

/** Whether what one window left is now in this one, or this one can't take it; `false` where it must be tried again. */
async function taken(left: Kept, view: EditorView, link: Collab, keeper: Keeper, urls: Urls): Promise<boolean> {
  const fetch = (url: string, init?: RequestInit): Promise<Response> => window.fetch(url, init);
  let dropped = "";
  let found = await recover(schema, urls, fetch, left);
  for (let tries = 0; found && tries < 20; tries++) {
    dropped += found.dropped;
    const behind = found.version - link.version;
    if (view.isDestroyed || link.stopped || found.steps.length === 0 || behind === 0) break;
    if (behind > 0) await link.catchUp();
    const { version, doc, steps } = found;
    const json = steps.map((step) => step.toJSON() as unknown);
    found = await recover(schema, urls, fetch, { ...left, version, doc, steps: json, flying: null });
  }
  // Where nothing can be written any more, what has no place anyway is shown all the same.
  if (view.isDestroyed || (link.stopped && found?.steps.length !== 0)) return true;
  if (!found || (found.steps.length > 0 && found.version !== link.version)) return false;
  const tr = view.state.tr.setMeta(AS_MADE, true);
  dropped += around(tr, found.steps, unconfirmed(view.state).map(({ step }) => step));
  if (tr.docChanged) view.dispatch(tr);
  // Until this window's own record holds them, the old one stays.
  while (!(await keeper.kept())) {
    if (view.isDestroyed) return true;
    await pause(FIRST);
  }
  keeper.strand(dropped, left.client);
  // Where all of it was on its way, the newsroom has it now, and nothing is sent from here that would bring it back.
  if (found.version > link.version) await link.catchUp();
  if (!view.isDestroyed && !link.stopped) link.settled();
  return true;
}

function pause(wait: number): Promise<void> {
  return new Promise((again) => setTimeout(again, wait));
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
