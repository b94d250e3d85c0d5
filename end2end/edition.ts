/** Before all tests: one seeded folder with the newsroom's people in it. Every server gets a copy. */
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PROGRAM, ROOT, STAFF, type Who, command } from "./newsroom.ts";

/** Lays the edition; the function it gives takes it away again. */
export default function lay(): () => void {
  if (!existsSync(PROGRAM)) throw new Error(`${PROGRAM} isn't built: cargo xtask build`);
  const ground = join(ROOT, "target/end2end");
  mkdirSync(ground, { recursive: true });
  const run = mkdtempSync(join(ground, "edition-"));
  const folder = join(run, "data");
  process.env.END2END_EDITION = folder;
  command("seed", "--data", folder);
  const links: Partial<Record<Who, string>> = {};
  for (const [who, { name, email, role }] of Object.entries(STAFF)) {
    const added = command("staff", "add", "--name", name, "--email", email, "--role", role, "--data", folder);
    links[who as Who] = /\/sign-in\/[\w.~-]+/.exec(added)?.[0];
  }
  writeFileSync(`${folder}.links.json`, JSON.stringify(links));
  return () => rmSync(run, { recursive: true, force: true });
}
