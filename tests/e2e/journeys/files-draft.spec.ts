/** The file to import as a draft of the tab: it survives a reload, and ends when it is applied or discarded. */
import { expect, MANAGEMENT_KEY, heading, signIn, test } from "../fixtures.ts";
import { closeApply, expectApplied, expectPlan, openApply, openFiles, paste, plan, startApply } from "../support/files.ts";
import type { Page } from "@playwright/test";

const file = (page: Page) => page.getByRole("textbox", { name: "File to import" });
const TEAM = "name,monthly\nNew team,50\n";

/** Pastes a file and waits until it is kept. */
async function keep(page: Page): Promise<void> {
  await openFiles(page);
  await paste(page, TEAM);
  await expectPlan(page, "1 to create");
}

test.describe("behind a proxy", () => {
  test.use({ organization: { auth: "proxy" } });

  test("it survives a reload and another page", async ({ page }) => {
    await keep(page);
    await page.reload();
    await expect(file(page)).toHaveValue(TEAM);
    await expectPlan(page, "1 to create");
    await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "People" }).click();
    await expect(heading(page, "People")).toBeVisible();
    await page.goBack();
    await expect(file(page)).toHaveValue(TEAM);
  });

  test("it can be discarded and brought back", async ({ page }) => {
    await keep(page);
    await page.getByRole("button", { name: "Discard file" }).click();
    await expect(file(page)).toHaveValue("");
    await expect(plan(page)).toHaveCount(0);
    await page.getByRole("button", { name: "Bring back the earlier file" }).click();
    await expect(file(page)).toHaveValue(TEAM);
    await expectPlan(page, "1 to create");
    await page.getByRole("button", { name: "Discard file" }).click();
    await expect(plan(page)).toHaveCount(0);
    await page.reload();
    await expect(file(page)).toHaveValue("");
  });

  test("it ends when it is applied", async ({ page }) => {
    await keep(page);
    await openApply(page, 2);
    await startApply(page, 2);
    await expectApplied(page, "2 applied");
    await closeApply(page);
    await expectPlan(page, "1 unchanged");
    await page.reload();
    await expect(heading(page, "Import and export")).toBeVisible();
    await expect(file(page)).toHaveValue("");
  });
});

test("it ends with the session", async ({ page }) => {
  await signIn(page);
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Import and export" }).click();
  await paste(page, TEAM);
  await expectPlan(page, "1 to create");
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByLabel("Management key", { exact: true }).fill(MANAGEMENT_KEY);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Import and export" }).click();
  await expect(heading(page, "Import and export")).toBeVisible();
  await expect(file(page)).toHaveValue("");
});
