/** The real server on a folder of its own: started, killed and stopped by the tests that need it. */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), "..");
export const PROGRAM = resolve(ROOT, process.env.ASIAN_NEWS ?? "target/debug/asian-news");
/** The seeded folder of this run, laid by `edition.ts`. Two runs at once have two. */
export function edition(): string {
  const folder = process.env.END2END_EDITION;
  if (!folder) throw new Error("the sample edition isn't laid: see edition.ts");
  return folder;
}

/** The people of the newsroom in every test. */
export const STAFF = {
  mika: { name: "Mika Arai", email: "mika@asian-news.example", role: "editor" },
  daniel: { name: "Daniel Koh", email: "daniel@asian-news.example", role: "editor" },
  lena: { name: "Lena Ito", email: "lena@asian-news.example", role: "contributor" },
} as const;
export type Who = keyof typeof STAFF;

/** A one-time link for each of them, good once in every copy of the folder. */
export const links = (): Record<Who, string> => JSON.parse(readFileSync(`${edition()}.links.json`, "utf8"));

/** Runs the program to its end and returns what it says. */
export function command(...words: string[]): string {
  return execFileSync(PROGRAM, words, { cwd: ROOT, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
}

/** A port nobody listens on now. */
function freePort(): Promise<number> {
  return new Promise((found, failed) => {
    const probe = createServer().once("error", failed);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => found(port));
    });
  });
}

export class Newsroom {
  private child: ChildProcess | undefined;
  private said = "";

  private constructor(
    readonly folder: string,
    readonly port: number,
  ) {}

  /** Serves a copy of the sample edition. */
  static async open(): Promise<Newsroom> {
    const folder = mkdtempSync(join(tmpdir(), "asian-news-"));
    cpSync(edition(), folder, { recursive: true });
    const newsroom = new Newsroom(folder, await freePort());
    await newsroom.start();
    return newsroom;
  }

  get url(): string {
    return `http://localhost:${this.port}`;
  }

  /** The id of the server's process. */
  get pid(): number {
    return this.child?.pid ?? 0;
  }

  /** What the server has written since it was opened, for a failing test's message. */
  get log(): string {
    return this.said;
  }

  async start(): Promise<void> {
    const words = ["serve", "--listen", `127.0.0.1:${this.port}`, "--data", this.folder];
    const child = spawn(PROGRAM, words, { cwd: ROOT, stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, RUST_BACKTRACE: "1" } });
    this.child = child;
    for (const stream of [child.stdout, child.stderr]) stream?.on("data", (bytes: Buffer) => (this.said += bytes));
    const until = Date.now() + 20_000;
    while (Date.now() < until) {
      if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}:\n${this.said}`);
      const answer = await fetch(`${this.url}/readyz`).catch(() => undefined);
      if (answer?.ok) return;
      await new Promise((go) => setTimeout(go, 25));
    }
    throw new Error(`the server doesn't answer:\n${this.said}`);
  }

  /** Ends the process with a signal and waits until it is gone. */
  async end(signal: NodeJS.Signals): Promise<number> {
    const child = this.child;
    const begun = Date.now();
    if (child && child.exitCode === null && child.signalCode === null) {
      const gone = new Promise((go) => child.once("exit", go));
      child.kill(signal);
      await gone;
    }
    return Date.now() - begun;
  }

  /** Stops the server and takes its folder away. */
  async close(): Promise<void> {
    await this.end("SIGKILL");
    rmSync(this.folder, { recursive: true, force: true });
  }
}
