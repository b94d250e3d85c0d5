// Brings the editor's TypeScript into node: its own modules bundled, npm packages left outside, so that
// both sides hold the same classes of ProseMirror.
import { build } from "esbuild";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

export const root = fileURLToPath(new URL("../../", import.meta.url));

export async function load(file) {
  const folder = path.join(root, "node_modules/.cache/editing");
  fs.mkdirSync(folder, { recursive: true });
  const outfile = path.join(folder, `${path.basename(file)}.${process.pid}.mjs`);
  await build({
    entryPoints: [path.join(root, file)],
    bundle: true,
    format: "esm",
    packages: "external",
    platform: "neutral",
    logLevel: "error",
    outfile,
  });
  try {
    return await import(pathToFileURL(outfile).href);
  } finally {
    fs.rmSync(outfile, { force: true });
  }
}
