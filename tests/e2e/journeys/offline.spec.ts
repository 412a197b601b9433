/** A page without a connection: one banner, no invented numbers, and it recovers by itself. */
import type { Page } from "@playwright/test";
import { expect, heading, limitField, open, openBudgets, test } from "../fixtures.ts";
import { openMembers, table } from "../support/members.ts";

test.use({ organization: { auth: "proxy" } });

const banner = (page: Page) => page.getByRole("status").filter({ hasText: "You’re offline" });
const link = (page: Page, name: string) => page.getByRole("link", { name, exact: true });

test("offline there is one banner and no number, and the page reads by itself when it is online again", async ({
  page,
  context,
  expectedFailures,
}) => {
  expectedFailures.allow("network", /\/api\/v1\//, "GET");
  expectedFailures.allow("network", /\/analytics\/query$/, "POST");
  await page.clock.install();
  await openBudgets(page, "interns");
  await context.setOffline(true);
  await expect(banner(page)).toBeVisible();
  await link(page, "Members").click();
  // All attempts of each read.
  await page.clock.runFor(60_000);
  await expect(page.getByText(/\b0 members/)).toHaveCount(0);
  await expect(page.getByRole("alert")).toHaveCount(0);
  await expect(banner(page)).toHaveCount(1);
  await context.setOffline(false);
  await expect(banner(page)).toHaveCount(0);
  await expect(table(page).locator("tbody tr[data-row]")).not.toHaveCount(0);
  await link(page, "Budgets").last().click();
  await expect(limitField(page, "daily").or(page.getByRole("group", { name: "Daily", exact: true }))).toBeVisible();
});

test("a read without an answer is repeated by itself, and its error neither flickers nor is announced again", async ({
  page,
  sandbox,
  expectedFailures,
}) => {
  expectedFailures.allow("network", /\/members/, "GET");
  await page.clock.install();
  await open(page, "/workspaces/interns", "Interns");
  await sandbox.fault({ method: "GET", path: "/members", times: 100, answer: { kind: "close" } });
  await link(page, "Members").click();
  const alert = page.getByRole("alert").filter({ hasText: "The list of members may be incomplete" });
  await expect(async () => {
    await page.clock.runFor(2_000);
    await expect(alert).toBeVisible({ timeout: 200 });
  }).toPass();
  await alert.evaluate((it) => it.setAttribute("data-same", ""));
  const asked = async () => (await sandbox.requests("GET")).filter((it) => it.path.includes("/members")).length;
  const before = await asked();
  await expect(async () => {
    await page.clock.runFor(1_000);
    expect(await asked()).toBeGreaterThan(before);
  }).toPass();
  await expect(alert).toHaveAttribute("data-same", "");
  await sandbox.clearFaults();
  await expect(async () => {
    await page.clock.runFor(5_000);
    await expect(alert).toHaveCount(0, { timeout: 200 });
  }).toPass();
  await expect(heading(page, "Interns")).toBeVisible();
  await expect(table(page).locator("tbody tr[data-row]")).not.toHaveCount(0);
});

test("people and members that could not be read are not counted as none", async ({ page, sandbox, expectedFailures }) => {
  expectedFailures.allow(500, /\/members/, "GET");
  await openMembers(page, "interns");
  await sandbox.fault({ method: "GET", path: "/members", times: 100, answer: { kind: "status", status: 500 } });
  for (const address of ["/workspaces/production/members", "/people"]) {
    await page.goto(address);
    await expect(page.getByRole("alert").first()).toBeVisible();
    await expect(page.getByText(/^0 (members|people)/)).toHaveCount(0);
  }
});
