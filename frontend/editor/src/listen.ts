// Hears what others write. A stream that broke is opened again soon: the server's own `retry:` is meant for
// thousands of readers, not for the few who edit.

import type { Collab } from "./collab";

const FIRST = 400;
const SLOWEST = 10_000;

export function listen(url: string, link: Collab): { close(): void } {
  let stream: EventSource;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let wait = FIRST;
  const open = (): void => {
    stream = new EventSource(url);
    stream.addEventListener("steps", (event) => link.receive(JSON.parse((event as MessageEvent<string>).data)));
    stream.addEventListener("open", () => {
      wait = FIRST;
      link.retry();
      // Whatever passed while there was no stream is asked for.
      void link.catchUp();
    });
    stream.addEventListener("error", () => {
      stream.close();
      timer = setTimeout(open, wait * (0.5 + Math.random()));
      wait = Math.min(SLOWEST, wait * 2);
    });
  };
  open();
  return {
    close: () => {
      clearTimeout(timer);
      stream.close();
    },
  };
}
