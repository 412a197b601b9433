/**
 * The main screens, compared with the pictures in `tests/pictures`. The clocks of the sandbox and of the page stand at the
 * same time, so the data is the same in each run. Pictures are of one browser with its fonts. Elsewhere they are not
 * compared, and the summary says so. `cargo xtask test e2e pictures --update-snapshots` takes them again.
 */
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Page } from "@playwright/test";
import { startSandbox } from "../../support/sandbox-process.mjs";
import { expect, heading, MANAGEMENT_KEY, PLAIN_KEY, test as base } from "../fixtures.ts";
import { expectFigures } from "../support/home.ts";
import { openCards, sheet } from "../support/offboarding.ts";
import { openPanel, panel, select, setPanelLimit, waitUntilLoaded } from "../support/overview.ts";
import { findInPalette } from "../support/palette.ts";
import { emailOf } from "../support/people.ts";
import type { Reset, Sandbox } from "../support/sandbox.ts";

/** A Wednesday, in the middle of a month and of a day. */
const NOW = "2026-03-18T15:30:00Z";
const ENVIRONMENT = fileURLToPath(new URL("../../pictures/environment.txt", import.meta.url));

const test = base.extend<object, { server: Awaited<ReturnType<typeof startSandbox>> }>({
  server: [
    async ({}, use) => {
      const keys = ["--management-key", MANAGEMENT_KEY, "--plain-key", PLAIN_KEY];
      const server = await startSandbox(["--seed", "demo", "--faults", "--at", NOW, ...keys]);
      await use(server);
      await server.stop();
    },
    { scope: "worker" },
  ],
});

/** The version of the browser, and how wide its fonts draw a text. */
async function environment(page: Page): Promise<string> {
  const widths = await page.evaluate(() =>
    ["system-ui, sans-serif", "ui-monospace, monospace"].map((family) => {
      const context = document.createElement("canvas").getContext("2d") as CanvasRenderingContext2D;
      context.font = `16px ${family}`;
      return context.measureText("Workspace Console, $12,862.40 of $15,750 – 85%").width.toFixed(2);
    }),
  );
  return `Chromium ${page.context().browser()?.version()}, text of ${widths.join(" and ")} px\n`;
}

interface Picture {
  name: string;
  address: string;
  organization?: Reset;
  size?: { width: number; height: number };
  theme?: "light" | "dark";
  /** Goes to the state that is shown, and waits until the screen has everything. */
  ready: (page: Page, sandbox: Sandbox) => Promise<void>;
  /** Whether the API fails to answer the first request for the workspaces. */
  fails?: boolean;
}

const NARROW = { width: 320, height: 640 };
const scale: Reset = { seed: "scale", workspaces: 60, people: 10_000, members: 10_000 };
const shown = (title: string, text: RegExp | string) => async (page: Page) => {
  await expect(heading(page, title)).toBeVisible();
  await expect(page.getByText(text).filter({ visible: true }).first()).toBeVisible();
  await expect(page.locator(".skeleton").filter({ visible: true })).toHaveCount(0);
  await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
};
const home = async (page: Page) => {
  await expectFigures(page);
  await expect(page.getByRole("link", { name: "Research", exact: true })).toBeVisible();
};
const change = async (page: Page) => {
  await waitUntilLoaded(page);
  await select(page, "Interns", "Mobile Apps", "Staging");
  await openPanel(page);
  await setPanelLimit(page, "Monthly", "600");
  await setPanelLimit(page, "Daily", "500");
  await panel(page).getByRole("button", { name: "Leave out Interns" }).click();
  await expect(panel(page).getByText("1 workspace left out")).toBeVisible();
};
const offboard = async (page: Page, sandbox: Sandbox) => {
  const { members } = await sandbox.db();
  const people = [...new Set(members.map((row) => String(row.user_id)))].slice(-3);
  await shown("People", /^\d+ people$/)(page);
  await openCards(page, await Promise.all(people.map((id) => emailOf(sandbox, id))));
  await expect(sheet(page).locator("[aria-busy=true]")).toHaveCount(0);
};

const PICTURES: Picture[] = [
  { name: "workspaces", address: "/", ready: home },
  { name: "workspaces-dark", address: "/", theme: "dark", ready: home },
  { name: "workspaces-narrow", address: "/", size: NARROW, ready: home },
  { name: "workspaces-empty", address: "/?q=nothing-like-this", ready: shown("Workspaces", "Clear search") },
  { name: "settings", address: "/workspaces/production", ready: shown("Production", /by /) },
  { name: "budgets", address: "/workspaces/production/budgets", ready: shown("Production", /^On track$/) },
  { name: "budgets-dark-narrow", address: "/workspaces/production/budgets", size: NARROW, theme: "dark", ready: shown("Production", /^On track$/) },
  { name: "members-10000", address: "/workspaces/scale-members/members", organization: scale, ready: shown("Everybody of Scale", /^10,000 members$/) },
  { name: "all-budgets", address: "/budgets", ready: shown("Budgets", /^13 workspaces$|^12 workspaces$/) },
  { name: "people-dark", address: "/people", theme: "dark", ready: shown("People", /^\d+ people$/) },
  { name: "keys", address: "/keys", ready: shown("API keys", /^\d+ API keys$|^\d+ keys$/) },
  { name: "create-narrow", address: "/create-workspace", size: NARROW, ready: shown("Create workspace", "Name") },
  { name: "workspaces-error", address: "/", fails: true, ready: shown("Workspaces", "Couldn’t load the workspaces") },
  { name: "palette-dark", address: "/", theme: "dark", ready: async (page) => (await home(page), findInPalette(page, "rese", /^Research/)) },
  { name: "change-budgets", address: "/budgets", ready: change },
  { name: "change-budgets-dark-narrow", address: "/budgets", size: NARROW, theme: "dark", ready: change },
  { name: "offboarding", address: "/people", ready: offboard },
  { name: "activity-empty", address: "/activity", ready: shown("Activity", "Activity") },
  { name: "missing", address: "/no/such/page", ready: shown("Page not found", /./) },
];

for (const { name, address, organization = {}, size, theme = "light", ready, fails = false } of PICTURES) {
  test.describe(name, () => {
    test.use({ organization: { auth: "proxy", ...organization }, colorScheme: theme, ...(size && { viewport: size }) });

    test(`looks as in ${name}.png`, async ({ page, sandbox, expectedFailures }, info) => {
      test.slow();
      if (fails) {
        expectedFailures.allow(500, /\/workspaces\?/, "GET");
        await sandbox.fault({ method: "GET", path: "/workspaces?", times: 9, answer: { kind: "status", status: 500, message: "It broke" } });
      }
      await page.clock.setFixedTime(NOW);
      await page.goto(address);
      await ready(page, sandbox);
      const here = await environment(page);
      if (info.config.updateSnapshots === "all") await writeFile(ENVIRONMENT, here);
      const there = await readFile(ENVIRONMENT, "utf8");
      test.skip(here !== there, `the pictures were taken with ${there.trim()}, and this is ${here.trim()}`);
      await expect(page).toHaveScreenshot(`${name}.png`, { maxDiffPixelRatio: 0.002 });
    });
  });
}
