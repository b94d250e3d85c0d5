// How two editors reach the newsroom: over HTTP, or through the pipe to the test that started this program.
import readline from "node:readline";

/**
 * `fetch` and a stream of `steps` events of a running server, signed in by a one-time link or with a session's
 * cookie (`sid-dev=…`); a story of their own is begun.
 */
export async function overHttp(base, { link, cookie }) {
  const { origin } = new URL(base);
  cookie ??= await signedIn(base, link);
  const ask = (url, init = {}) => fetch(new URL(url, base), { ...init, headers: { ...init.headers, cookie, origin } });
  return {
    fetch: ask,
    story: async () => {
      const answer = await ask("/api/begin-story", {
        method: "POST",
        headers: { accept: "application/json", "content-type": "application/json" },
        body: JSON.stringify({ lang: "en", section: "business" }),
      });
      const address = await answer.text();
      return /([0-9a-z]+)"$/.exec(address)?.[1] ?? fail(`no story could be begun: ${answer.status} ${address}`);
    },
    listen: (story, receive) => {
      const stop = new AbortController();
      const open = () => ask(`/live/desk-${story}`, { signal: stop.signal, headers: { accept: "text/event-stream" } });
      void follow(open, receive, stop.signal);
      return () => stop.abort();
    },
  };
}

async function signedIn(base, link) {
  const { origin } = new URL(base);
  const init = { method: "POST", redirect: "manual", headers: { origin }, body: new URLSearchParams() };
  const answer = await fetch(new URL(link ?? fail("LINK or COOKIE says who writes"), base), init);
  return /^[^;]+/.exec(answer.headers.get("set-cookie") ?? "")?.[0] ?? fail(`the link doesn't sign in: ${answer.status}`);
}

async function follow(open, receive, signal) {
  while (!signal.aborted) {
    try {
      const response = await open();
      let text = "";
      for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
        text += chunk;
        for (let end = text.indexOf("\n\n"); end >= 0; end = text.indexOf("\n\n")) {
          const lines = text.slice(0, end).split("\n");
          text = text.slice(end + 2);
          const data = lines.filter((line) => line.startsWith("data:")).map((line) => line.slice(5)).join("\n");
          if (lines.some((line) => line.trim() === "event: steps" || line === "event:steps")) receive(JSON.parse(data));
        }
      }
    } catch {
      // The stream ended or could not be opened; it is opened again.
    }
    await new Promise((go) => setTimeout(go, 100));
  }
}

/** The same through standard input and output: a line of JSON asks, a line of JSON answers. */
export function overPipe() {
  const waiting = new Map();
  let last = 0;
  const ask = (method, url, body) =>
    new Promise((resolve) => {
      waiting.set(++last, resolve);
      process.stdout.write(`${JSON.stringify({ id: last, method, url, body })}\n`);
    });
  readline.createInterface({ input: process.stdin }).on("line", (line) => {
    const answer = JSON.parse(line);
    waiting.get(answer.id)?.(answer);
    waiting.delete(answer.id);
  });
  return {
    fetch: async (url, init = {}) => {
      const answer = await ask(init.method ?? "GET", url, init.body ? JSON.parse(init.body) : null);
      return { status: answer.status, text: async () => JSON.stringify(answer.body), json: async () => answer.body };
    },
    story: async () => (await ask("BEGIN", "", null)).body.story,
    listen: () => () => {},
  };
}

/** A network that now and then loses an answer after the request arrived, or the request itself. */
export function lossy(fetch, dice, share) {
  return async (url, init) => {
    if (dice.odds(share)) throw new TypeError("the request was lost");
    const response = await fetch(url, init);
    if (dice.odds(share)) throw new TypeError("the answer was lost");
    return response;
  };
}

function fail(why) {
  throw new Error(why);
}
