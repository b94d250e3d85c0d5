// Keeps the document on this page and the newsroom's in step. The newsroom decides the order of steps;
// what it hasn't confirmed is rebased over what others wrote meanwhile and sent again.
// Knows no DOM: it moves an editor's state, in a page or in a test.

import { getVersion, receiveTransaction, sendableSteps } from "prosemirror-collab";
import type { Node, Schema } from "prosemirror-model";
import type { EditorState, Transaction } from "prosemirror-state";
import { Step } from "prosemirror-transform";
import { lost, unconfirmed } from "./lost";
import { type Batch, type Fetch, fitting, fresh, missed, send, type State, type StepsEvent, type Unsaved, type Urls, whole } from "./protocol";

/** Where the state lives: an `EditorView` is one. */
export interface Seat {
  readonly state: EditorState;
  dispatch(tr: Transaction): void;
}

export interface CollabOptions {
  client: string;
  schema: Schema;
  urls: Urls;
  report: (state: State) => void;
  keep: (unsaved: Unsaved | null) => void;
  fetch?: Fetch;
  /** How long a word waits for the next one before both are sent, in milliseconds. */
  pause?: number;
}

const PAUSE = 120;
const MOST_ANSWERED = 1_000;
const SLOWEST = 15_000;
const RELOAD = "This story has changed too much since you opened it. Please reload the page; what is unsent stands below.";

export class Collab {
  private flying: Batch | null = null;
  private asking = false;
  private held = false;
  /** Nothing can be taken or sent any more. */
  stopped = false;
  /** Why the newsroom takes nothing at present; empty where it takes everything. */
  refusal = "";
  private gone = false;
  private tries = 0;
  private failures = 0;
  /** Sends the flying batch once more, while that waits for its time. */
  private again: (() => void) | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** When the timer sends what is written, where it is set. */
  private due = Infinity;
  private idle: (() => void)[] = [];
  private readonly fetch: Fetch;
  private readonly pause: number;
  private docJson: unknown;

  /** `confirmed` is the document at the state's version, without anything unsent. */
  constructor(private readonly seat: Seat, private confirmed: Node, private readonly options: CollabOptions) {
    this.fetch = options.fetch ?? ((url, init) => fetch(url, init));
    this.pause = options.pause ?? PAUSE;
    this.docJson = confirmed.toJSON();
  }

  get version(): number {
    return getVersion(this.seat.state);
  }

  /** The words changed here: keep them at once, send them in a moment. */
  changed(): void {
    this.keep();
    if (this.stopped) return;
    if (!this.refusal) this.options.report({ kind: "saving" });
    this.soon(this.pause);
  }

  /** Sends now, without waiting for more. */
  hurry(): void {
    this.soon(0);
  }

  /** While an input method composes, nothing half-written leaves. */
  hold(held: boolean): void {
    this.held = held;
    if (!held) this.soon(this.pause);
  }

  /** Resolves when everything is confirmed (`true`), or can't be now (`false`). */
  async flush(): Promise<boolean> {
    const failures = this.failures;
    await this.tryUntil(() => this.failures !== failures);
    return !this.unsent();
  }

  /** Tries until everything is confirmed, or nothing is taken any more. */
  async drain(): Promise<void> {
    await this.tryUntil(() => false);
  }

  private async tryUntil(enough: () => boolean): Promise<void> {
    this.held = false;
    this.retry();
    this.hurry();
    while (this.unsent() && !this.stopped && !this.gone && !enough()) {
      await new Promise<void>((resume) => this.idle.push(resume));
    }
  }

  /** The network may be back: tries at once what waits for its next try. */
  retry(): void {
    const again = this.again;
    if (!again) return;
    clearTimeout(this.timer);
    this.again = null;
    again();
  }

  /** Others' steps, and our own come back. What leaves a gap is asked for. */
  receive(event: StepsEvent): void {
    const have = this.version;
    if (this.gone || this.stopped || event.version <= have) return;
    if (event.since > have || !whole(event)) {
      void this.catchUp();
      return;
    }
    this.take(event);
    this.hurry();
  }

  /** Asks for everything after our version. */
  async catchUp(): Promise<void> {
    if (this.asking || this.gone || this.stopped) return;
    this.asking = true;
    const answer = await missed(this.fetch, this.options.urls, this.version);
    this.asking = false;
    if (this.gone || this.stopped) return;
    if (answer.kind === "refused" && answer.forGood) this.giveUp(answer.sentence);
    if (answer.kind !== "behind") return;
    this.take(answer.missed);
    if (answer.missed.steps.length >= MOST_ANSWERED) await this.catchUp();
    else this.hurry();
  }

  destroy(): void {
    this.gone = true;
    clearTimeout(this.timer);
    this.wake();
  }

  private soon(pause: number): void {
    if (this.gone || this.stopped || this.flying) return;
    const due = Date.now() + pause;
    // A key never puts off what an earlier one has set: who types without a pause is read all the same.
    if (due >= this.due) return;
    clearTimeout(this.timer);
    this.due = due;
    this.timer = setTimeout(() => this.sendNext(), pause);
  }

  private unsent(): boolean {
    return sendableSteps(this.seat.state) !== null;
  }

  /** Sends what is written, before this call returns; one batch at a time. */
  sendNext(): void {
    clearTimeout(this.timer);
    this.due = Infinity;
    const sendable = sendableSteps(this.seat.state);
    if (!sendable || this.held || this.flying || this.stopped || this.gone) {
      this.wake();
      return;
    }
    const { client } = this.options;
    this.flying = { version: sendable.version, batch: fresh(), client, steps: fitting(sendable.steps) };
    this.keep();
    void this.fly(this.flying);
  }

  private async fly(batch: Batch): Promise<void> {
    const answer = await send(this.fetch, this.options.urls, batch);
    // What was confirmed counts, whatever became of the rest meanwhile.
    if (this.gone || (this.stopped && answer.kind !== "done")) return;
    if (answer.kind === "done" || answer.kind === "behind") this.refused("");
    switch (answer.kind) {
      case "done": {
        this.tries = 0;
        this.flying = null;
        const own = answer.version - this.version;
        // Our steps may have come back by the stream already.
        if (own > 0) this.confirm(own);
        this.settled();
        return;
      }
      case "behind":
        this.tries = 0;
        this.flying = null;
        this.take(answer.missed);
        this.settled();
        return;
      case "refused":
        if (answer.forGood) {
          this.giveUp(answer.sentence);
          return;
        }
        this.refused(answer.sentence);
        break;
      case "unreachable":
        this.options.report({ kind: "offline" });
    }
    // The same batch under the same name: if it arrived after all, it counts once.
    this.tries++;
    this.failures++;
    this.again = () => void this.fly(batch);
    this.wake();
    const wait = Math.min(SLOWEST, this.pause * 4 * 2 ** Math.min(this.tries, 8)) * (0.5 + Math.random() / 2);
    this.timer = setTimeout(() => this.retry(), wait);
  }

  /** Sends what is left, or says that nothing is. */
  settled(): void {
    if (this.unsent()) {
      this.soon(0);
      return;
    }
    this.keep();
    this.options.report({ kind: "saved", at: Date.now(), version: this.version });
    this.wake();
  }

  private confirm(count: number): void {
    const own = unconfirmed(this.seat.state).slice(0, count).map(({ step }) => step);
    this.apply(own, own.map(() => this.options.client));
  }

  private take(event: StepsEvent): void {
    const known = this.version - event.since;
    if (event.version <= this.version) return;
    if (known < 0 || !whole(event)) {
      this.giveUp();
      return;
    }
    let steps: Step[];
    try {
      steps = event.steps.slice(known).map((step) => Step.fromJSON(this.options.schema, step));
    } catch {
      this.giveUp();
      return;
    }
    this.apply(steps, event.clients.slice(known));
  }

  private apply(steps: Step[], clients: string[]): void {
    let confirmed = this.confirmed;
    for (const step of steps) {
      const { doc } = step.apply(confirmed);
      if (!doc) {
        this.giveUp();
        return;
      }
      confirmed = doc;
    }
    const before = this.seat.state;
    const own = clients.findIndex((client) => client !== this.options.client);
    this.seat.dispatch(receiveTransaction(before, steps, clients, { mapSelectionBackward: true }));
    this.confirmed = confirmed;
    this.docJson = confirmed.toJSON();
    const text = own < 0 ? "" : lost(before, this.seat.state, own);
    if (text) this.options.report({ kind: "dropped", text });
    this.keep();
  }

  /** Takes and sends nothing any more; what is unsent stays on the page, and in the browser. */
  private giveUp(sentence = RELOAD): void {
    this.stopped = true;
    this.flying = null;
    this.again = null;
    clearTimeout(this.timer);
    this.refused(sentence);
    this.keep();
    this.wake();
  }

  /** Says so as long as it is true, and that it is over. */
  private refused(sentence: string): void {
    if (this.stopped && !sentence) return;
    if (sentence || this.refusal) this.options.report({ kind: "refused", sentence });
    this.refusal = sentence;
  }

  private keep(): void {
    const steps = unconfirmed(this.seat.state).map(({ step }) => step.toJSON() as unknown);
    const { client } = this.options;
    const flying = this.flying;
    const unsaved = { client, version: this.version, doc: this.docJson, steps, flying, refused: this.stopped };
    this.options.keep(steps.length > 0 || flying ? unsaved : null);
  }

  private wake(): void {
    const idle = this.idle;
    this.idle = [];
    for (const resume of idle) resume();
  }
}
