/** Presses, responses and tabs at the wrong moment, and a clock that is one day off. */
import type { Locator, Page } from "@playwright/test";
import {
  expect,
  expectNotice,
  expectSavedStatus,
  field,
  heading,
  limitField,
  open,
  openBudgets,
  saveButton,
  test,
  typeLimits,
} from "../fixtures.ts";
import * as many from "../support/overview.ts";
import {
  addDialog,
  dbMembers,
  dbNonMembers,
  expectFinished,
  openAddDialog,
  openMembers,
  openRemoveDialog,
  pasteList,
  removeDialog,
  select,
} from "../support/members.ts";
import type { Sandbox } from "../support/sandbox.ts";

test.use({ organization: { auth: "proxy" } });

const deletion = (page: Page) => page.getByRole("alertdialog", { name: /^Delete “/ });
const inDeletion = (page: Page, name: string) => deletion(page).getByRole("button", { name, exact: true });

/** Returns a person without keys who is a member of Interns, or is not. */
async function eligiblePerson(sandbox: Sandbox, isIn: boolean): Promise<string> {
  const keepers = new Set((await sandbox.db()).keys.map((key) => key.creator_user_id));
  const all = isIn ? await dbMembers(sandbox, "interns") : await dbNonMembers(sandbox, "interns");
  return String(all.find((id) => !keepers.has(id)));
}

/** A write, up to the last press. */
interface Write {
  method: "POST" | "PUT" | "PATCH" | "DELETE";
  begin: (page: Page, sandbox: Sandbox) => Promise<Locator>;
  isDone: (page: Page) => Promise<void>;
}

const WRITES: Record<string, Write> = {
  "creating a workspace": {
    method: "POST",
    begin: async (page) => {
      await open(page, "/create-workspace", "Create workspace");
      await field(page, "Name").fill("Once");
      return page.getByRole("main").getByRole("button", { name: "Create workspace" });
    },
    isDone: (page) => expect(heading(page, "Once")).toBeVisible(),
  },
  "saving settings": {
    method: "PATCH",
    begin: async (page) => {
      await open(page, "/workspaces/interns", "Interns");
      await field(page, "Description").fill("Once");
      return page.getByRole("button", { name: "Save changes" });
    },
    isDone: (page) => expectSavedStatus(page),
  },
  "saving a budget": {
    method: "PUT",
    begin: async (page) => {
      await openBudgets(page, "production");
      await typeLimits(page, { weekly: "13000" });
      return saveButton(page);
    },
    isDone: (page) => expectSavedStatus(page),
  },
  "changing a budget among many": {
    method: "PUT",
    begin: async (page) => {
      await many.openOverview(page);
      await many.select(page, "Interns");
      await many.openPanel(page);
      await many.setPanelLimit(page, "Monthly", "601");
      return many.panel(page).getByRole("button", { name: "Change 1 workspace", exact: true });
    },
    isDone: (page) => many.expectFinished(page, "1 changed"),
  },
  "deleting a workspace": {
    method: "DELETE",
    begin: async (page) => {
      await open(page, "/workspaces/interns?panel=delete", "Interns");
      await field(deletion(page), "Type “interns” to confirm").fill("interns");
      return inDeletion(page, "Delete workspace");
    },
    isDone: (page) => expectNotice(page, "Success: “Interns” was deleted"),
  },
  "disabling a key": {
    method: "PATCH",
    begin: async (page) => {
      await open(page, "/workspaces/staging?panel=delete", "Staging");
      await inDeletion(page, "Disable Load test").click();
      return page.getByRole("group", { name: "Disable Load test?" }).getByRole("button", { name: "Disable Load test" });
    },
    isDone: (page) => expect(deletion(page)).toContainText("2 active API keys block the deletion"),
  },
  "deleting a key": {
    method: "DELETE",
    begin: async (page) => {
      await open(page, "/workspaces/staging?panel=delete", "Staging");
      await inDeletion(page, "Delete Load test").click();
      return inDeletion(page, "Delete Load test permanently");
    },
    isDone: (page) => expect(deletion(page)).toContainText("2 active API keys block the deletion"),
  },
  "adding a member": {
    method: "POST",
    begin: async (page, sandbox) => {
      await openMembers(page, "interns");
      await openAddDialog(page);
      await pasteList(page, await eligiblePerson(sandbox, false));
      return addDialog(page).getByRole("button", { name: "Add 1 member", exact: true });
    },
    isDone: (page) => expectFinished(page, "1 added"),
  },
  "removing a member": {
    method: "POST",
    begin: async (page, sandbox) => {
      await openMembers(page, "interns");
      await select(page, await eligiblePerson(sandbox, true));
      await openRemoveDialog(page);
      return removeDialog(page).getByRole("button", { name: "Remove 1 member", exact: true });
    },
    isDone: (page) => expectFinished(page, "1 removed"),
  },
};

for (const [name, { method, begin, isDone }] of Object.entries(WRITES)) {
  test(`pressing ten times sends one request: ${name}`, async ({ page, sandbox }) => {
    const button = await begin(page, sandbox);
    await expect(button).not.toHaveAttribute("aria-disabled");
    await sandbox.fault({ method, path: "/", when: "after", delay_ms: 500, answer: { kind: "pass" } });
    // All in one task of the page, before it can render.
    await button.evaluate((it: HTMLElement) => {
      for (let presses = 0; presses < 10; presses += 1) it.click();
    });
    await isDone(page);
    expect((await sandbox.requests(method)).length).toBe(1);
  });
}

test("a response that arrives after navigation does not replace the newer page", async ({ page, sandbox }) => {
  await open(page, "/", "Workspaces");
  await sandbox.fault({ method: "GET", path: "^/workspaces/research$", when: "after", delay_ms: 1_000, answer: { kind: "pass" } });
  await page.getByRole("link", { name: "Research", exact: true }).click();
  await expect.poll(async () => (await sandbox.requests("GET")).some((it) => it.path.endsWith("/research"))).toBe(true);
  await page.goBack();
  await page.getByRole("link", { name: "Interns", exact: true }).click();
  await expect(field(page, "Name")).toHaveValue("Interns");
  // The sandbox logs a status when it responds, even if the page no longer waits for the response.
  const late = async () => (await sandbox.requests("GET")).find((it) => it.path.endsWith("/research"))?.status;
  await expect.poll(late).toBe(200);
  await expect(heading(page, "Interns")).toBeVisible();
  await expect(field(page, "Name")).toHaveValue("Interns");
});

test("a slow earlier read of a list does not replace a later one", async ({ page, sandbox }) => {
  await page.clock.install();
  await open(page, "/", "Workspaces");
  await page.getByRole("link", { name: "Activity" }).click();
  await page.clock.fastForward("01:05");
  await sandbox.fault({ method: "GET", path: "^/workspaces\\?", when: "after", delay_ms: 2_000, answer: { kind: "pass" } });
  await sandbox.clearLog();
  // The earlier read starts, and holds the state before the creation.
  await page.getByRole("link", { name: "Workspaces", exact: true }).first().click();
  await expect.poll(async () => (await sandbox.requests("GET")).filter((it) => it.path === "/api/v1/workspaces").length).toBe(1);
  await page.getByRole("main").getByRole("link", { name: "Create workspace" }).first().click();
  await field(page, "Name").fill("Newer");
  await page.getByRole("main").getByRole("button", { name: "Create workspace" }).click();
  await expect(heading(page, "Newer")).toBeVisible();
  const answered = async () => (await sandbox.requests("GET")).filter((it) => it.path === "/api/v1/workspaces").map((it) => it.status);
  await expect.poll(answered).toEqual([200, 200]);
  await page.getByRole("link", { name: "Workspaces", exact: true }).first().click();
  await expect(page.getByRole("link", { name: "Newer", exact: true }).first()).toBeVisible();
  await expect(page.getByRole("table", { name: "Workspaces", exact: true }).getByRole("link")).toHaveCount(13);
});

test("two tabs that save the same workspace see each other's change before anything is overwritten", async ({ page, context, sandbox }) => {
  const other = await context.newPage();
  for (const tab of [page, other]) await open(tab, "/workspaces/interns", "Interns");
  await field(page, "Description").fill("From the first");
  await field(other, "Description").fill("From the second");
  await page.getByRole("button", { name: "Save changes" }).click();
  await expectSavedStatus(page);
  await other.getByRole("button", { name: "Save changes" }).click();
  await expect(other.getByRole("dialog")).toContainText("From the first");
  expect((await sandbox.requests("PATCH")).map((it) => it.request_body)).toEqual([{ description: "From the first" }]);
});

for (const [name, days] of Object.entries({ "a day behind": -1, "a day ahead": 1 })) {
  test.describe(`a clock that is ${name}`, () => {
    test.beforeEach(async ({ page }) => page.clock.install({ time: Date.now() + days * 86_400_000 }));

    test("recognizes your own workspace after a lost response", async ({ page, sandbox, expectedFailures }) => {
      expectedFailures.allow(400, /\/workspaces$/, "POST");
      expectedFailures.allow("network", /\/workspaces$/, "POST");
      await open(page, "/create-workspace", "Create workspace");
      const create = page.getByRole("main").getByRole("button", { name: "Create workspace" });
      await field(page, "Name").fill("Lost");
      // The browser resends the request on a lost kept-alive connection, and the slug is then taken. By the server's clock
      // the workspace was created just now.
      await sandbox.fault({ method: "POST", path: "/workspaces", when: "after", answer: { kind: "close" } });
      await create.click();
      await expect(heading(page, "Lost")).toBeVisible();
      expect(await sandbox.workspaces("lost")).toHaveLength(1);
    });

    test("does not affect typing and saving budgets", async ({ page, sandbox }) => {
      await openBudgets(page, "production");
      await typeLimits(page, { weekly: "13000" });
      await saveButton(page).click();
      await expectSavedStatus(page);
      expect((await sandbox.limits("production")).weekly).toBe("13000");
      await expect(limitField(page, "weekly")).toHaveValue("13,000.00");
    });
  });
}
