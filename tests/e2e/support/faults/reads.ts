/**
 * The calls that only read: where each is made, and what the page shows of the response.
 */
import { expect, type Page } from "@playwright/test";
import { field, heading, MANAGEMENT_KEY, open } from "../actions.ts";
import { expectShownLimits } from "../budgets.ts";
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

async function idOf(sandbox: Sandbox, slug: string): Promise<string> {
  return String((await sandbox.workspace(slug)).id);
}

async function expectAllNames(page: Page, sandbox: Sandbox): Promise<void> {
  const { workspaces } = await sandbox.db();
  await expect(names(page)).toHaveCount(workspaces.length);
  expect((await names(page).allInnerTexts()).sort()).toEqual(workspaces.map((row) => String(row.name)).sort());
}

/** Reloads the page, which requests everything again. */
async function loadPage(page: Page): Promise<void> {
  await page.goto("/");
}

/** The API keys could not be listed to their end, so that the dialog names none. */
async function keysAreUncertain({ page }: Stage): Promise<void> {
  await expect(deletion(page).getByRole("alert")).toContainText("The API keys could not be read");
}

/** Signs in on the sign-in screen. */
async function signInOnScreen({ page, sandbox }: Stage): Promise<void> {
  await expect(page.getByRole("alert")).toContainText("The API did not accept this key");
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
  const day = page.getByRole("table", { name: "Spend by day" }).getByRole("row").filter({ hasText: most });
  const shown = Number((await day.getByRole("cell").first().innerText()).replace(/[$,]/g, ""));
  // From one dollar on, the page shows whole cents. The rest is left out.
  expect(shown).toBe(Math.floor(sum * 100 + 1e-6) / 100);
}

/** A list that is older than a minute is read again. */
const LIST_REFRESH: ReadTrigger = {
  arrange: async (page) => {
    await openList(page);
    await page.getByRole("link", { name: "Journal" }).click();
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
    title: /The workspaces could not be loaded|The list may be incomplete or out of date/,
    expectData: expectAllNames,
    // A refused key is asked for in place if there was one. Without a network no page can be loaded.
    triggers: { "401": LIST_REFRESH, offline: LIST_REFRESH },
    unreadableRows: (page) => banner(page, /12 workspaces could not be read and are not shown/),
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
    title: "The workspace could not be loaded",
    expectData: async (page, sandbox) => {
      const { name, slug, id } = await sandbox.workspace("compliance");
      await expect(field(page, "Name")).toHaveValue(String(name));
      await expect(field(page, "Slug")).toHaveValue(String(slug));
      await expect(main(page)).toContainText(String(id));
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
    title: "The budgets could not be loaded",
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
    unreadableRows: (page) => banner(page, /\d+ of the listed members could not be read/),
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
        title: "The key could not be checked",
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
    unreadableRows: (page) => banner(page, /\d+ people could not be read/),
    overrides: {
      // An account without an organization gets this status.
      "404": async ({ page }) => await expect(banner(page, "This account has no organization")).toBeVisible(),
      // Receiving the first page again ends the listing after its hundred rows.
      "unknown words and fields": async ({ page }) => await expect(peopleCount(page)).toHaveText(/^100 people/),
      "no optional fields": async ({ page }) => await expect(peopleCount(page)).toHaveText(/^100 people/),
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
    title: "The API keys could not be read",
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
    title: "The spend by day could not be loaded",
    expectData: async (page, sandbox) => {
      await expectAllBudgets(page, sandbox);
      await expectSpendByDay(page, sandbox);
    },
  },
  {
    name: "models.list",
    method: "GET",
    impossible: NOTHING_TO_APPLY,
    path: "^/models\\?",
    truth: (sandbox) => sandbox.raw("GET", "/models?output_modalities=all&offset=0&limit=100"),
    arrange: openList,
    trigger: (page) => main(page).getByRole("link", { name: "Create workspace" }).click(),
    location: (page) => main(page).getByText(/The list of models could not be loaded; type a model’s id\./).first(),
    title: /./,
    hasDetails: false,
    expectData: async (page) => {
      await expect(heading(page, "Create workspace")).toBeVisible();
      await expect(main(page).getByText("Choose from the list, or type a model’s id.")).toHaveCount(2);
      await expect(page.getByRole("combobox", { name: "Default text model" })).toBeEditable();
    },
    retry: async (page) => void (await page.reload()),
    // A model that cannot be read is left out. Its ID can still be typed.
    overrides: { "wrong types": async ({ page }) => await expect(page.getByRole("combobox", { name: "Default text model" })).toBeEditable() },
  },
];
