// Brings back what an earlier window wrote and nobody confirmed.

import { collab, getVersion, receiveTransaction, sendableSteps } from "prosemirror-collab";
import { Node, type Schema } from "prosemirror-model";
import { EditorState } from "prosemirror-state";
import { Step } from "prosemirror-transform";
import type { Unsaved } from "./collab";
import { lost, words } from "./lost";
import { type Fetch, missed, send, type Urls, whole } from "./protocol";

export interface Recovered {
  /** The version that `steps` are made against, and the document at it. */
  version: number;
  doc: Node;
  /** What is still to be sent. */
  steps: Step[];
  /** Words that found no place. */
  dropped: string;
}

/** `null` where the newsroom can't be asked now: the words stay where they are kept. */
export async function recover(schema: Schema, urls: Urls, fetch: Fetch, left: Unsaved): Promise<Recovered | null> {
  const steps = left.steps.map((json) => Step.fromJSON(schema, json));
  let doc = Node.fromJSON(schema, left.doc);
  const allDropped = (): Recovered => ({ version: left.version, doc, steps: [], dropped: steps.map(words).join("") });
  if (left.refused) return allDropped();
  // It may have been on its way when the window went. Under its own name it counts once, whether it
  // arrives now, arrived then, or is still on its way.
  if (left.flying && (await send(fetch, urls, left.flying)).kind === "unreachable") return null;
  let state = EditorState.create({ doc, plugins: [collab({ version: left.version, clientID: left.client })] });
  const tr = state.tr;
  for (const step of steps) tr.step(step);
  state = state.apply(tr);
  let dropped = "";
  for (;;) {
    const answer = await missed(fetch, urls, getVersion(state));
    if (answer.kind !== "behind") return null;
    const { missed: news } = answer;
    if (!whole(news)) return allDropped();
    if (news.steps.length === 0) break;
    const theirs = news.steps.map((step) => Step.fromJSON(schema, step));
    for (const step of theirs) doc = step.apply(doc).doc ?? doc;
    const own = news.clients.findIndex((client) => client !== left.client);
    const before = state;
    state = state.apply(receiveTransaction(state, theirs, news.clients));
    if (own >= 0) dropped += lost(before, state, own);
  }
  return { version: getVersion(state), doc, steps: [...(sendableSteps(state)?.steps ?? [])], dropped };
}
