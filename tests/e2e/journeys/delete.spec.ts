/** Deleting a workspace: what is destroyed, what blocks it, and the confirmation. */
import type { Page } from "@playwright/test";
import {
  expect,
  expectNoRow,
  expectNotice,
  expectRowVisible,
  field,
  heading,
  open,
  pressTwice,
  test,
} from "../fixtures.ts";
import type { Fault, Sandbox } from "../support/sandbox.ts";

test.use({ organization: { auth: "proxy" } });

const opener = (page: Page) => page.getByRole("button", { name: "Delete workspace…" });
const dialog = (page: Page) => page.getByRole("alertdialog", { name: /^Delete “/ });
const confirm = (page: Page) => dialog(page).getByRole("button", { name: "Delete workspace", exact: true });
const activity = (page: Page) => page.getByRole("table", { name: "Activity" });

/** Returns the rows of a workspace in the database. */
async function databaseRows(sandbox: Sandbox, slug: string) {
  const { id } = await sandbox.workspace(slug);
  const db = await sandbox.db();
  const of = (rows: Record<string, unknown>[]) => rows.filter((row) => row.workspace_id === id);
  const keys = of(db.keys);
  return { id: String(id), budgets: of(db.budgets).length, members: of(db.members).length, keys };
}

const countText = (count: number, one: string, many: string) =>
  count === 0 ? `no ${many}` : `${count} ${count === 1 ? one : many}`;

test("the dialog counts what is destroyed, as in the database", async ({ page, sandbox }) => {
  for (const [slug, name] of [
    ["hackathon", "Hackathon"],
    ["interns", "Interns"],
  ] as const) {
    const { id, budgets, members, keys } = await databaseRows(sandbox, slug);
    await open(page, `/workspaces/${slug}`, name);
    await opener(page).click();
    await expect(dialog(page)).toContainText(slug);
    await expect(dialog(page)).toContainText(id);
    await expect(dialog(page).getByRole("listitem")).toHaveText([
      countText(budgets, "budget", "budgets"),
      countText(members, "membership", "memberships"),
      "its guardrails",
    ]);
    const idle = countText(keys.length, "disabled or expired API key", "disabled or expired API keys");
    await expect(dialog(page)).toContainText(`The workspace has ${idle}. The API doesn’t say whether those keys are deleted too.`);
  }
});

test("the slug must be typed; then the workspace is gone from the page and the list", async ({ page, sandbox }) => {
  const { id } = await databaseRows(sandbox, "hackathon");
  await page.goto("/");
  await page.getByRole("link", { name: "Hackathon", exact: true }).click();
  await opener(page).click();
  await expect(dialog(page).getByRole("button", { name: "Cancel" })).toBeFocused();
  await expect(confirm(page)).toHaveAttribute("aria-disabled", "true");
  await expect(confirm(page)).toHaveAccessibleDescription("Type the slug to confirm");
  const typed = field(dialog(page), "Type “hackathon” to confirm");
  await typed.fill("hackatho");
  await expect(confirm(page)).toHaveAttribute("aria-disabled", "true");
  await typed.fill("hackathon");
  await confirm(page).click();
  await expectNotice(page, "Success: “Hackathon” was deleted");
  await expect(heading(page, "Workspaces")).toBeVisible();
  await expectNoRow(page.getByRole("table", { name: "Workspaces" }), { Slug: "hackathon" });
  const db = await sandbox.db();
  expect(db.workspaces.filter((row) => row.id === id)).toEqual([]);
  expect([...db.budgets, ...db.members].filter((row) => row.workspace_id === id)).toEqual([]);
  const deletions = await sandbox.requests("DELETE");
  expect(deletions.map((it) => it.path)).toEqual([`/api/v1/workspaces/${id}`]);

  await page.getByRole("link", { name: "Activity" }).click();
  await expectRowVisible(activity(page), { Action: "Deleted workspace Hackathon", State: "Done" });
});

test("active keys block the deletion, and can be cleared in the dialog", async ({ page, sandbox }) => {
  const { keys } = await databaseRows(sandbox, "compliance");
  await sandbox.call("POST", "/workspaces", { name: "Other", slug: "other" });
  await open(page, "/workspaces/staging", "Staging");
  await opener(page).click();
  const active = (await databaseRows(sandbox, "staging")).keys.filter((key) => key.disabled === false);
  expect(active).toHaveLength(3);
  expect(keys.length).toBeGreaterThan(0);
  await expect(dialog(page)).toContainText("3 active API keys block the deletion");
  await expect(confirm(page)).toHaveAccessibleDescription("3 active API keys block it");
  for (const key of active) {
    await expect(dialog(page).getByRole("listitem").filter({ hasText: String(key.name) })).toContainText(String(key.label));
  }
  await field(dialog(page), "Type “staging” to confirm").fill("staging");
  await expect(confirm(page)).toHaveAttribute("aria-disabled", "true");

  await pressTwice(dialog(page).getByRole("button", { name: "Disable Load test" }));
  await expect(dialog(page)).toContainText("2 active API keys block the deletion");
  await expect(dialog(page)).toContainText("1 disabled or expired API key");

  await dialog(page).getByRole("button", { name: "Delete Preview deployments" }).click();
  await dialog(page).getByRole("listitem").getByRole("button", { name: "Cancel" }).click();
  expect(await sandbox.requests("DELETE")).toEqual([]);
  await dialog(page).getByRole("button", { name: "Delete Preview deployments" }).click();
  await dialog(page).getByRole("button", { name: "Delete Preview deployments permanently" }).click();
  await expect(confirm(page)).toHaveAccessibleDescription("1 active API key blocks it");
  await dialog(page).getByRole("button", { name: "Delete Smoke tests" }).click();
  await dialog(page).getByRole("button", { name: "Delete Smoke tests permanently" }).click();

  const left = await expect.poll(async () => (await databaseRows(sandbox, "staging")).keys.map((key) => [key.name, key.disabled]));
  left.toEqual([["Load test", true]]);
  await expect(confirm(page)).not.toHaveAttribute("aria-disabled");
  await confirm(page).click();
  await expectNotice(page, "Success: “Staging” was deleted");
  expect(await sandbox.workspaces("staging")).toEqual([]);

  await page.getByRole("link", { name: "Activity" }).click();
  const done = (Action: string) => expectRowVisible(activity(page), { Action, State: "Done" });
  await done("Disabled API key Load test of Staging");
  await done("Deleted API key Preview deployments of Staging");
  await done("Deleted API key Smoke tests of Staging");
  await done("Deleted workspace Staging");
  await expect(activity(page).getByRole("row")).toHaveCount(5);
});

test("all keys of production are listed, even if many block the deletion", async ({ page, sandbox }) => {
  const { keys } = await databaseRows(sandbox, "production");
  const active = keys.filter((key) => key.disabled === false);
  await open(page, "/workspaces/production?panel=delete", "Production");
  await expect(dialog(page)).toContainText(`${active.length} active API keys block the deletion`);
  await expect(dialog(page).getByRole("listitem").getByRole("button", { name: /^Disable / })).toHaveCount(active.length);
});

test("a key that is created at the last moment is found when the API refuses", async ({ page, sandbox, expectedFailures }) => {
  expectedFailures.allow(400, /\/workspaces\//, "DELETE");
  await open(page, "/workspaces/interns?panel=delete", "Interns");
  await field(dialog(page), "Type “interns” to confirm").fill("interns");
  await sandbox.fault({
    method: "DELETE",
    path: "/workspaces/",
    answer: { kind: "status", status: 400, message: "Workspace \"interns\" has 1 active API key" },
  });
  await confirm(page).click();
  const alert = dialog(page).getByRole("alert");
  await expect(alert).toContainText("Couldn’t delete the workspace");
  await expect(alert).toContainText("Workspace \"interns\" has 1 active API key. Nothing was changed.");
  // The dialog reads the blocking keys again.
  await expect.poll(async () => (await sandbox.requests("GET")).filter((it) => it.path === "/api/v1/keys").length).toBeGreaterThan(1);
  expect(await sandbox.workspaces("interns")).toHaveLength(1);
});

test("Escape, Cancel and Back close the panel before they leave the page", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("link", { name: "Interns", exact: true }).click();
  for (const close of [
    () => page.keyboard.press("Escape"),
    () => dialog(page).getByRole("button", { name: "Cancel" }).click(),
    () => dialog(page).getByRole("button", { name: "Close" }).click(),
    () => page.goBack(),
  ]) {
    await opener(page).click();
    await expect(page).toHaveURL(/\?panel=delete$/);
    await expect(dialog(page)).toBeVisible();
    await close();
    await expect(dialog(page)).toHaveCount(0);
    await expect(page).toHaveURL(/\/workspaces\/interns$/);
    await expect(heading(page, "Interns")).toBeVisible();
    await expect(opener(page)).toBeFocused();
  }
});

test("Back after the panel was closed leaves the page, and never reopens the panel", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("link", { name: "Interns", exact: true }).click();
  await opener(page).click();
  await page.keyboard.press("Escape");
  await expect(dialog(page)).toHaveCount(0);
  await page.goBack();
  await expect(heading(page, "Workspaces")).toBeVisible();
});

test("the panel opens and closes over unsaved changes without a question", async ({ page, sandbox }) => {
  const { id } = await sandbox.workspace("interns");
  await open(page, `/workspaces/${id}`, "Interns");
  await field(page, "Description").fill("Half a thought");
  for (const close of [() => page.keyboard.press("Escape"), () => page.goBack()]) {
    await opener(page).click();
    await expect(dialog(page)).toBeVisible();
    await close();
    await expect(dialog(page)).toHaveCount(0);
    await expect(page).toHaveURL(new RegExp(`/workspaces/${id}$`));
    await expect(page.getByRole("alertdialog")).toHaveCount(0);
    await expect(field(page, "Description")).toHaveValue("Half a thought");
  }
});

test("a link to the panel opens it", async ({ page }) => {
  await open(page, "/workspaces/interns?panel=delete", "Interns");
  await expect(dialog(page).getByRole("button", { name: "Cancel" })).toBeFocused();
  await page.reload();
  await expect(dialog(page)).toBeVisible();
});

test("the typed confirmation is cleared when the panel is reopened", async ({ page }) => {
  await open(page, "/workspaces/interns?panel=delete", "Interns");
  await field(dialog(page), "Type “interns” to confirm").fill("interns");
  await page.keyboard.press("Escape");
  await opener(page).click();
  await expect(field(dialog(page), "Type “interns” to confirm")).toHaveValue("");
  await page.goBack();
  await expect(dialog(page)).toHaveCount(0);
});

test("a missing count is reported, and without the keys the deletion is blocked", async ({
  page,
  sandbox,
  expectedFailures,
}) => {
  expectedFailures.allow(500, /\/(budgets|keys\?.*)$/, "GET");
  await sandbox.fault({ method: "GET", path: "/budgets", answer: { kind: "status", status: 500 } });
  await sandbox.fault({ method: "GET", path: "/keys\\?", answer: { kind: "status", status: 500 } });
  await open(page, "/workspaces/interns?panel=delete", "Interns");
  await expect(dialog(page)).toContainText("its budgets (couldn’t be counted)");
  const alert = dialog(page).getByRole("alert");
  await expect(alert).toContainText("Couldn’t load API keys");
  await alert.getByRole("button", { name: "Try again" }).click();
  await expect(dialog(page)).toContainText("no disabled or expired API keys");
  await expect(alert).toHaveCount(0);
});

test.describe("a lost response", () => {
  /** The fault, and whether the deletion is applied. */
  const lost: Record<string, Pick<Fault, "answer" | "when">> = {
    "after, the connection closes": { when: "after", answer: { kind: "close" } },
    "after, the API responds with 500": { when: "after", answer: { kind: "status", status: 500 } },
    "after, the response is truncated": { when: "after", answer: { kind: "truncate" } },
    "before, the connection closes": { when: "before", answer: { kind: "close" } },
    "before, the API responds with 500": { when: "before", answer: { kind: "status", status: 500 } },
  };
  for (const [name, fault] of Object.entries(lost)) {
    test(`is settled by reading back: ${name}`, async ({ page, sandbox, expectedFailures }) => {
      for (const status of ["network", 404, 500] as const) expectedFailures.allow(status, /\/workspaces\//, "DELETE");
      // Only reading back shows that it is gone. The page's own reads must not interfere.
      expectedFailures.allow(404, /\/workspaces\/[0-9a-f-]{36}(\/.*)?$/, "GET");
      const times = fault.when === "before" ? 5 : 1;
      await sandbox.fault({ method: "DELETE", path: "/workspaces/", times, ...fault });
      await open(page, "/workspaces/interns?panel=delete", "Interns");
      await field(dialog(page), "Type “interns” to confirm").fill("interns");
      await confirm(page).click();
      if (fault.when === "after") {
        await expectNotice(page, "Success: “Interns” was deleted");
        await expect(heading(page, "Workspaces")).toBeVisible();
        expect(await sandbox.workspaces("interns")).toEqual([]);
      } else {
        const alert = dialog(page).getByRole("alert");
        await expect(alert).toContainText("We checked: nothing was changed.");
        expect(await sandbox.workspaces("interns")).toHaveLength(1);
        await sandbox.clearFaults();
        await confirm(page).click();
        await expectNotice(page, "Success: “Interns” was deleted");
      }
    });
  }
});
