// Words that found no place: typed into a paragraph that somebody else deleted meanwhile.

import { sendableSteps } from "prosemirror-collab";
import type { Slice } from "prosemirror-model";
import type { EditorState, Transaction } from "prosemirror-state";
import type { Step } from "prosemirror-transform";

interface Own {
  step: Step;
  origin: Transaction;
}

/** The steps that the newsroom hasn't confirmed, with the transactions they came from. */
export function unconfirmed(state: EditorState): Own[] {
  const sendable = sendableSteps(state);
  if (!sendable) return [];
  return sendable.steps.map((step, at) => ({ step, origin: sendable.origins[at] as Transaction }));
}

/** The words a step brings. */
export function words(step: Step): string {
  const { slice } = step as Step & { slice?: Slice };
  return slice ? slice.content.textBetween(0, slice.content.size, "\n", " ") : "";
}

/** The words in the JSON of steps, also of such as can't be read as steps any more. */
export function wordsIn(json: unknown): string {
  if (typeof json !== "object" || json === null) return "";
  const { text, type } = json as { text?: unknown; type?: unknown };
  if (typeof text === "string") return text;
  const inner = Object.values(json).map(wordsIn).join("");
  return inner && type !== undefined ? `${inner}\n` : inner;
}

/**
 * The words of steps that were unconfirmed before and were dropped by rebasing; `own` of the first ones were
 * confirmed. A rebased step keeps its transaction and its words, so what is missing can be told.
 */
export function lost(before: EditorState, after: EditorState, own: number): string {
  const left = unconfirmed(after);
  const gone: string[] = [];
  for (const { step, origin } of unconfirmed(before).slice(own)) {
    const text = words(step);
    const at = left.findIndex((other) => other.origin === origin && words(other.step) === text);
    if (at >= 0) left.splice(at, 1);
    else if (text) gone.push(text);
  }
  return gone.join("");
}
