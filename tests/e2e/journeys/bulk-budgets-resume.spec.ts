/** A bulk change of budgets that is interrupted: it can be resumed, and sent changes are read back first. */
import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures.ts";
import { parseCsv } from "../support/members.ts";
import {
  expectFinished,
  openOverview,
  openPanel,
  select,
  setLimit,
  setPanelLimit,
  startJob,
  waitUntilLoaded,
} from "../support/overview.ts";
import type { Sandbox } from "../support/sandbox.ts";

test.use({ organization: { auth: "proxy" } });

const NAME = "Changing the budgets of 2 workspaces";
const WANTED = { monthly: "600", weekly: "300" };
const banner = (page: Page) => page.getByText(`${NAME} was interrupted: 2 of 2 changes left`);
const resumeButton = (page: Page) => page.getByRole("main").getByRole("button", { name: "Resume", exact: true });
const job = (page: Page) => page.locator("dialog").filter({ has: page.getByRole("table", { name: "Outcome for each workspace" }) });

/** Starts a job that gives two workspaces two limits each. Its first two writes are applied, but their responses hang. */
async function startHangingJob(page: Page, sandbox: Sandbox): Promise<void> {
  await select(page, "Interns", "Mobile Apps");
  await openPanel(page);
  await setPanelLimit(page, "Monthly", "600");
  await setPanelLimit(page, "Weekly", "300");
  const fault = { method: "PUT", path: "/budgets/monthly", times: 2, when: "after", delay_ms: 20_000 } as const;
  await sandbox.fault({ ...fault, answer: { kind: "pass" } });
  await sandbox.clearLog();
  await startJob(page, 2);
  await expect.poll(() => sandbox.limits("interns")).toEqual({ monthly: "600" });
  await expect.poll(() => sandbox.limits("mobile-apps")).toEqual({ monthly: "600" });
}

test("after a reload nothing is sent until the job is resumed, and then only the rest", async ({ page, sandbox }) => {
  page.on("dialog", (dialog) => dialog.accept());
  await openOverview(page);
  await startHangingJob(page, sandbox);
  await page.reload();
  await expect(banner(page)).toBeVisible();
  expect(await sandbox.requests("PUT")).toHaveLength(2);
  await resumeButton(page).click();
  await expectFinished(page, "2 changed");
  await expect(banner(page)).toHaveCount(0);
  for (const slug of ["interns", "mobile-apps"]) expect(await sandbox.limits(slug)).toEqual(WANTED);
  expect((await sandbox.requests("PUT")).filter((it) => it.path.endsWith("/monthly"))).toHaveLength(2);
  await job(page).getByRole("button", { name: "Close", exact: true }).last().click();
  await page.reload();
  await expect(page.getByText(/was interrupted/)).toHaveCount(0);
});

test("a change by someone else before the job is resumed is kept", async ({ page, sandbox }) => {
  page.on("dialog", (dialog) => dialog.accept());
  await openOverview(page);
  await startHangingJob(page, sandbox);
  await page.reload();
  await expect(banner(page)).toBeVisible();
  await setLimit(sandbox, "interns", "monthly", 42);
  await resumeButton(page).click();
  await expectFinished(page, "1 changed · 1 skipped (changed by someone else)");
  expect(await sandbox.limits("interns")).toEqual({ monthly: "42" });
});

test("another tab does not offer a running job; leaving it asks first, and returning offers the rest", async ({
  page,
  context,
  sandbox,
}) => {
  await page.goto("/");
  await page.getByRole("link", { name: "Budgets", exact: true }).click();
  await waitUntilLoaded(page);
  await startHangingJob(page, sandbox);
  const other = await context.newPage();
  await openOverview(other);
  await expect(banner(other)).toHaveCount(0);
  await other.close();
  await page.goBack();
  await page.goBack();
  const asking = page.getByRole("alertdialog", { name: "Leave while budgets are being changed?" });
  await asking.getByRole("button", { name: "Leave page", exact: true }).click();
  await expect(job(page)).toHaveCount(0);
  await page.getByRole("link", { name: "Budgets", exact: true }).click();
  await expect(banner(page)).toBeVisible();
  await page.getByRole("button", { name: "Dismiss" }).click();
  await expect(banner(page)).toHaveCount(0);
  await page.reload();
  await expect(page.getByText(/was interrupted/)).toHaveCount(0);
});

test("a paused job sends nothing until it is resumed, and its outcomes can be exported", async ({ page, sandbox }) => {
  await openOverview(page);
  await select(page, "Interns", "Mobile Apps");
  await openPanel(page);
  await setPanelLimit(page, "Monthly", "600");
  await setPanelLimit(page, "Weekly", "300");
  await sandbox.fault({ method: "PUT", path: "/budgets/monthly", times: 2, delay_ms: 1500, answer: { kind: "pass" } });
  await startJob(page, 2);
  await job(page).getByRole("button", { name: "Pause", exact: true }).click();
  await expect(job(page).getByText("Paused", { exact: true })).toBeVisible();
  await expect.poll(async () => (await sandbox.requests("PUT")).filter((it) => it.status === null).length).toBe(0);
  const sent = (await sandbox.requests("PUT")).length;
  expect(sent).toBeLessThanOrEqual(2);
  await job(page).getByRole("button", { name: "Resume", exact: true }).click();
  await expectFinished(page, "2 changed");
  for (const slug of ["interns", "mobile-apps"]) expect(await sandbox.limits(slug)).toEqual(WANTED);

  const coming = page.waitForEvent("download");
  await job(page).getByRole("button", { name: "Export CSV" }).click();
  const [head, ...rows] = parseCsv(await readFile(await (await coming).path(), "utf8"));
  expect(head).toEqual(["workspace", "workspace_id", "change", "outcome", "reason"]);
  expect(rows.map((row) => [row[0], row[2], row[3]]).sort()).toEqual([
    ["Interns", "add monthly $600.00, then add weekly $300.00", "changed"],
    ["Mobile Apps", "add monthly $600.00, then add weekly $300.00", "changed"],
  ]);
});

test("an unreadable job record can be dismissed on every page with jobs", async ({ page }) => {
  await openOverview(page);
  await page.evaluate(() => {
    const spec = { action: "add", places: [{ workspace: "0f8fad5b-d9cb-469f-a165-708677289501", people: ["user_1"] }] };
    const started = String(Math.floor(Date.now() / 1000)).padStart(12, "0");
    localStorage.setItem(`workspace-console.job.${started}-old.order`, JSON.stringify(spec));
    localStorage.setItem(`workspace-console.job.${started}-old.state`, ".[]");
  });
  await page.reload();
  const title = page.getByText("Can’t read an interrupted job");
  await expect(title).toBeVisible();
  await page.goto("/people");
  await expect(title).toBeVisible();
  await page.getByRole("button", { name: "Dismiss", exact: true }).click();
  await expect(title).toHaveCount(0);
  expect(await page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes("job.")))).toEqual([]);
});
