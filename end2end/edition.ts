/** Before all tests: the folder with the sample edition and its people that every newsroom copies. */
import { existsSync, rmSync, writeFileSync } from "node:fs";
import { command, EDITION, PROGRAM, STAFF } from "./newsroom.ts";

export default function lay(): void {
  if (!existsSync(PROGRAM)) throw new Error(`${PROGRAM} isn't built: cargo build --package server`);
  rmSync(EDITION, { recursive: true, force: true });
  command("seed", "--data", EDITION);
  const links = Object.entries(STAFF).map(([who, { name, email, role }]) => {
    const told = command("staff", "add", "--name", name, "--email", email, "--role", role, "--data", EDITION);
    const link = told.match(/\/sign-in\/[\w.~-]+/)?.[0];
    if (!link) throw new Error(`no sign-in link in: ${told}`);
    return [who, link];
  });
  writeFileSync(`${EDITION}.links.json`, JSON.stringify(Object.fromEntries(links)));
}
