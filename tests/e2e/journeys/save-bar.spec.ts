/** The bar at the end of a form: one place that says what is unsaved and how a save ended, with buttons that stay where they are. */
import type { Locator, Page } from "@playwright/test";
import {
  expect,
  expectNothingUnsaved,
  expectSavedStatus,
  field,
  heading,
  limitField,
  notices,
  open,
  openBudgets,
  saveButton,
  test,
  typeLimits,
} from "../fixtures.ts";

test.use({ organization: { auth: "proxy" }, viewport: { width: 1280, height: 720 } });

const text = (page: Page) => page.locator(".save-bar__text");
const lastTry = (page: Page) => page.getByRole("region", { name: "Last attempt" });

/** Expects that the middle of an element is on the screen, and that nothing covers it. */
async function expectReachable(target: Locator): Promise<void> {
  const isHit = () =>
    target.evaluate((it) => {
      const { left, top, width, height } = it.getBoundingClientRect();
      const hit = document.elementFromPoint(left + width / 2, top + height / 2);
      return hit !== null && (it.contains(hit) || hit.contains(it));
    });
  await expect.poll(isHit).toBe(true);
}

async function middle(button: Locator): Promise<[x: number, y: number]> {
  const { x, y, width, height } = (await button.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  return [Math.round(x + width / 2), Math.round(y + height / 2)];
}

test("the outcome of a save of budgets is on the screen, and no button moves", async ({ page, sandbox }) => {
  await openBudgets(page, "production");
  await expect(saveButton(page)).toHaveCount(0);
  await typeLimits(page, { weekly: "13000" });
  await expect(text(page)).toHaveText("1 unsaved change: weekly $13,000.00");
  const place = await middle(saveButton(page));
  await typeLimits(page, { daily: "2400" });
  await expect(text(page)).toHaveText(/^2 unsaved changes: /);
  expect(await middle(saveButton(page))).toEqual(place);
  await sandbox.fault({ method: "PUT", path: "/budgets/weekly", delay_ms: 800, answer: { kind: "pass" } });
  await saveButton(page).click();
  await expect(text(page)).toHaveText("Saving…");
  expect(await middle(saveButton(page))).toEqual(place);
  await expect(text(page)).toHaveText("Saved");
  expect(await middle(saveButton(page))).toEqual(place);
  await expectReachable(text(page));
  await expectReachable(page.getByRole("button", { name: "Undo" }));
  await expect(notices(page).getByText(/saved/)).toHaveCount(0);
  // A second press of the same place does nothing.
  await sandbox.clearLog();
  await page.mouse.click(...place);
  expect(await sandbox.budgetWrites()).toEqual([]);
});

test("a success goes after eight seconds, but not from under the pointer", async ({ page }) => {
  await page.clock.install();
  await open(page, "/workspaces/interns", "Interns");
  await field(page, "Description").fill("x");
  await page.getByRole("button", { name: "Save changes" }).click();
  await expectSavedStatus(page);
  await page.clock.runFor(12_000);
  await expectSavedStatus(page);
  await page.mouse.move(600, 200);
  await page.clock.runFor(2_000);
  await expect(text(page)).toBeHidden();
  await expectNothingUnsaved(page);
  await expect(heading(page, "Interns")).toBeFocused();
});

for (const [width, height] of [[1280, 720], [1440, 900]] as const) {
  test(`a half-failed save says so, and leads to the details (${width}×${height})`, async ({ page, sandbox, expectedFailures }) => {
    expectedFailures.allow(403, /\/budgets\//, "PUT");
    await page.setViewportSize({ width, height });
    await openBudgets(page, "production");
    await typeLimits(page, { weekly: "13000", daily: "2400" });
    await sandbox.fault({ method: "PUT", path: "/budgets/daily", answer: { kind: "status", status: 403 } });
    await saveButton(page).click();
    await expect(text(page)).toHaveText("1 of 2 limits not saved");
    await expect(page.getByRole("status").filter({ hasText: "1 of 2 limits not saved" })).toBeVisible();
    await expectReachable(text(page));
    await page.getByRole("button", { name: "Details", exact: true }).click();
    await expectReachable(lastTry(page).getByRole("heading", { name: "Not everything was saved" }));
    await expect(page.locator(".plan-box")).toBeFocused();
    await saveButton(page).click();
    await expectSavedStatus(page);
    await expect(lastTry(page)).toHaveCount(0);
    expect(await sandbox.limits("production")).toMatchObject({ weekly: "13000", daily: "2400" });
  });
}

test("the server's problem with the focused field is announced", async ({ page, sandbox, expectedFailures }) => {
  expectedFailures.allow(400, /\/workspaces\/[0-9a-f-]{36}$/, "PATCH");
  await open(page, "/workspaces/interns", "Interns");
  await field(page, "Slug").fill("trainees");
  await sandbox.call("POST", "/workspaces", { name: "Theirs", slug: "trainees" });
  await field(page, "Slug").press("Enter");
  const problem = page.locator(".field__problem").filter({ hasText: "already exists" });
  await expect(field(page, "Slug")).toBeFocused();
  await expect(problem).toHaveAttribute("aria-live", "polite");
});

test("leaving a problem in a limit keeps the buttons where they are", async ({ page }) => {
  await openBudgets(page, "production");
  await typeLimits(page, { weekly: "13000" });
  const place = await middle(saveButton(page));
  await limitField(page, "weekly").fill("50000");
  await expect(saveButton(page)).toHaveAttribute("aria-disabled", "true");
  expect(await middle(saveButton(page))).toEqual(place);
});
