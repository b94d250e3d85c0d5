import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { change, expect } from "../fixtures.ts";
import { ROOT } from "../newsroom.ts";

// Two editors without pages, with the editor's own collaboration code, against the real server by HTTP and its stream.

const EPISODES = Number(process.env.EPISODES ?? 200);

change(`${EPISODES} episodes of two editors: no word lost or doubled, one document`, async ({ own, desk }) => {
  change.setTimeout(60_000 + EPISODES * 2_000);
  const { cookie } = await desk("mika");
  const env = { ...process.env, BASE: own.url, COOKIE: `${cookie.name}=${cookie.value}` };
  const program = ["end2end/editing/episodes.mjs", String(EPISODES), process.env.SEED ?? "20261124"];
  const { stdout } = await promisify(execFile)(process.execPath, program, { cwd: ROOT, env });
  console.log(stdout.trim());
  expect(JSON.parse(stdout)).toMatchObject({ episodes: EPISODES, lost: 0, doubled: 0, apart: 0, brokenOff: 0 });
});
