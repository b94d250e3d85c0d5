// Takes the pictures of `shots.ts`; `cargo xtask shots` calls it, with names of pages as words for a part of them.
import { build } from "esbuild";
import { fileURLToPath } from "node:url";

const compiled = new URL("../target/end2end/shots.mjs", import.meta.url);
await build({
  entryPoints: [fileURLToPath(new URL("shots.ts", import.meta.url))],
  outfile: fileURLToPath(compiled),
  bundle: true,
  platform: "node",
  format: "esm",
  packages: "external",
  // The program finds the repository from where its sources stand.
  define: { "import.meta.url": JSON.stringify(import.meta.url) },
  logLevel: "warning",
});
await import(compiled.href);
