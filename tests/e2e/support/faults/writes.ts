/**
 * The calls that change something, except the bulk calls: how each is made, and where its effect is shown.
 */
import { expect, type Page } from "@playwright/test";
import { expectNothingUnsaved, expectNotice, expectSavedStatus, field, heading } from "../actions.ts";
import { expectShownLimits, limitField, openBudgets, saveButton, typeLimits } from "../budgets.ts";
import type { Row, Sandbox } from "../sandbox.ts";
import type { Writing } from "./writing.ts";

const main = (page: Page) => page.getByRole("main");
const deletion = (page: Page) => page.getByRole("alertdialog", { name: /^Delete “/ });
const inDeletion = (page: Page, name: string) => deletion(page).getByRole("button", { name, exact: true });
const names = (page: Page) => page.getByRole("table", { name: "Workspaces", exact: true }).getByRole("link");
const lastTry = (page: Page) => page.getByRole("region", { name: "Last attempt" });

async function activeKeys(sandbox: Sandbox): Promise<Row[]> {
  const { id } = await sandbox.workspace("staging");
  return (await sandbox.db()).keys.filter((key) => key.workspace_id === id && !key.disabled && key.expires_at === null);
}

/** Returns the path of the key that is disabled or deleted. */
async function keyPath(sandbox: Sandbox): Promise<string> {
  const key = (await activeKeys(sandbox)).find((it) => it.name === "Load test");
  return `/keys/${key?.hash}`;
}

/** Expects that the dialog for deleting Staging counts its active keys. */
async function expectActiveKeyCount(page: Page, sandbox: Sandbox): Promise<void> {
  const { length } = await activeKeys(sandbox);
  await expect(deletion(page)).toContainText(`${length} active API keys block the deletion`);
}

const creation = (page: Page) => page.getByRole("dialog", { name: "Create API key" });
const handover = (page: Page) => page.getByRole("dialog", { name: "“Night shift” was created" });
const lostSecret = (page: Page) => creation(page).getByText("An API key was created, but its secret is lost");

async function nightKeys(sandbox: Sandbox): Promise<Row[]> {
  return (await sandbox.db()).keys.filter((key) => key.name === "Night shift");
}

/** Changes of production's weekly limit. */
const budgets = {
  path: "^/workspaces/[^/]+/budgets/weekly$",
  repeats: "settles",
  isResent: true,
  timeoutSeconds: 20,
  submit: (page: Page) => saveButton(page).click(),
  location: (page: Page) => lastTry(page).getByRole("alert"),
  title: "Couldn’t save a limit",
  expectDone: async (page: Page) =>
    await expectSavedStatus(page),
  expectData: async (page: Page, sandbox: Sandbox) => {
    await expectShownLimits(page, await sandbox.limits("production"));
    await expectNothingUnsaved(page);
  },
  offline: {
    title: "The rest was not saved",
    effect: "We couldn’t load the budgets before the next change, so it was not sent.",
    name: "workspaces.list_budgets",
  },
} as const;

/** Disabling or deleting a key of Staging. */
const keys = {
  path: "^/keys/[0-9a-f]+$",
  repeats: "settles",
  timeoutSeconds: 20,
  arrange: async (page: Page) => {
    await page.goto("/workspaces/staging?panel=delete");
    await expect(deletion(page)).toContainText("3 active API keys block the deletion");
  },
  location: (page: Page) => deletion(page).getByRole("alert"),
  title: "Couldn’t change the key",
  expectDone: async (page: Page) => await expect(deletion(page)).toContainText("2 active API keys block the deletion"),
  expectData: expectActiveKeyCount,
} as const;

/** All writes. */
export const WRITES: Writing[] = [
  {
    name: "workspaces.create",
    method: "POST",
    path: "^/workspaces$",
    repeats: "once",
    timeoutSeconds: 30,
    truth: (sandbox) => sandbox.raw("POST", "/workspaces", { name: "Night Shift", slug: "night-shift", description: "Owls" }),
    arrange: async (page) => {
      await page.goto("/create-workspace");
      await field(page, "Name").fill("Night Shift");
      await field(page, "Description").fill("Owls");
    },
    submit: (page) => main(page).getByRole("button", { name: "Create workspace" }).click(),
    location: (page) => main(page).getByRole("alert"),
    title: "Couldn’t create the workspace",
    expectInputKept: async (page) => {
      await expect(field(page, "Name")).toHaveValue("Night Shift");
      await expect(field(page, "Description")).toHaveValue("Owls");
    },
    expectDone: (page) => expect(heading(page, "Night Shift")).toBeVisible(),
    isApplied: async (sandbox) => (await sandbox.workspaces("night-shift")).length === 1,
    expectData: async (page, sandbox) => {
      const { slug, description } = await sandbox.workspace("night-shift");
      await expect(field(page, "Description")).toHaveValue(String(description));
      await expect(main(page)).toContainText(String(slug));
    },
  },
  {
    name: "workspaces.update",
    method: "PATCH",
    path: "^/workspaces/[0-9a-f-]{36}$",
    repeats: "once",
    timeoutSeconds: 20,
    truth: (sandbox) => sandbox.raw("PATCH", "/workspaces/interns", { description: "First shift" }),
    arrange: async (page) => {
      await page.goto("/workspaces/interns");
      await field(page, "Description").fill("First shift");
    },
    submit: (page) => page.getByRole("button", { name: "Save changes" }).click(),
    location: (page) => main(page).getByRole("alert"),
    title: "Couldn’t save your changes",
    expectInputKept: (page) => expect(field(page, "Description")).toHaveValue("First shift"),
    expectDone: (page) => expectSavedStatus(page),
    isApplied: async (sandbox) => (await sandbox.workspace("interns")).description === "First shift",
    expectData: async (page, sandbox) => {
      await expect(field(page, "Description")).toHaveValue(String((await sandbox.workspace("interns")).description));
      await expectNothingUnsaved(page);
    },
    offline: {
      title: "Your changes were not saved",
      effect: "We couldn’t load the current workspace, so nothing was sent.",
      name: "workspaces.get",
    },
  },
  {
    name: "workspaces.delete",
    method: "DELETE",
    path: "^/workspaces/[0-9a-f-]{36}$",
    repeats: "once",
    expectDoneIfMissing: (page) => expectNotice(page, "Success: “Interns” was deleted"),
    timeoutSeconds: 30,
    truth: (sandbox) => sandbox.raw("DELETE", "/workspaces/interns"),
    arrange: async (page) => {
      await page.goto("/workspaces/interns?panel=delete");
      await field(deletion(page), "Type “interns” to confirm").fill("interns");
      await expect(inDeletion(page, "Delete workspace")).not.toHaveAttribute("aria-disabled");
    },
    submit: (page) => inDeletion(page, "Delete workspace").click(),
    location: (page) => deletion(page).getByRole("alert"),
    title: "Couldn’t delete the workspace",
    expectInputKept: (page) => expect(field(deletion(page), "Type “interns” to confirm")).toHaveValue("interns"),
    expectDone: async (page) => {
      await expectNotice(page, "Success: “Interns” was deleted");
      await expect(heading(page, "Workspaces")).toBeVisible();
    },
    isApplied: async (sandbox) => (await sandbox.workspaces("interns")).length === 0,
    expectData: async (page, sandbox) => {
      const inDatabase = (await sandbox.db()).workspaces.map((row) => String(row.name)).sort();
      await expect.poll(async () => (await names(page).allInnerTexts()).sort()).toEqual(inDatabase);
    },
  },
  {
    ...budgets,
    name: "workspaces.set_budget",
    method: "PUT",
    truth: (sandbox) => sandbox.raw("PUT", "/workspaces/production/budgets/weekly", { limit_usd: 13_000 }),
    arrange: async (page) => {
      await openBudgets(page, "production");
      await typeLimits(page, { weekly: "13000" });
    },
    expectInputKept: (page) => expect(limitField(page, "weekly")).toHaveValue("13000"),
    isApplied: async (sandbox) => (await sandbox.limits("production")).weekly === "13000",
  },
  {
    ...budgets,
    name: "workspaces.delete_budget",
    method: "DELETE",
    truth: (sandbox) => sandbox.raw("DELETE", "/workspaces/production/budgets/weekly"),
    arrange: async (page) => {
      await openBudgets(page, "production");
      await typeLimits(page, { weekly: null });
    },
    expectInputKept: (page) => expect(limitField(page, "weekly")).toHaveCount(0),
    isApplied: async (sandbox) => (await sandbox.limits("production")).weekly === undefined,
  },
  {
    name: "keys.create",
    method: "POST",
    path: "^/keys$",
    repeats: "once",
    timeoutSeconds: 30,
    truth: async (sandbox) => sandbox.raw("POST", "/keys", { name: "Night shift", workspace_id: (await sandbox.workspace("interns")).id }),
    arrange: async (page) => {
      await page.goto("/workspaces/interns/keys?panel=create");
      await field(creation(page), "Name").fill("Night shift");
    },
    submit: (page) => creation(page).getByRole("button", { name: "Create API key", exact: true }).click(),
    location: (page) => creation(page).getByRole("alert"),
    title: "Couldn’t create the API key",
    expectInputKept: (page) => expect(field(creation(page), "Name")).toHaveValue("Night shift"),
    // The secret comes with the answer, or else it is lost.
    expectDone: (page) => expect(handover(page).or(lostSecret(page))).toBeVisible(),
    isApplied: async (sandbox) => (await nightKeys(sandbox)).length === 1,
    expectData: async (page, sandbox) => {
      if (await handover(page).isVisible()) {
        await handover(page).getByRole("button", { name: "Done" }).click();
        await handover(page).getByRole("button", { name: "Close without copying" }).click();
      } else await creation(page).getByRole("button", { name: "Cancel" }).click();
      const table = page.getByRole("table", { name: "API keys" });
      await expect(table.getByRole("button", { name: "Night shift", exact: true })).toHaveCount((await nightKeys(sandbox)).length);
    },
  },
  {
    ...keys,
    name: "keys.update",
    method: "PATCH",
    truth: async (sandbox) => sandbox.raw("PATCH", await keyPath(sandbox), { disabled: true }),
    submit: async (page) => {
      const question = page.getByRole("group", { name: "Disable Load test?" });
      if (!(await question.isVisible())) await inDeletion(page, "Disable Load test").click();
      await question.getByRole("button", { name: "Disable Load test", exact: true }).click();
    },
    isApplied: async (sandbox) => !(await activeKeys(sandbox)).some((key) => key.name === "Load test"),
  },
  {
    ...keys,
    name: "keys.delete",
    method: "DELETE",
    // The list of keys is read again and decides.
    expectDoneIfMissing: (page) => expect(keys.location(page)).toHaveCount(0),
    truth: async (sandbox) => sandbox.raw("DELETE", await keyPath(sandbox)),
    submit: async (page) => {
      const ask = inDeletion(page, "Delete Load test");
      if (await ask.isVisible()) await ask.click();
      await inDeletion(page, "Delete Load test permanently").click();
    },
    isApplied: async (sandbox) => !(await activeKeys(sandbox)).some((key) => key.name === "Load test"),
  },
];
