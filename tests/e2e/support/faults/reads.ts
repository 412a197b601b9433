/**
 * The calls that only read: where each is made, and what the page shows of the response.
 */
import { expect, type Page } from "@playwright/test";
import { field, heading, MANAGEMENT_KEY, open } from "../actions.ts";
import { monthAndDay, expectShownLimits } from "../budgets.ts";
import { count as memberCount, dbMembers, waitUntilListed } from "../members.ts";
import { count as peopleCount } from "../people.ts";
import type { Row, Sandbox } from "../sandbox.ts";
import type { Reading, ReadTrigger } from "./reading.ts";
import { enterKey, type Stage } from "./stage.ts";

const main = (page: Page) => page.getByRole("main");
const alerts = (page: Page) => main(page).getByRole("alert");
const banner = (page: Page, text: string | RegExp) => main(page).getByRole("status").filter({ hasText: text });
const tab = (page: Page, name: string) => main(page).getByRole("link", { name, exact: true });
const deletion = (page: Page) => page.getByRole("alertdialog", { name: /^Delete “/ });
const names = (page: Page) => page.getByRole("table", { name: "Workspaces", exact: true }).getByRole("link");

const creditsTile = (page: Page) => main(page).getByRole("listitem").filter({ hasText: "Credits left" });

/** Opens the list by a link, without a reload. */
async function openList(page: Page): Promise<void> {
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Workspaces", exact: true }).click();
  await expect(names(page).first()).toBeVisible();
}

async function openWorkspace(page: Page, name: string): Promise<void> {
  await openList(page);
  await page.getByRole("link", { name, exact: true }).click();
  await expect(field(page, "Name")).toHaveValue(name);
}

/** Opens the options of a new workspace that are folded at first. */
async function openOptions(page: Page): Promise<void> {
  const options = main(page).locator("details").filter({ hasText: "More options" });
  // A question for the key may cover the page.
  await options.evaluate((it: HTMLDetailsElement) => (it.open = true));
}

async function idOf(sandbox: Sandbox, slug: string): Promise<string> {
  return String((await sandbox.workspace(slug)).id);
}

/** The query for a workspace's spend of today. */
async function todayOf(sandbox: Sandbox, slug: string): Promise<unknown> {
  const now = new Date().toISOString();
  return {
    metrics: ["credits_usage", "byok_usage"],
    filters: [{ field: "workspace", operator: "eq", value: await idOf(sandbox, slug) }],
    time_range: { start: `${now.slice(0, 10)}T00:00:00Z`, end: `${now.slice(0, 19)}Z` },
  };
}

async function expectAllNames(page: Page, sandbox: Sandbox): Promise<void> {
  const { workspaces } = await sandbox.db();
  await expect(names(page)).toHaveCount(workspaces.length);
  expect((await names(page).allInnerTexts()).sort()).toEqual(workspaces.map((row) => String(row.name)).sort());
}

/** Reloads the page, which requests everything again. */
async function loadPage(page: Page): Promise<void> {
  await page.goto("/");
  // Its first requests are sent before the program is there, which waits for their responses.
  await expect(page.locator("html[data-started]")).toHaveCount(1);
}

/** The API keys could not be listed to their end, so that the dialog names none. */
async function keysAreUncertain({ page }: Stage): Promise<void> {
  await expect(deletion(page).getByRole("alert")).toContainText("Couldn’t load API keys");
}

/** Signs in on the sign-in screen. */
async function signInOnScreen({ page, sandbox }: Stage): Promise<void> {
  await expect(page.getByRole("alert")).toContainText("The API didn’t accept this key");
  await sandbox.clearFaults();
  await enterKey(page, main(page));
  await expectAllNames(page, sandbox);
}

/** Enters the key on that screen while it cannot be checked. */
async function pressSignIn(page: Page): Promise<void> {
  await page.getByLabel("Management key", { exact: true }).fill(MANAGEMENT_KEY);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

async function activeKeys(sandbox: Sandbox, slug: string): Promise<Row[]> {
  const { id } = await sandbox.workspace(slug);
  return (await sandbox.db()).keys.filter((key) => key.workspace_id === id && !key.disabled && key.expires_at === null);
}

const keyButton = (page: Page) => page.getByRole("table", { name: "API keys" }).getByRole("button", { name: "Load test", exact: true });

async function loadTestKey(sandbox: Sandbox): Promise<Row> {
  const key = (await activeKeys(sandbox, "staging")).find((it) => it.name === "Load test");
  if (!key) throw new Error("there is no such key");
  return key;
}

async function expectAllBudgets(page: Page, sandbox: Sandbox): Promise<void> {
  await expectShownLimits(page, await sandbox.limits("production"));
}

/** Compares the days of the chart with the response that they are computed from. */
async function expectSpendByDay(page: Page, sandbox: Sandbox): Promise<void> {
  const { id, include_byok_in_budgets } = await sandbox.workspace("production");
  const rows = (await sandbox.call("GET", `/activity?workspace_id=${id}`)) as unknown as Row[];
  const spent = (row: Row) => Number(row.usage) + (include_byok_in_budgets ? Number(row.byok_usage_inference) : 0);
  const most = rows.map((row) => String(row.date).slice(0, 10)).sort().at(-1) ?? "";
  const sum = rows.filter((row) => String(row.date).startsWith(most)).reduce((all, row) => all + spent(row), 0);
  await page.getByText("Show as a table").click();
  const name = page.getByRole("rowheader", { name: monthAndDay(most), exact: true });
  const day = page.getByRole("table", { name: "Spend by day" }).getByRole("row").filter({ has: name });
  const shown = Number((await day.getByRole("cell").first().innerText()).replace(/[$,]/g, ""));
  // From one dollar on, the page shows whole cents. The rest is left out.
  expect(shown).toBe(Math.floor(sum * 100 + 1e-6) / 100);
}

/** A list that is older than a minute is read again. */
const LIST_REFRESH: ReadTrigger = {
  arrange: async (page) => {
    await openList(page);
    await page.getByRole("link", { name: "Activity" }).click();
    await page.clock.fastForward("01:05");
  },
  trigger: openList,
  location: alerts,
  title: "The list may be incomplete or out of date",
};

const NOTHING_TO_APPLY = { "closed after it is applied": "a read applies nothing" } as const;

/** All reads except the one that only settles writes. */
export const READS: Reading[] = [
  {
    name: "workspaces.list",
    method: "GET",
    impossible: NOTHING_TO_APPLY,
    path: "^/workspaces\\?",
    truth: (sandbox) => sandbox.raw("GET", "/workspaces?offset=0&limit=100"),
    arrange: async () => {},
    trigger: loadPage,
    location: alerts,
    title: /Couldn’t load the workspaces|The list may be incomplete or out of date/,
    expectData: expectAllNames,
    // A refused key is asked for in place if there was one. Without a network no page can be loaded.
    triggers: { "401": LIST_REFRESH, offline: LIST_REFRESH },
    unreadableRows: (page) => banner(page, /Couldn’t load 12 workspaces/),
  },
  {
    name: "workspaces.get",
    method: "GET",
    impossible: NOTHING_TO_APPLY,
    path: "^/workspaces/compliance$",
    truth: (sandbox) => sandbox.raw("GET", "/workspaces/compliance"),
    arrange: openList,
    trigger: (page) => page.getByRole("link", { name: "Compliance & Audit", exact: true }).click(),
    location: alerts,
    title: "Couldn’t load the workspace",
    expectData: async (page, sandbox) => {
      const { name, slug } = await sandbox.workspace("compliance");
      await expect(field(page, "Name")).toHaveValue(String(name));
      await expect(field(page, "Slug")).toHaveValue(String(slug));
    },
  },
  {
    name: "workspaces.list_budgets",
    method: "GET",
    impossible: NOTHING_TO_APPLY,
    path: "^/workspaces/[^/]+/budgets$",
    truth: (sandbox) => sandbox.raw("GET", "/workspaces/production/budgets"),
    arrange: (page) => openWorkspace(page, "Production"),
    trigger: (page) => tab(page, "Budgets").click(),
    location: alerts,
    title: "Couldn’t load the budgets",
    expectData: expectAllBudgets,
  },
  {
    name: "workspaces.list_members",
    method: "GET",
    impossible: NOTHING_TO_APPLY,
    path: "^/workspaces/[^/]+/members\\?",
    truth: (sandbox) => sandbox.raw("GET", "/workspaces/interns/members?offset=0&limit=100"),
    arrange: (page) => openWorkspace(page, "Interns"),
    trigger: (page) => tab(page, "Members").click(),
    location: alerts,
    title: "The list of members may be incomplete",
    expectData: async (page, sandbox) => {
      await waitUntilListed(page);
      const { length } = await dbMembers(sandbox, "interns");
      await expect(memberCount(page)).toHaveText(`${length} members`);
    },
    unreadableRows: (page) => banner(page, /Couldn’t load \d+ members?/),
  },
  {
    name: "keys.get_current",
    method: "GET",
    impossible: NOTHING_TO_APPLY,
    path: "^/key$",
    truth: (sandbox) => sandbox.raw("GET", "/key"),
    arrange: async () => {},
    trigger: loadPage,
    location: (page) => page.getByRole("alert"),
    title: "Can’t reach the API",
    expectData: expectAllNames,
    triggers: {
      offline: {
        arrange: (page) => page.getByRole("button", { name: "Sign out" }).click(),
        trigger: pressSignIn,
        location: alerts,
        title: "Couldn’t check the key",
        retry: (page) => enterKey(page, main(page)),
      },
    },
    overrides: { "401": signInOnScreen },
  },
  {
    name: "organization.list_members",
    method: "GET",
    impossible: NOTHING_TO_APPLY,
    path: "^/organization/members\\?",
    truth: (sandbox) => sandbox.raw("GET", "/organization/members?offset=0&limit=100"),
    arrange: (page) => open(page, "/", "Workspaces"),
    trigger: (page) => page.getByRole("link", { name: "People", exact: true }).click(),
    location: alerts,
    title: "The directory may be incomplete",
    expectData: async (page, sandbox) => {
      await expect(peopleCount(page)).toHaveText(`${(await sandbox.db()).people.length} people`);
    },
    unreadableRows: (page) => banner(page, /Couldn’t load \d+ people/),
    overrides: {
      // An account without an organization gets this status.
      "404": async ({ page }) => await expect(banner(page, "This account has no organization")).toBeVisible(),
      // Receiving the first page again ends the listing after its hundred rows.
      "unknown words and fields": async ({ page }) => await expect(peopleCount(page)).toHaveText(/^100 people/),
      "no optional fields": async ({ page }) => await expect(peopleCount(page)).toHaveText(/^100 people/),
    },
  },
  {
    name: "keys.get",
    method: "GET",
    impossible: NOTHING_TO_APPLY,
    path: "^/keys/[0-9a-f]+$",
    truth: async (sandbox) => sandbox.raw("GET", `/keys/${(await loadTestKey(sandbox)).hash}`),
    arrange: async (page) => {
      await page.goto("/workspaces/staging/keys");
      await expect(keyButton(page)).toBeVisible();
    },
    trigger: (page) => keyButton(page).click(),
    location: (page) => page.getByRole("dialog").getByRole("alert"),
    title: "Couldn’t load the API key",
    expectData: async (page, sandbox) => {
      const key = await loadTestKey(sandbox);
      const dialog = page.getByRole("dialog");
      await expect(field(dialog, "Name")).toHaveValue(String(key.name));
      await expect(dialog.getByText(String(key.hash))).toBeVisible();
    },
  },
  {
    name: "keys.list",
    method: "GET",
    impossible: NOTHING_TO_APPLY,
    path: "^/keys\\?",
    truth: async (sandbox) => sandbox.raw("GET", `/keys?workspace_id=${await idOf(sandbox, "staging")}&include_disabled=true`),
    arrange: async (page) => {
      await page.goto("/workspaces/staging");
      await expect(field(page, "Name")).toHaveValue("Staging");
    },
    trigger: (page) => page.getByRole("button", { name: "Delete workspace…" }).click(),
    location: (page) => deletion(page).getByRole("alert"),
    title: "Couldn’t load API keys",
    expectData: async (page, sandbox) => {
      const { length } = await activeKeys(sandbox, "staging");
      await expect(deletion(page)).toContainText(`${length} active API keys block the deletion`);
    },
    overrides: {
      // Receiving the first page again, instead of an empty one, means that keys may be missing.
      "unknown words and fields": keysAreUncertain,
      "no optional fields": keysAreUncertain,
    },
  },
  {
    name: "activity.list",
    method: "GET",
    impossible: { ...NOTHING_TO_APPLY, offline: "without a network the budgets do not come, and the chart is below them" },
    path: "^/activity\\?",
    truth: async (sandbox) => sandbox.raw("GET", `/activity?workspace_id=${await idOf(sandbox, "production")}`),
    arrange: (page) => openWorkspace(page, "Production"),
    trigger: (page) => tab(page, "Budgets").click(),
    location: alerts,
    title: "Couldn’t load the spend by day",
    expectData: async (page, sandbox) => {
      await expectAllBudgets(page, sandbox);
      await expectSpendByDay(page, sandbox);
    },
  },
  {
    name: "analytics.query",
    method: "POST",
    impossible: { ...NOTHING_TO_APPLY, offline: "without a network the budgets do not come, and the spend is beside them" },
    path: "^/analytics/query$",
    truth: async (sandbox) => sandbox.raw("POST", "/analytics/query", await todayOf(sandbox, "production")),
    arrange: (page) => openWorkspace(page, "Production"),
    trigger: (page) => tab(page, "Budgets").click(),
    location: (page) => main(page).getByText(/Couldn’t load the API’s records, so only API keys are counted\./).first(),
    title: /./,
    hasDetails: false,
    expectData: async (page, sandbox) => {
      await expectAllBudgets(page, sandbox);
      await main(page).getByText("How spend is counted").click();
      await expect(main(page).getByText(/^Spend as of .* by the API’s records, with spend outside of API keys\./)).toBeVisible();
    },
    retry: (page) => main(page).getByRole("button", { name: "Refresh spend" }).click(),
    // Without an amount the sum would be too low.
    overrides: {
      "no optional fields": async ({ page }) => await expect(main(page).getByText(/so only API keys are counted\./)).toBeVisible(),
    },
  },
  {
    name: "analytics.meta",
    method: "GET",
    impossible: { ...NOTHING_TO_APPLY, offline: "without a network the list of workspaces is not there" },
    path: "^/analytics/meta$",
    truth: (sandbox) => sandbox.raw("GET", "/analytics/meta"),
    // The list asks for it too, and keeps it.
    arrange: async (page) => {
      await page.goto("/activity");
      await expect(heading(page, "Activity")).toBeVisible();
    },
    trigger: (page) => page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Budgets" }).click(),
    location: (page) => main(page).getByText(/Couldn’t load the API’s records, so only API keys are counted\./).first(),
    title: /./,
    hasDetails: false,
    expectData: async (page) => {
      await expect(main(page).getByText(/^Spend as of .* by the API’s records, with spend outside of API keys\./)).toBeVisible();
    },
    retry: (page) => main(page).getByRole("button", { name: "Refresh" }).first().click(),
  },
  {
    name: "credits.get",
    method: "GET",
    impossible: NOTHING_TO_APPLY,
    path: "^/credits$",
    truth: (sandbox) => sandbox.raw("GET", "/credits"),
    arrange: async (page) => {
      await page.goto("/activity");
      await expect(heading(page, "Activity")).toBeVisible();
    },
    trigger: openList,
    location: creditsTile,
    title: /Not loaded/,
    hasDetails: false,
    expectData: async (page, sandbox) => {
      const { total_credits } = await sandbox.call("GET", "/credits");
      await expect(creditsTile(page)).toContainText(`of $${Number(total_credits).toLocaleString("en-US")} bought`);
    },
    retry: async (page) => void (await page.reload()),
  },
  {
    name: "models.list",
    method: "GET",
    impossible: NOTHING_TO_APPLY,
    path: "^/models\\?",
    truth: (sandbox) => sandbox.raw("GET", "/models?output_modalities=all&offset=0&limit=100"),
    arrange: openList,
    trigger: async (page) => {
      await main(page).getByRole("link", { name: "Create workspace" }).click();
      await openOptions(page);
    },
    location: (page) => main(page).getByText(/Couldn’t load the list of models. Type a model ID\./).first(),
    title: /./,
    hasDetails: false,
    expectData: async (page) => {
      await expect(heading(page, "Create workspace")).toBeVisible();
      await openOptions(page);
      await expect(main(page).getByText("Choose from the list, or type a model ID.")).toHaveCount(2);
      await expect(page.getByRole("combobox", { name: "Default text model" })).toBeEditable();
    },
    retry: async (page) => void (await page.reload()),
    // A model that cannot be read is left out. Its ID can still be typed.
    overrides: { "wrong types": async ({ page }) => await expect(page.getByRole("combobox", { name: "Default text model" })).toBeEditable() },
  },
];
