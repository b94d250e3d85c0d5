// The editor's inner half for tests in node: no page, no keyboard, the same steps.

export { Collab } from "./collab";
export { lost } from "./lost";
export type { Fetch, State, Unsaved } from "./protocol";
export { recover } from "./recover";
export { schema } from "./schema";
