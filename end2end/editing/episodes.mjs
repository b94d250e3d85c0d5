// Two editors in one story at once, again and again: no word is lost or doubled, and both end with the
// newsroom's document. Usage: node episodes.mjs [COUNT] [SEED]
//   BASE=http://localhost:8080 LINK=/sign-in/…   a running server and a one-time link (or COOKIE=sid-dev=…), or
//   PIPE=1                                       the Rust test that started this.
import { Editor, wordsOf } from "./editor.mjs";
import { lossy, overHttp, overPipe } from "./lines.mjs";
import { load } from "./load.mjs";
import { chance } from "./random.mjs";

const count = Number(process.argv[2] ?? 200);
const seed = Number(process.argv[3] ?? 20261124);
const piped = process.env.PIPE === "1";
const { BASE: base, LINK: link, COOKIE: cookie } = process.env;
const line = piped ? overPipe() : await overHttp(base, { link, cookie });
const { Collab, schema } = await load("frontend/editor/src/headless.ts");
const story = await line.story();
const urls = { steps: `/desk/story/${story}/steps` };
const pause = (ms) => new Promise((go) => setTimeout(go, ms));

const sums = { episodes: 0, typed: 0, steps: 0, lost: 0, doubled: 0, apart: 0, brokenOff: 0 };
const seen = [];
/** When each word was typed, until the other editor has it. */
const waiting = new Map();
for (let episode = 0; episode < count; episode++) {
  const wrong = await play(episode);
  if (wrong.length) console.error(`episode ${episode} of seed ${seed}: ${wrong.join("; ")}`);
  sums.episodes++;
}
seen.sort((a, b) => a - b);
const p95 = seen.length ? Math.round(seen[Math.floor(seen.length * 0.95)]) : null;
const figures = JSON.stringify({ ...sums, ownWordsSeenByTheOtherP95Ms: p95 });
const good = sums.lost + sums.doubled + sums.apart + sums.brokenOff === 0;
if (piped) process.stdout.write(`${JSON.stringify({ id: 0, method: "DONE", url: "", body: { ...sums, good } })}\n`);
else console.log(figures);
process.exit(good ? 0 : 1);

async function play(episode) {
  const dice = chance(seed * 1_000_003 + episode);
  const { doc, version } = await (await line.fetch(`/desk/story/${story}/document`)).json();
  const names = ["a", "b"].map((name) => `${name}${seed}-${episode}-${process.pid}`);
  const network = lossy(line.fetch, dice, 0.03);
  const [a, b] = names.map((name) => new Editor({ Collab, schema, name, dice, doc, version, urls, fetch: network }));
  const both = [a, b];
  const stop = both.map((editor) => line.listen(story, (event) => hear(editor, event)));
  blank(a, b);
  await settle(both);
  let word = 0;
  for (const editor of both) for (let i = 0; i < 4; i++) editor.type(`w${editor === a ? "a" : "b"}${episode * 1000 + word++}`);
  await settle(both);
  for (let act = 0; act < 24; act++) {
    const editor = dice.pick(both);
    const letter = editor === a ? "a" : "b";
    const fresh = () => { const made = `w${letter}${episode * 1000 + word++}`; waiting.set(made, Date.now()); return made; };
    editor.act(fresh);
    if (dice.odds(0.4)) await pause(dice.below(12));
    if (dice.odds(0.3)) void dice.pick(both).collab.catchUp();
  }
  await settle(both);
  stop.forEach((end) => end());
  const wrong = judge(a, b, (await (await line.fetch(`/desk/story/${story}/document`)).json()));
  both.forEach((editor) => editor.collab.destroy());
  sums.typed += word;
  sums.steps += a.version - version;
  return wrong;
}

/** Every episode begins on the same page: a headline, a standfirst and three paragraphs. */
function blank(editor) {
  const paragraph = () => schema.nodes.paragraph.create(null, schema.text("one two three "));
  const { nodes } = schema;
  const fresh = [
    nodes.headline.create(null, schema.text("Headline ")),
    nodes.standfirst.create(null, schema.text("Standfirst ")),
    nodes.body.create(null, [paragraph(), paragraph(), paragraph()]),
  ];
  editor.dispatch(editor.state.tr.replaceWith(0, editor.state.doc.content.size, fresh).setMeta("addToHistory", false));
}

/** Until both have sent everything and heard everything. */
async function settle(both) {
  for (let tries = 0; tries < 400; tries++) {
    const sent = await Promise.all(both.map((editor) => editor.collab.flush()));
    await Promise.all(both.map((editor) => editor.collab.catchUp()));
    if (sent.every(Boolean) && both[0].version === both[1].version && both.every((e) => !e.kept)) return;
    await pause(25);
  }
}

function hear(editor, event) {
  editor.collab.receive(event);
  for (const word of wordsOf(editor.state.doc)) {
    const since = waiting.get(word);
    if (since !== undefined && !editor.typed.has(word)) {
      seen.push(Date.now() - since);
      waiting.delete(word);
    }
  }
}

function judge(a, b, newsroom) {
  const wrong = [];
  const words = wordsOf(a.state.doc);
  const times = new Map();
  for (const word of words) times.set(word, (times.get(word) ?? 0) + 1);
  for (const editor of [a, b]) {
    for (const word of editor.typed) {
      const n = times.get(word) ?? 0;
      if (n === 0) { sums.lost++; wrong.push(`lost ${word}`); }
      if (n > 1) { sums.doubled++; wrong.push(`doubled ${word}`); }
      times.delete(word);
    }
    const refused = editor.reports.find((state) => state.kind === "refused");
    if (refused) { sums.brokenOff++; wrong.push(`refused: ${refused.sentence}`); }
  }
  for (const [word, n] of times) if (n > 0) { sums.doubled += n; wrong.push(`taken back and still there: ${word}`); }
  const same = a.state.doc.eq(b.state.doc) && JSON.stringify(sorted(newsroom.doc)) === JSON.stringify(sorted(a.state.doc.toJSON()));
  if (!same) { sums.apart++; wrong.push(`apart at ${a.version}, ${b.version}, ${newsroom.version}`); }
  return wrong;
}

function sorted(value) {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).sort(([x], [y]) => (x < y ? -1 : 1)).map(([key, inner]) => [key, sorted(inner)]));
}
