/** A console with something between it and the browser. What it answers fails on purpose, so no guard watches the pages. */
import { test as base, type Page } from "@playwright/test";
import { type Between, startBetween } from "../../support/between.mjs";
import { startSandbox } from "../../support/sandbox-process.mjs";
import { MANAGEMENT_KEY, signIn, untilQuiet } from "./actions.ts";
import { type Reset, Sandbox } from "./sandbox.ts";

export * from "../../support/between.mjs";
export { expect } from "@playwright/test";

/** How the console is built and hosted: who holds the key. */
export type KeyHolder = "proxy" | "page";

interface BetweenFixtures {
  /** Who holds the key. */
  holder: KeyHolder;
  /** The data. Defaults to the demo organization. */
  organization: Reset;
  sandbox: Sandbox;
  /** The proxy. Its URL is the base of all addresses. */
  between: Between;
}

export const test = base.extend<BetweenFixtures>({
  holder: ["proxy", { option: true }],
  organization: [{}, { option: true }],
  sandbox: async ({ holder, organization }, use) => {
    const server = await startSandbox(["--seed", "demo", "--faults", "--management-key", MANAGEMENT_KEY]);
    const sandbox = await Sandbox.fresh(server.url, MANAGEMENT_KEY, { ...organization, auth: holder === "proxy" ? "proxy" : "key" });
    await use(sandbox);
    await server.stop();
  },
  between: async ({ sandbox }, use) => {
    const between = await startBetween(sandbox.url);
    await use(between);
    await between.stop();
  },
  baseURL: async ({ between }, use) => use(between.url),
});

/** Opens a workspace, signed in, and waits until nothing more is read. With a pasted key, the view is reached by its links: a load would forget the key. */
export async function enter(page: Page, holder: KeyHolder, workspace = "Interns"): Promise<void> {
  if (holder === "page") await signIn(page);
  else await page.goto("/");
  await page.getByRole("link", { name: workspace, exact: true }).click();
  await page.getByRole("heading", { name: workspace, level: 1 }).waitFor();
  await untilQuiet(page);
}
