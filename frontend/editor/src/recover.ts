// Brings back what an earlier window wrote and nobody confirmed.

import { collab, getVersion, receiveTransaction, sendableSteps } from "prosemirror-collab";
import { Node, type Schema } from "prosemirror-model";
import { EditorState } from "prosemirror-state";
import { Step } from "prosemirror-transform";
import { lost, wordsIn } from "./lost";
import { type Answer, type Fetch, missed, send, type Unsaved, type Urls, whole } from "./protocol";

export interface Recovered {
  /** The version that `steps` are made against, and the document at it, as JSON. */
  version: number;
  doc: unknown;
  /** What is still to be sent. */
  steps: Step[];
  /** Words that found no place. */
  dropped: string;
}

/** `null` where the newsroom can't be asked now: the words stay where they are kept. */
export async function recover(schema: Schema, urls: Urls, fetch: Fetch, left: Unsaved): Promise<Recovered | null> {
  try {
    if (!left.refused) return await rebased(schema, urls, fetch, left);
  } catch {
    // Asking again would not help: the record can't be read, or the newsroom wants none of it.
  }
  const { version, doc } = left;
  return { version, doc, steps: [], dropped: wordsIn(left.steps ?? left) };
}

async function rebased(schema: Schema, urls: Urls, fetch: Fetch, left: Unsaved): Promise<Recovered | null> {
  const steps = left.steps.map((json) => Step.fromJSON(schema, json));
  let doc = Node.fromJSON(schema, left.doc);
  // It may have been on its way when the window went. Under its own name it counts once, whether it
  // arrives now, arrived then, or is still on its way.
  if (left.flying && later(await send(fetch, urls, left.flying))) return null;
  let state = EditorState.create({ doc, plugins: [collab({ version: left.version, clientID: left.client })] });
  const tr = state.tr;
  for (const step of steps) tr.step(step);
  state = state.apply(tr);
  let dropped = "";
  for (;;) {
    const answer = await missed(fetch, urls, getVersion(state));
    if (later(answer) || answer.kind !== "behind") return null;
    const { missed: news } = answer;
    if (!whole(news)) throw new RangeError("the newsroom no longer has all steps");
    if (news.steps.length === 0) break;
    const theirs = news.steps.map((step) => Step.fromJSON(schema, step));
    for (const step of theirs) doc = step.apply(doc).doc ?? doc;
    const own = news.clients.findIndex((client) => client !== left.client);
    const before = state;
    state = state.apply(receiveTransaction(state, theirs, news.clients));
    if (own >= 0) dropped += lost(before, state, own);
  }
  const unsent = [...(sendableSteps(state)?.steps ?? [])];
  return { version: getVersion(state), doc: doc.toJSON() as unknown, steps: unsent, dropped };
}

/** Whether another time is needed for this. Throws what is refused for good. */
function later(answer: Answer): boolean {
  if (answer.kind !== "refused") return answer.kind === "unreachable";
  if (answer.forGood) throw new Error(answer.sentence);
  return true;
}
