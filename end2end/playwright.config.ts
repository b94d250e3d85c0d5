// One browser at a time: the tests measure time, and a developer's machine has few cores. Nothing is tried twice.
import { defineConfig } from "@playwright/test";

const isRoot = process.getuid?.() === 0;

export default defineConfig({
  testDir: ".",
  testMatch: "*.spec.ts",
  outputDir: "../target/end2end/failures",
  globalSetup: "./edition.ts",
  fullyParallel: false,
  forbidOnly: !!process.env.CI,
  retries: 0,
  workers: 1,
  timeout: 60_000,
  expect: { timeout: 5_000 },
  reporter: [["list"], ["json", { outputFile: process.env.PLAYWRIGHT_JSON_OUTPUT_FILE ?? "../target/end2end.json" }]],
  use: {
    browserName: "chromium",
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
      args: ["--disable-gpu", ...(process.env.CHROMIUM_FLAGS ?? (isRoot ? "--no-sandbox" : "")).split(" ").filter(Boolean)],
    },
    trace: "off",
    screenshot: "off",
  },
});
