/** Signing in and out: which keys are accepted, and where the key is kept. */
import type { Page } from "@playwright/test";
import {
  expect,
  expectSavedStatus,
  field,
  heading,
  MANAGEMENT_KEY,
  open,
  PLAIN_KEY,
  signIn,
  test,
} from "../fixtures.ts";

const keyField = (page: Page) => page.getByLabel("Management key", { exact: true });
const signInButton = (page: Page) => page.getByRole("button", { name: "Sign in", exact: true });

/** Enters a key on the sign-in screen. */
async function enterKey(page: Page, key: string): Promise<void> {
  await keyField(page).fill(key);
  await signInButton(page).click();
}

test.describe("behind a proxy that adds the key", () => {
  test.use({ organization: { auth: "proxy" } });

  test("the console opens immediately and says who holds the key", async ({ page, sandbox }) => {
    await open(page, "/", "Workspaces");
    await expect(page.getByText("Key held by proxy")).toBeVisible();
    await expect(page.getByText("This page never sees it.")).toBeVisible();
    await expect(page.getByRole("button", { name: "Sign out" })).toBeVisible();
    await expect(page.getByRole("link", { name: "Production", exact: true })).toBeVisible();
    const listings = (await sandbox.log()).filter((request) => request.path === "/api/v1/workspaces");
    expect(listings).toHaveLength(1);
  });

  test("C10: a refused key that the proxy holds is renewed by a reload only", async ({ page, sandbox, expectedFailures }) => {
    expectedFailures.allow(401, /\/workspaces\/research$/, "GET");
    await open(page, "/", "Workspaces");
    await sandbox.fault({ method: "GET", path: "/workspaces/research", answer: { kind: "status", status: 401 } });
    await page.getByRole("link", { name: "Research", exact: true }).click();
    const dialog = page.getByRole("dialog", { name: "Sign in again" });
    await expect(dialog.getByText("The API no longer accepts the proxy’s management key")).toBeVisible();
    await expect(keyField(page)).toHaveCount(0);
    await expect(dialog.getByRole("button", { name: "Sign out" })).toBeVisible();
    await dialog.getByRole("link", { name: "Reload the page" }).click();
    await expect(heading(page, "Research")).toBeVisible();
  });

  test("an unreachable API is reported at the start, and a retry continues", async ({
    page,
    sandbox,
    expectedFailures,
  }) => {
    expectedFailures.allow("network", /\/api\/v1\/key$/, "GET");
    await sandbox.fault({ method: "GET", path: "/key$", times: 20, answer: { kind: "close" } });
    await page.goto("/workspaces/research");
    await expect(page.getByRole("alert")).toContainText("Can’t reach the API");
    await expect(page.getByRole("alert")).toContainText("No connection to the API");
    await expect(page).toHaveTitle("No connection · Workspace Console");
    await sandbox.clearFaults();
    await page.getByRole("button", { name: "Try again" }).click();
    await expect(heading(page, "Research")).toBeVisible();
  });
});

test("a failing API is reported at the start, and a retry asks for the key", async ({
  page,
  sandbox,
  expectedFailures,
}) => {
  expectedFailures.allow(500, /\/api\/v1\/key$/, "GET");
  await sandbox.fault({
    method: "GET",
    path: "/key$",
    answer: { kind: "status", status: 500, message: "The database is on fire" },
  });
  await page.goto("/");
  const alert = page.getByRole("alert");
  await expect(alert).toContainText("The database is on fire");
  await alert.getByText("Technical details").click();
  await expect(alert).toContainText("status: 500");
  await expect(alert).toContainText("operation: keys.get_current");
  await alert.getByRole("button", { name: "Try again" }).click();
  await expect(keyField(page)).toBeVisible();
});

test("password managers can fill the key field", async ({ page }) => {
  await page.goto("/");
  await expect(page).toHaveTitle("Sign in · Workspace Console");
  await expect(keyField(page)).toHaveAttribute("type", "password");
  await expect(keyField(page)).toHaveAttribute("autocomplete", "current-password");
  await expect(keyField(page)).toBeEditable();
  await signInButton(page).click();
  await expect(page.getByText("Enter a management key")).toBeVisible();
  await expect(keyField(page)).toHaveAttribute("aria-invalid", "true");
  await expect(keyField(page)).toBeFocused();
  await enterKey(page, "two words");
  await expect(page.getByText("Copy the key again, without spaces or special characters")).toBeVisible();
  await expect(keyField(page)).toBeFocused();
});

test("a wrong key is refused, and the right one works right after", async ({ page, sandbox }) => {
  await page.goto("/");
  await enterKey(page, "sk-or-v1-mistyped");
  await expect(page.getByRole("alert")).toContainText("The API didn’t accept this key");
  await expect(keyField(page)).toBeFocused();
  await enterKey(page, MANAGEMENT_KEY);
  await expect(heading(page, "Workspaces")).toBeVisible();
  await expect(page.getByRole("alert").filter({ hasText: "didn’t accept" })).toHaveCount(0);
  expect((await sandbox.log()).filter((request) => request.authorized).length).toBeGreaterThan(0);
});

test("a key that is not a management key is reported and explained", async ({ page }) => {
  await page.goto("/");
  await enterKey(page, PLAIN_KEY);
  const alert = page.getByRole("alert");
  await expect(alert).toContainText("This is not a management key");
  await expect(alert).toContainText("To manage workspaces, use a management key.");
  await expect(alert).not.toContainText(PLAIN_KEY);
  await expect(heading(page, "Workspaces")).toHaveCount(0);
});

test("a key that cannot be checked stays in its field", async ({ page, sandbox, expectedFailures }) => {
  expectedFailures.allow(500, /\/api\/v1\/key$/, "GET");
  await page.goto("/");
  await expect(keyField(page)).toBeVisible();
  await sandbox.fault({ method: "GET", path: "/key$", answer: { kind: "status", status: 500 } });
  await enterKey(page, MANAGEMENT_KEY);
  await expect(page.getByRole("alert")).toContainText("Couldn’t check the key");
  await expect(keyField(page)).toHaveValue(MANAGEMENT_KEY);
  await signInButton(page).click();
  await expect(heading(page, "Workspaces")).toBeVisible();
});

test("white space and the scheme around a pasted key are ignored", async ({ page }) => {
  await page.goto("/");
  await keyField(page).focus();
  await page.keyboard.insertText(`\t Bearer ${MANAGEMENT_KEY}  `);
  await page.keyboard.press("Enter");
  await expect(heading(page, "Workspaces")).toBeVisible();
});

test("a reload asks for the key again, unless it was kept for this tab", async ({ page, context }) => {
  await signIn(page);
  await page.reload();
  await expect(keyField(page)).toBeVisible();

  await page.getByRole("checkbox", { name: /Stay signed in in this tab/ }).check();
  await enterKey(page, MANAGEMENT_KEY);
  await expect(heading(page, "Workspaces")).toBeVisible();
  await page.reload();
  await expect(heading(page, "Workspaces")).toBeVisible();

  const other = await context.newPage();
  await other.goto("/");
  await expect(keyField(other)).toBeVisible();

  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(keyField(page)).toBeVisible();
  await page.reload();
  await expect(keyField(page)).toBeVisible();
});

test("a kept key that is no longer valid is asked for again, with the reason", async ({ page, sandbox }) => {
  await page.goto("/");
  await page.getByRole("checkbox", { name: /Stay signed in in this tab/ }).check();
  await enterKey(page, MANAGEMENT_KEY);
  await expect(heading(page, "Workspaces")).toBeVisible();
  await sandbox.fault({ method: "GET", path: "/key$", answer: { kind: "status", status: 401 } });
  await page.reload();
  await expect(page.getByRole("alert")).toContainText("The API didn’t accept this key");
  expect(await page.evaluate(() => JSON.stringify(sessionStorage))).not.toContain(MANAGEMENT_KEY);
});

test("signing out clears key and data in every tab, and Back shows nothing", async ({ page, context }) => {
  await signIn(page);
  await page.getByRole("link", { name: "Production", exact: true }).click();
  await expect(heading(page, "Production")).toBeVisible();

  const other = await context.newPage();
  await signIn(other);
  await other.getByRole("link", { name: "Interns", exact: true }).click();
  await expect(heading(other, "Interns")).toBeVisible();

  await page.getByRole("button", { name: "Sign out" }).click();
  for (const tab of [page, other]) {
    await expect(keyField(tab)).toBeVisible();
    await expect(tab.getByText(/Production|Interns/)).toHaveCount(0);
    expect(await tab.evaluate(() => JSON.stringify(sessionStorage))).not.toMatch(/draft|sk-or/);
  }
  for (const tab of [page, other]) {
    await tab.goBack();
    await expect(keyField(tab)).toBeVisible();
    await expect(tab.getByText(/Production|Interns/)).toHaveCount(0);
  }
});

test("an expired key is asked for in place, and the draft can then be saved", async ({
  page,
  sandbox,
  expectedFailures,
}) => {
  expectedFailures.allow(401, /\/workspaces\/[0-9a-f-]{36}$/, "PATCH");
  await signIn(page);
  await page.getByRole("link", { name: "Interns", exact: true }).click();
  await field(page, "Description").fill("Summer and winter");
  await sandbox.fault({ method: "PATCH", path: "/workspaces/", answer: { kind: "status", status: 401 } });
  await page.getByRole("button", { name: "Save changes" }).click();

  const dialog = page.getByRole("dialog", { name: "Sign in again" });
  await expect(dialog).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(dialog).toBeVisible();
  await dialog.getByLabel("Management key").fill("sk-or-v1-wrong-again");
  await dialog.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(dialog.getByRole("alert")).toContainText("didn’t accept");
  await dialog.getByLabel("Management key").fill(MANAGEMENT_KEY);
  await dialog.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(dialog).toHaveCount(0);

  await expect(field(page, "Description")).toHaveValue("Summer and winter");
  await page.getByRole("button", { name: "Save changes" }).click();
  await expectSavedStatus(page);
  expect((await sandbox.workspace("interns")).description).toBe("Summer and winter");
});

test("a key that expires during a read is asked for in place, and then the page loads", async ({
  page,
  sandbox,
  expectedFailures,
}) => {
  expectedFailures.allow(401, /\/workspaces\/research$/, "GET");
  await signIn(page);
  await sandbox.fault({ method: "GET", path: "/workspaces/research", answer: { kind: "status", status: 401 } });
  await page.getByRole("link", { name: "Research", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Sign in again" });
  await dialog.getByLabel("Management key").fill(MANAGEMENT_KEY);
  await dialog.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(heading(page, "Research")).toBeVisible();
});
