import { expect, test } from "@playwright/test";
import { collab } from "prosemirror-collab";
import { Node, type Schema } from "prosemirror-model";
import { EditorState, type Transaction } from "prosemirror-state";
import type * as Headless from "../../frontend/editor/src/headless.ts";
import { load } from "./load.mjs";

// What the editor's inner half does when the newsroom refuses, or says nothing: no page, no server.

const { Collab, recover, schema } = (await load("frontend/editor/src/headless.ts")) as typeof Headless & { schema: Schema };
const urls = { steps: "/steps" };
const WORDS = "Written under ground.";
const paragraph = { type: "paragraph", content: [{ type: "text", text: "The ferry came." }] };
const DOC = { type: "doc", content: [{ type: "headline" }, { type: "standfirst" }, { type: "body", content: [paragraph] }] };
/** Before the ferry: behind the headline, the standfirst and two openings. */
const step = { stepType: "replace", from: 6, to: 6, slice: { content: [{ type: "text", text: WORDS }] } };
const flying = { version: 4, batch: "b", client: "c", steps: [step] };
const left = { client: "c", version: 4, doc: DOC, steps: [step], flying: null, refused: false };

const answer = (status: number, body: object = { sentence: "No." }) => new Response(JSON.stringify(body), { status });
const news = (since: number) => ({ since, version: since, steps: [], clients: [] });
const soon = (ms: number) => new Promise((go) => setTimeout(go, ms));

for (const status of [403, 404, 410, 422]) {
  test(`${status} for what an earlier window left: all of it is handed over`, async () => {
    const asked = await recover(schema, urls, async () => answer(status), left);
    expect(asked).toMatchObject({ steps: [], dropped: WORDS });
    const post = async (_: string, init?: RequestInit) => (init?.method === "POST" ? answer(status) : answer(200, news(4)));
    expect(await recover(schema, urls, post, { ...left, flying })).toMatchObject({ steps: [], dropped: WORDS });
  });
}

test("what may pass is tried another time", async () => {
  for (const status of [401, 429, 503]) {
    expect(await recover(schema, urls, async () => answer(status), left)).toBeNull();
    expect(await recover(schema, urls, async () => answer(status), { ...left, flying })).toBeNull();
  }
  expect(await recover(schema, urls, () => Promise.reject(new TypeError("no network")), left)).toBeNull();
  const found = await recover(schema, urls, async () => answer(200, news(4)), left);
  expect(found?.steps).toHaveLength(1);
  expect(found?.dropped).toBe("");
});

test("a record that can't be read gives its words", async () => {
  const never = () => Promise.reject(new Error("nobody need be asked"));
  const unknown = { ...left, steps: [{ ...step, stepType: "of another build" }] };
  const elsewhere = { ...left, steps: [{ ...step, from: 6000, to: 6000 }] };
  for (const record of [unknown, elsewhere, { ...left, doc: { type: "scroll" } }]) {
    expect(await recover(schema, urls, never, record)).toMatchObject({ steps: [], dropped: WORDS });
  }
});

/** A window with unsent words, and what it asked, said and kept. */
function written(fetch: Headless.Fetch) {
  const doc = Node.fromJSON(schema, DOC);
  const asked: string[] = [];
  const said: Headless.State[] = [];
  let kept: Headless.Unsaved | null = null;
  const seat = {
    state: EditorState.create({ doc, plugins: [collab({ version: 4, clientID: "c" })] }),
    dispatch(tr: Transaction) {
      seat.state = seat.state.apply(tr);
    },
  };
  const link = new Collab(seat, doc, {
    client: "c",
    schema,
    urls,
    report: (state) => said.push(state),
    keep: (unsaved) => (kept = unsaved),
    fetch: (url, init) => {
      asked.push(`${init?.method ?? "GET"} ${JSON.stringify(init?.body ?? "")}`);
      return fetch(url, init);
    },
    pause: 2,
  });
  seat.dispatch(seat.state.tr.insertText(WORDS, 6));
  link.changed();
  return { link, asked, said, kept: () => kept };
}

test("a story that changed too much: the editor says so once, keeps the words and asks no more", async () => {
  const sentence = "This story has changed too much since you opened it.";
  const { link, asked, said, kept } = written(async (_, init) => answer(init?.method === "POST" ? 503 : 422, { sentence }));
  await link.catchUp();
  await soon(20);
  const until = asked.length;
  link.retry();
  link.hurry();
  link.changed();
  link.receive({ since: 9, version: 10, steps: [{}], clients: ["d"] });
  await link.catchUp();
  await soon(100);
  expect(asked).toHaveLength(until);
  expect(said.filter(({ kind }) => kind === "refused")).toEqual([{ kind: "refused", sentence }]);
  expect(kept()).toMatchObject({ refused: true, steps: [{ stepType: "replace" }] });
  expect(await link.flush()).toBe(false);
  link.destroy();
});

test("a request that hangs is given up after twenty seconds, and the same batch is sent again", async () => {
  const limits: number[] = [];
  const plain = AbortSignal.timeout;
  AbortSignal.timeout = (ms) => {
    limits.push(ms);
    return plain.call(AbortSignal, 20);
  };
  const hangs: Headless.Fetch = (_, init) =>
    new Promise((_, failed) => init?.signal?.addEventListener("abort", () => failed(init.signal?.reason)));
  try {
    const { link, asked, said } = written(hangs);
    await expect.poll(() => asked.length).toBeGreaterThan(1);
    expect(new Set(asked).size).toBe(1);
    expect(new Set(limits)).toEqual(new Set([20_000]));
    expect(said.at(-1)).toEqual({ kind: "offline" });
    link.destroy();
  } finally {
    AbortSignal.timeout = plain;
  }
});
