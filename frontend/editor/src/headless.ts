// The editor's inner half for tests in node: no page, no keyboard, the same steps.

export { Collab, type Unsaved } from "./collab";
export { lost } from "./lost";
export type { Fetch, State } from "./protocol";
export { recover } from "./recover";
export { schema } from "./schema";
