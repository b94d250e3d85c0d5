import type { Page } from "@playwright/test";
import { change, expect, follow, stands, test, within } from "./fixtures.ts";
import { idOf } from "./desk.ts";

// What a screen reader is given: Chromium's accessibility tree, read as the programs read it.

interface Node {
  role: string;
  name: string;
  level?: number;
  live?: string;
  focused?: boolean;
  editable?: string;
}

interface Raw {
  ignored: boolean;
  role?: { value: string };
  name?: { value: string };
  properties?: { name: string; value: { value: unknown } }[];
}

async function tree(page: Page): Promise<Node[]> {
  const debug = await page.context().newCDPSession(page);
  const { nodes } = (await debug.send("Accessibility.getFullAXTree")) as unknown as { nodes: Raw[] };
  await debug.detach();
  return nodes.filter((node) => !node.ignored).map((node) => ({
    role: node.role?.value ?? "",
    name: node.name?.value ?? "",
    ...Object.fromEntries((node.properties ?? []).map((property) => [property.name, property.value.value])),
  }));
}

const of = (nodes: Node[], ...roles: string[]) => nodes.filter((node) => roles.includes(node.role));

test("landmarks have their roles and tell each other apart", async ({ readers, kinds }) => {
  const page = await readers.open("/");
  for (const kind of ["front", "section", "story", "excerpt", "signIn"] as const) {
    await page.goto(kinds[kind]);
    const nodes = await tree(page);
    for (const role of ["banner", "main", "contentinfo"]) expect(of(nodes, role), `${kind}: ${role}`).toHaveLength(1);
    const navigations = of(nodes, "navigation").map((node) => node.name);
    expect(navigations, kind).toContain("Sections");
    expect(new Set(navigations).size, `${kind}: ${navigations.join(", ")}`).toBe(navigations.length);
    expect(navigations).not.toContain("");
    // Every link and button says where it leads or what it does.
    for (const node of of(nodes, "link", "button", "textbox")) expect(node.name.trim(), `${kind}: ${node.role}`).not.toBe("");
  }
});

test("a move is told: focus on the headline, the title in a polite region", async ({ readers, kinds }) => {
  const page = await readers.open("/");
  await follow(page, kinds.story);
  await stands(page, kinds.story);
  const nodes = await tree(page);
  const headline = (await page.locator("h1").textContent())!.trim();
  const focused = nodes.find((node) => node.focused && node.role !== "RootWebArea")!;
  expect(focused).toMatchObject({ role: "heading", name: headline, level: 1 });
  const said = of(nodes, "status");
  expect(said.every((node) => node.live === "polite")).toBe(true);
  await expect(page.getByRole("status").filter({ hasText: headline })).toHaveCount(1);
});

change("a correction is told once, politely, and takes no focus", async ({ readers, kinds, desk }) => {
  const page = await readers.open(kinds.story);
  await page.getByRole("link", { name: "Contacts" }).first().focus();
  await (await desk()).correct(idOf(kinds.story), " And a ferry sails at nine.");
  await expect(page.getByRole("status").filter({ hasText: "Updated" })).toHaveCount(1, within(3));
  const nodes = await tree(page);
  expect(of(nodes, "alert").filter((node) => node.name)).toEqual([]);
  expect(nodes.find((node) => node.focused && node.role !== "RootWebArea")?.name).toBe("Contacts");
});
