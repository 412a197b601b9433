/** Checks every screen and dialog with axe, in both themes. */
import type { Page } from "@playwright/test";
import {
  byokSwitch,
  expect,
  expectAccessible,
  expectSavedStatus,
  field,
  heading,
  limitField,
  MANAGEMENT_KEY,
  open,
  openBudgets,
  saveBudgets,
  saveButton,
  signIn,
  takeShots,
  test,
  typeLimits,
} from "../fixtures.ts";

/** Checks the current screen and takes screenshots. */
async function checkScreen(page: Page, name: string): Promise<void> {
  await expectAccessible(page);
  await takeShots(page, name);
}

test.describe("signing in", () => {
  test("the form, a refused key, an empty field", async ({ page }) => {
    await page.goto("/");
    await expect(page.getByLabel("Management key", { exact: true })).toBeVisible();
    await checkScreen(page, "sign-in");
    await page.getByLabel("Management key", { exact: true }).fill("sk-or-v1-wrong");
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await expect(page.getByRole("alert")).toContainText("didn’t accept");
    await checkScreen(page, "sign-in-refused");
    await page.getByLabel("Management key", { exact: true }).fill("");
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await expect(page.getByText("Enter a management key")).toBeVisible();
    await checkScreen(page, "sign-in-empty");
  });

  test("an unreachable API", async ({ page, sandbox, expectedFailures }) => {
    expectedFailures.allow(500, /\/key$/, "GET");
    await sandbox.fault({ method: "GET", path: "/key$", answer: { kind: "status", status: 500 } });
    await page.goto("/");
    await page.getByRole("alert").getByText("Technical details").click();
    await checkScreen(page, "unreachable");
  });

  test("an expired key", async ({ page, sandbox, expectedFailures }) => {
    expectedFailures.allow(401, /\/workspaces\/interns$/, "GET");
    await signIn(page, MANAGEMENT_KEY);
    await sandbox.fault({ method: "GET", path: "/workspaces/interns", answer: { kind: "status", status: 401 } });
    await page.getByRole("link", { name: "Interns", exact: true }).click();
    await expect(page.getByRole("dialog", { name: "Sign in again" })).toBeVisible();
    await checkScreen(page, "key-expired");
  });
});

test.describe("signed in", () => {
  test.use({ organization: { auth: "proxy" } });

  test("the list, and its search results", async ({ page }) => {
    await open(page, "/", "Workspaces");
    await expect(page.getByRole("link", { name: "Interns", exact: true })).toBeVisible();
    await checkScreen(page, "list");
    await page.getByRole("searchbox", { name: "Search workspaces" }).fill("zeppelin");
    await expect(page.getByText("No workspaces match “zeppelin”")).toBeVisible();
    await checkScreen(page, "list-no-match");
  });

  test("a list of a thousand workspaces, scrolled", async ({ page, sandbox }) => {
    await sandbox.reset({ auth: "proxy", seed: "scale", workspaces: 1000, people: 30, members: 10 });
    await open(page, "/", "Workspaces");
    await expect(page.getByText("1,000 workspaces")).toBeVisible();
    await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight / 2));
    await expect.poll(() => page.locator("[aria-rowindex='500']").count()).toBeGreaterThan(0);
    await checkScreen(page, "list-scale");
  });

  test("an empty list, and a list with an error", async ({ page, sandbox, expectedFailures }) => {
    expectedFailures.allow(500, /\/workspaces\?/, "GET");
    const body = JSON.stringify({ data: [], total_count: 0 });
    const answer = { kind: "status", status: 200, body, content_type: "application/json" } as const;
    await sandbox.fault({ method: "GET", path: "/workspaces?", answer });
    await open(page, "/", "Workspaces");
    await expect(page.getByText("No workspaces yet")).toBeVisible();
    await checkScreen(page, "list-empty");
    await sandbox.fault({ method: "GET", path: "/workspaces?", answer: { kind: "status", status: 500 } });
    await page.reload();
    await page.getByRole("alert").getByText("Technical details").click();
    await checkScreen(page, "list-error");
  });

  test("the list during the countdown to the next try", async ({ page, sandbox, expectedFailures }) => {
    expectedFailures.allow(429, /\/workspaces\?/, "GET");
    const answer = { kind: "status", status: 429, retry_after: 900 } as const;
    await sandbox.fault({ method: "GET", path: "/workspaces?", answer });
    await open(page, "/", "Workspaces");
    await expect(page.getByText(/The API asks you to wait/)).toBeVisible();
    await checkScreen(page, "list-countdown");
  });

  test("the create form with every error and an open list", async ({ page }) => {
    await open(page, "/create-workspace", "Create workspace");
    await checkScreen(page, "create");
    await field(page, "Name").fill("n".repeat(101));
    await field(page, "Slug").fill("No Slug");
    await field(page, "Description").fill("d".repeat(501));
    await page.getByText("More options").click();
    await page.getByRole("switch", { name: "Private input and output logging" }).check();
    await field(page, "Sampling rate in percent").fill("200");
    await page.getByRole("radio", { name: "Only listed API keys" }).check();
    await page.getByRole("button", { name: "Create workspace" }).click();
    await expect(page.getByText("Add at least one key ID, or log all API keys")).toBeVisible();
    await checkScreen(page, "create-problems");
    await page.getByRole("combobox", { name: "Disabled server tools" }).fill("crystal,");
    await page.getByRole("combobox", { name: "Default text model" }).fill("gpt");
    await page.getByRole("combobox", { name: "Default text model" }).press("ArrowDown");
    await expect(page.getByRole("option").first()).toBeVisible();
    await checkScreen(page, "create-models");
  });

  test("the question before leaving unsaved changes", async ({ page }) => {
    await open(page, "/create-workspace", "Create workspace");
    await field(page, "Name").fill("Half a thought");
    await page.getByRole("link", { name: "Cancel" }).click();
    await expect(page.getByRole("alertdialog", { name: "Leave without saving?" })).toBeVisible();
    await checkScreen(page, "leave");
  });

  test("a workspace, and a failed save", async ({ page, sandbox, expectedFailures }) => {
    expectedFailures.allow(500, /\/workspaces\//, "PATCH");
    await open(page, "/workspaces/compliance", "Compliance & Audit");
    await expect(field(page, "Name")).toBeVisible();
    await checkScreen(page, "detail");
    await sandbox.fault({ method: "PATCH", path: "/workspaces/", answer: { kind: "status", status: 500 } });
    await field(page, "Description").fill("Mine");
    await page.getByRole("button", { name: "Save changes" }).click();
    await expect(page.getByRole("form").getByRole("alert")).toBeVisible();
    await checkScreen(page, "detail-failed");
    await page.getByRole("button", { name: "Save changes" }).click();
    await expectSavedStatus(page);
    await checkScreen(page, "detail-saved");
  });

  test("the default workspace, and one with the longest texts", async ({ page }) => {
    await open(page, "/workspaces/default", "Default Workspace");
    await expect(field(page, "Name")).toBeVisible();
    await checkScreen(page, "detail-default");
    await page.goto("/workspaces/computational-linguistics-low-resource-languages");
    await expect(field(page, "Name")).toBeVisible();
    await checkScreen(page, "detail-long");
  });

  test("an edit conflict between two administrators", async ({ page, sandbox }) => {
    await open(page, "/workspaces/interns", "Interns");
    await field(page, "Description").fill("Mine");
    await sandbox.call("PATCH", "/workspaces/interns", { name: "Their interns", description: "Theirs" });
    await page.getByRole("button", { name: "Save changes" }).click();
    await expect(page.getByRole("dialog").getByRole("table")).toBeVisible();
    await checkScreen(page, "merge");
  });

  test("budgets: unchanged, in conflict, saved, changed by someone else, partly saved", async ({
    page,
    sandbox,
    expectedFailures,
  }) => {
    expectedFailures.allow(403, /\/budgets\//, "PUT");
    await openBudgets(page, "production");
    await expect(page.getByRole("img", { name: / total, at most/ })).toBeVisible();
    await page.getByText("Show as a table").click();
    await checkScreen(page, "budgets");
    await typeLimits(page, { lifetime: "2000", daily: "" });
    await limitField(page, "daily").blur();
    await expect(page.locator("[aria-invalid=true]")).toHaveCount(4);
    await checkScreen(page, "budgets-conflicts");
    await typeLimits(page, { lifetime: null, daily: "1", weekly: "13000" });
    await saveBudgets(page);
    await checkScreen(page, "budgets-saved");
    await typeLimits(page, { weekly: "14000", daily: "2" });
    await sandbox.fault({ method: "PUT", path: "/budgets/daily", answer: { kind: "status", status: 403 } });
    await saveButton(page).click();
    await expect(page.getByRole("region", { name: "Last attempt" }).getByRole("alert")).toBeVisible();
    await checkScreen(page, "budgets-failed");
    await sandbox.call("PUT", "/workspaces/production/budgets/daily", { limit_usd: 3 });
    await saveButton(page).click();
    await expect(page.getByRole("dialog").getByRole("table")).toBeVisible();
    await checkScreen(page, "budgets-merge");
    await page.keyboard.press("Escape");
    await expect(page.getByRole("button", { name: "Compare" })).toBeVisible();
    await checkScreen(page, "budgets-behind");
  });

  test("budgets: no limits, and unavailable spend", async ({ page, sandbox, expectedFailures }) => {
    expectedFailures.allow(500, /\/keys\?/, "GET");
    await sandbox.fault({ method: "GET", path: "/keys\\?", answer: { kind: "status", status: 500 } });
    await openBudgets(page, "interns");
    await expect(page.getByRole("alert")).toBeVisible();
    await byokSwitch(page).check();
    await checkScreen(page, "budgets-none");
  });

  test("deletion: blocked by keys, and ready", async ({ page, sandbox, expectedFailures }) => {
    expectedFailures.allow(500, /\/workspaces\//, "DELETE");
    await open(page, "/workspaces/staging?panel=delete", "Staging");
    const dialog = page.getByRole("alertdialog", { name: "Delete “Staging”?" });
    await expect(dialog).toContainText("3 active API keys block the deletion");
    await dialog.getByRole("button", { name: "Delete Load test" }).click();
    await checkScreen(page, "delete-blocked");
    await page.goto("/workspaces/interns?panel=delete");
    await field(page, "Type “interns” to confirm").fill("interns");
    const confirm = page.getByRole("alertdialog").getByRole("button", { name: "Delete workspace", exact: true });
    await expect(confirm).not.toHaveAttribute("aria-disabled");
    await checkScreen(page, "delete-ready");
    await sandbox.fault({ method: "DELETE", path: "/workspaces/", answer: { kind: "status", status: 500 } });
    await confirm.click();
    await expect(page.getByRole("alertdialog").getByRole("alert")).toBeVisible();
    await checkScreen(page, "delete-failed");
  });

  test("the activity, empty and filled, and an unknown page", async ({ page }) => {
    await open(page, "/activity", "Activity");
    await checkScreen(page, "activity-empty");
    await page.getByRole("link", { name: "Workspaces", exact: true }).first().click();
    await page.getByRole("link", { name: "Interns", exact: true }).click();
    await field(page, "Description").fill("x");
    await page.getByRole("button", { name: "Save changes" }).click();
    await expectSavedStatus(page);
    await page.getByRole("link", { name: "Activity" }).click();
    await page.getByRole("button", { name: "Changed settings of Interns", exact: true }).click();
    await page.getByText("Request as curl").click();
    await expect(page.getByText("$OPENROUTER_KEY")).toBeVisible();
    await checkScreen(page, "activity");
    await page.goto("/elsewhere");
    await expect(heading(page, "Page not found")).toBeVisible();
    await checkScreen(page, "not-found");
  });

  test("an unknown workspace", async ({ page, expectedFailures }) => {
    expectedFailures.allow(404, /\/workspaces\/nowhere$/, "GET");
    await open(page, "/workspaces/nowhere", "nowhere");
    await expect(page.getByRole("main").getByRole("alert")).toBeVisible();
    await checkScreen(page, "workspace-not-found");
  });

  test("the open workspace switcher", async ({ page }) => {
    await open(page, "/workspaces/interns", "Interns");
    await page.getByRole("button", { name: "Go to workspace" }).click();
    await expect(page.getByRole("searchbox", { name: "Find a workspace" })).toBeVisible();
    await checkScreen(page, "switcher");
  });

  test.describe("at 320 pixels", () => {
    test.use({ viewport: { width: 320, height: 640 } });

    test("the list as cards, the drawer and the conflict dialog", async ({ page, sandbox }) => {
      await open(page, "/", "Workspaces");
      await expect(page.getByRole("link", { name: "Interns", exact: true })).toBeVisible();
      await checkScreen(page, "narrow-list");
      await page.getByRole("button", { name: "Open navigation" }).click();
      await expect(page.getByRole("dialog", { name: "Navigation" })).toBeVisible();
      await checkScreen(page, "narrow-drawer");
      await page.keyboard.press("Escape");
      await page.getByRole("link", { name: "Interns", exact: true }).click();
      await field(page, "Description").fill("Mine");
      await sandbox.call("PATCH", "/workspaces/interns", { name: "Their interns", description: "Theirs" });
      await page.getByRole("button", { name: "Save changes" }).click();
      await expect(page.getByRole("dialog").getByRole("table")).toBeVisible();
      await checkScreen(page, "narrow-merge");
    });

    test("budgets with a conflict", async ({ page }) => {
      await openBudgets(page, "production");
      await typeLimits(page, { weekly: "50000" });
      await checkScreen(page, "narrow-budgets");
    });
  });
});
