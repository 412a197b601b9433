/**
 * Actions and locators for the budgets editor.
 */
import { expect, type Locator, type Page, test } from "@playwright/test";
import { escape, expectSavedStatus, field } from "./actions.ts";
import { type Interval, INTERVALS, type Limits, type Sandbox } from "./sandbox.ts";

/** Returns the name of an interval as it starts a label. */
export function intervalName(interval: Interval): string {
  return interval.charAt(0).toUpperCase() + interval.slice(1);
}

/** Opens the budgets of a workspace. */
export async function openBudgets(page: Page, slug: string): Promise<void> {
  await page.goto(`/workspaces/${slug}/budgets`);
  await expect(limitGroup(page, "daily")).toBeVisible();
}

/** Returns the group of controls for one limit. */
export function limitGroup(page: Page, interval: Interval): Locator {
  return page.getByRole("group", { name: intervalName(interval), exact: true });
}

/** Returns the field of a limit. It does not exist while the limit is off. */
export function limitField(page: Page, interval: Interval): Locator {
  return field(page, `${intervalName(interval)} limit in US dollars`);
}

/** Expects that the field of a limit names a problem. When the limit resets follows it. */
export async function expectLimitProblem(page: Page, interval: Interval, problem: string): Promise<void> {
  await expect(limitField(page, interval)).toHaveAccessibleDescription(new RegExp(`^${escape(problem)}( |$)`));
}

/** Adds or removes a limit. One that is as wanted stays. */
export async function setLimit(page: Page, interval: Interval, isOn: boolean): Promise<void> {
  const press = limitButton(page, interval, isOn ? "Add" : "Remove");
  const opposite = limitButton(page, interval, isOn ? "Remove" : "Add");
  await expect(press.or(opposite)).toBeVisible();
  if (await press.isVisible()) await press.click();
  await expect(opposite).toBeVisible();
}

/** Returns the button that adds a limit, or that removes it. Only one of them is there. */
export function limitButton(page: Page, interval: Interval, what: "Add" | "Remove"): Locator {
  return limitGroup(page, interval).getByRole("button", { name: `${what} ${interval} limit`, exact: true });
}

/** Returns the switch that decides whether BYOK spend counts. */
export function byokSwitch(page: Page): Locator {
  return page.getByRole("switch", { name: "Count BYOK spend" });
}

/** Returns the button that saves all limits. */
export function saveButton(page: Page): Locator {
  return page.getByRole("button", { name: "Save budgets" });
}

/** Returns the text that lists what Save will do. */
export function savePreview(page: Page): Locator {
  return page.getByRole("form", { name: "Budgets" }).getByText(/^\d+ unsaved changes?: /);
}

/** Types limits, and adds or removes them. Limits that are not named stay unchanged. */
export async function typeLimits(page: Page, limits: Limits): Promise<void> {
  for (const interval of INTERVALS) {
    const wanted = limits[interval];
    if (wanted === undefined) continue;
    await setLimit(page, interval, wanted !== null);
    if (wanted !== null) await limitField(page, interval).fill(wanted);
  }
}

/** Saves and waits until everything is saved. */
export async function saveBudgets(page: Page): Promise<void> {
  await saveButton(page).click();
  await expectSavedStatus(page);
}

/** Expects that all four fields show these limits, with commas between thousands. */
export async function expectShownLimits(page: Page, limits: Limits): Promise<void> {
  for (const interval of INTERVALS) {
    const shown = limits[interval];
    if (shown == null) await expect(limitField(page, interval)).toHaveCount(0);
    else await expect(limitField(page, interval)).toHaveValue(asInField(shown));
  }
}

/** Expects these limits in the database and on the page. Strings are compared digit by digit. */
export async function expectSaved(page: Page, sandbox: Sandbox, slug: string, limits: Limits): Promise<void> {
  expect(await sandbox.limits(slug)).toEqual(limits);
  await expectShownLimits(page, limits);
}

/** Formats an amount as a field shows it: commas between thousands, and at least two decimals. */
function asInField(amount: string): string {
  const [whole = "", cents = ""] = amount.split(".");
  return `${whole.replace(/\B(?=(\d{3})+$)/g, ",")}.${cents.padEnd(2, "0")}`;
}

/** Skips a test in the first hours of a month. Then almost nothing is spent, and there is no forecast. */
export function skipAtStartOfMonth(): void {
  const now = new Date();
  test.skip(now.getUTCDate() === 1 && now.getUTCHours() < 6, "a month needs some hours of spend");
}

/** Returns how the page names a day given as `YYYY-MM-DD`, such as `Nov 5`. */
export function monthAndDay(date: string): string {
  return new Date(date).toLocaleDateString("en-US", { month: "short", day: "numeric", timeZone: "UTC" });
}
