// Input methods: Chinese, Japanese and Korean are typed in pieces that are no words yet.

import { Plugin } from "prosemirror-state";

/** Tells when a composition begins and when it has ended. What others write is shown meanwhile all the same. */
export function composing(hold: (held: boolean) => void): Plugin {
  return new Plugin({
    props: {
      handleDOMEvents: {
        compositionstart: () => {
          hold(true);
          return false;
        },
        compositionend: () => {
          // ProseMirror reads the finished words after this event.
          setTimeout(() => hold(false));
          return false;
        },
      },
    },
  });
}
