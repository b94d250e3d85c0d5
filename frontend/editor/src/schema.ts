// The document's schema for ProseMirror, read from the one file that the server reads too. The server
// draws nodes after the same `dom`, so that what is mounted looks as the page did.

import { type Attrs, type DOMOutputSpec, type ParseRule, Schema, type SchemaSpec } from "prosemirror-model";
import spec from "../../../crates/news/src/body/schema.json";

type Value = string | number | null;
type DomPart = string | 0 | { [attribute: string]: string };

interface Rule {
  default?: Value;
  validate: string;
  check?: string;
}

interface Reading {
  tag: string;
  priority?: number;
  /** Our attribute, and the element's attribute that it is read from. */
  attrs?: { [name: string]: string };
  /** Our attribute, and its value wherever this rule matches. */
  set?: { [name: string]: Value };
}

interface Declared {
  attrs?: { [name: string]: Rule };
  dom?: DomPart[];
  parse?: Reading[];
  [other: string]: unknown;
}

/** Whether this may stand in a link; `news::body::url` answers the same, by the table `urls.json`. */
export function allowedUrl(url: string): boolean {
  if (url.startsWith("//") || /[\u0000-\u0020\\\u007f]/.test(url)) return false;
  const scheme = /^([^:/?#]*):/.exec(url);
  return !scheme || /^(https?|mailto)$/i.test(scheme[1] ?? "");
}

const checks: { [name: string]: (value: Value) => boolean } = {
  url: (value) => typeof value === "string" && allowedUrl(value),
  level: (value) => value === 2 || value === 3,
  dir: (value) => value === null || value === "ltr" || value === "rtl" || value === "auto",
};

function valid(rule: Rule, value: unknown): boolean {
  const kind = value === null ? "null" : typeof value;
  if (!rule.validate.split("|").includes(kind)) return false;
  const check = rule.check === undefined ? undefined : checks[rule.check];
  return check === undefined || check(value as Value);
}

/** Fills `$attribute` in a part of `dom`; an attribute without value is left out. */
function drawn(dom: DomPart[], attrs: Attrs, leaveOut: ReadonlySet<string>): DOMOutputSpec {
  const parts = dom.map((part) => {
    if (typeof part === "string") return part.replace(/\$(\w+)/, (_, name: string) => String(attrs[name]));
    if (part === 0) return 0;
    const filled: { [name: string]: string } = {};
    for (const [name, from] of Object.entries(part)) {
      const value: unknown = from.startsWith("$") ? attrs[from.slice(1)] : from;
      if (value !== null && value !== undefined && !leaveOut.has(name)) filled[name] = String(value);
    }
    return filled;
  });
  return parts as unknown as DOMOutputSpec;
}

function reading({ attrs, set, ...rule }: Reading, declared: { [name: string]: Rule }): ParseRule {
  const getAttrs = (element: HTMLElement): Attrs | false => {
    const read: { [name: string]: Value } = { ...set };
    for (const [name, from] of Object.entries(attrs ?? {})) {
      const value = element.getAttribute(from);
      const rule = declared[name];
      if (value === null || rule === undefined) continue;
      if (valid(rule, value)) read[name] = value;
      // What can't be without this attribute can't be at all: the words stay, the mark goes.
      else if (rule.default === undefined) return false;
    }
    return read;
  };
  return { ...rule, getAttrs } as ParseRule;
}

function prepared(all: { [name: string]: Declared }, leaveOut: ReadonlySet<string>): { [name: string]: object } {
  const entries = Object.entries(all).map(([name, { dom, parse, attrs, ...rest }]) => {
    const out: { [key: string]: unknown } = { ...rest };
    if (attrs) {
      const rules = Object.entries(attrs).map(([attr, rule]) => {
        const validate = (value: unknown): void => {
          if (!valid(rule, value)) throw new RangeError(`${name}.${attr} can't be ${JSON.stringify(value)}`);
        };
        return [attr, rule.default === undefined ? { validate } : { default: rule.default, validate }];
      });
      out["attrs"] = Object.fromEntries(rules);
    }
    if (dom) out["toDOM"] = (node: { attrs: Attrs }) => drawn(dom, node.attrs, leaveOut);
    if (parse) out["parseDOM"] = parse.map((rule) => reading(rule, attrs ?? {}));
    return [name, out];
  });
  return Object.fromEntries(entries);
}

/** The schema, drawing everything but the attributes named. */
export function makeSchema(leaveOut: readonly string[] = []): Schema {
  const without = new Set(leaveOut);
  const { nodes, marks } = spec as unknown as { nodes: { [n: string]: Declared }; marks: { [n: string]: Declared } };
  return new Schema({
    topNode: spec.topNode,
    nodes: prepared(nodes, without),
    marks: prepared(marks, without),
  } as SchemaSpec);
}

// Readers' headline may take focus after a navigation. In an editor it must not: the browser would give
// a click's focus to the headline instead of the editor around it.
export const schema = makeSchema(["tabindex"]);
