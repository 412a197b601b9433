/** Jobs for people in several workspaces that are interrupted or fail part-way. */
import type { Page } from "@playwright/test";
import { expect, expectRowVisible, heading, open, pressTwice, test } from "../fixtures.ts";
import {
  chooseWorkspaces,
  closeJob,
  dbKeyOwners,
  dbMembers,
  dbUnblockedPeople,
  dbWorkspacesByPerson,
  expectFinished,
  inWorkspace,
  jobDialog,
  openPanel,
  openPeople,
  outcomeTable,
  panel,
  preview,
  select,
  sentWrites,
  startButton,
  startJob,
  waitUntilLoaded,
} from "../support/people.ts";
import type { Sandbox } from "../support/sandbox.ts";

test.use({ organization: { auth: "proxy" } });

const hasNoWorkspace = (places: string[]) => places.length === 0;

/** Adds a person to all eleven workspaces, and stops after the first four. */
async function stopAfterFour(page: Page, sandbox: Sandbox, id: string): Promise<void> {
  await openPeople(page);
  await select(page, id);
  await openPanel(page, "add");
  await panel(page).getByRole("button", { name: "Select all" }).click();
  await sandbox.fault({ method: "POST", path: "/members/add", times: 4, delay_ms: 1500, answer: { kind: "pass" } });
  await startJob(page, "11 workspaces");
  await expect(jobDialog(page).getByRole("progressbar")).toBeVisible();
  await jobDialog(page).getByRole("button", { name: "Stop", exact: true }).click();
  await expectFinished(page, "4 added · 7 not tried");
}

test("Stop finishes the requests in flight, and the rest can be retried", async ({ page, sandbox }) => {
  const [id = ""] = await dbUnblockedPeople(sandbox, hasNoWorkspace);
  await stopAfterFour(page, sandbox, id);
  expect((await dbWorkspacesByPerson(sandbox)).get(id)).toHaveLength(4);
  await jobDialog(page).getByRole("button", { name: "Try 7 again" }).click();
  await expectFinished(page, "11 added");
  expect((await dbWorkspacesByPerson(sandbox)).get(id)).toHaveLength(11);
  expect(await sentWrites(sandbox)).toHaveLength(11);
});

test("undoing a stopped job affects only the workspaces that it reached", async ({ page, sandbox }) => {
  const [id = ""] = await dbUnblockedPeople(sandbox, hasNoWorkspace);
  await stopAfterFour(page, sandbox, id);
  await jobDialog(page).getByRole("button", { name: "Undo: remove 4" }).click();
  await expectFinished(page, "4 removed");
  await expect(page.getByRole("heading", { name: "Undone: 1 person removed from 4 workspaces" })).toBeVisible();
  expect((await dbWorkspacesByPerson(sandbox)).get(id)).toEqual([]);
});

test("the job waits as long as a busy API asks", async ({ page, sandbox, expectedFailures }) => {
  expectedFailures.allow(429, /\/members\/add$/, "POST");
  const people = (await dbUnblockedPeople(sandbox, hasNoWorkspace)).slice(0, 2);
  await openPeople(page);
  await select(page, ...people);
  await openPanel(page, "add");
  await chooseWorkspaces(page, "Hackathon", "Interns");
  await sandbox.fault({ method: "POST", path: "/members/add", answer: { kind: "status", status: 429, retry_after: 2 } });
  await startJob(page, "2 workspaces");
  await expect(jobDialog(page).getByText("The API asks you to wait")).toBeVisible();
  await expectFinished(page, "4 added");
  for (const id of people) expect((await dbWorkspacesByPerson(sandbox)).get(id)).toEqual(["Hackathon", "Interns"]);
});

test("unreadable keys are reported; the API decides, and the next opening reads them again", async ({
  page,
  sandbox,
  expectedFailures,
}) => {
  expectedFailures.allow(403, /\/keys\?/, "GET");
  expectedFailures.allowRefusedRemovals();
  const [keeper = ""] = await dbKeyOwners(sandbox, "production");
  const [other = ""] = await dbUnblockedPeople(sandbox, (places) => places.includes("Production"));
  const { id } = await sandbox.workspace("production");
  const answer = { kind: "status", status: 403, message: "No keys for you" } as const;
  await sandbox.fault({ method: "GET", path: `/keys\\?.*${id}`, answer });
  await openPeople(page);
  await select(page, keeper, other);
  await openPanel(page, "remove");
  await chooseWorkspaces(page, "Production");
  await expect(panel(page).getByText("Couldn’t load some API keys")).toBeVisible();
  await expect(panel(page).getByText(/No keys for you/)).toBeVisible();
  await startJob(page, "1 workspace");
  await expectFinished(page, "1 removed · 1 refused");
  await expectRowVisible(outcomeTable(page), { Workspace: inWorkspace("Production"), Outcome: /^Refused .*active API keys/ });
  expect(await dbMembers(sandbox, "production")).toContain(keeper);
  await closeJob(page);
  await openPanel(page, "remove");
  await chooseWorkspaces(page, "Production");
  await expectRowVisible(preview(page), { Workspace: inWorkspace("Production"), "Result": /^Blocked \d active keys?$/ });
  await expect(panel(page).getByText("Couldn’t load some API keys")).toHaveCount(0);
});

test("the panel reads keys again each time it is opened", async ({ page, sandbox }) => {
  const [keeper = ""] = await dbKeyOwners(sandbox, "compliance");
  const { id } = await sandbox.workspace("compliance");
  await openPeople(page);
  await select(page, keeper);
  await openPanel(page, "remove");
  await chooseWorkspaces(page, "Compliance & Audit");
  await expectRowVisible(preview(page), { "Result": /^Blocked/ });
  await panel(page).getByRole("button", { name: "Cancel" }).click();
  const keys = (await sandbox.db()).keys.filter((key) => key.workspace_id === id && key.creator_user_id === keeper);
  for (const key of keys) await sandbox.call("PATCH", `/keys/${key.hash}`, { disabled: true });
  await openPanel(page, "remove");
  await chooseWorkspaces(page, "Compliance & Audit");
  await expectRowVisible(preview(page), { "Result": "Remove" });
});

test("if keys cannot be read again after one was cleared, they still count", async ({ page, sandbox, expectedFailures }) => {
  expectedFailures.allow(403, /\/keys\?/, "GET");
  const [keeper = ""] = await dbKeyOwners(sandbox, "compliance");
  await openPeople(page);
  await select(page, keeper);
  await openPanel(page, "remove");
  await chooseWorkspaces(page, "Compliance & Audit");
  await preview(page).getByRole("button", { name: /^Show the 1 active key of / }).click();
  const keys = page.getByRole("dialog", { name: /^API keys of / });
  const path = `/keys\\?.*${(await sandbox.workspace("compliance")).id}`;
  await sandbox.fault({ method: "GET", path, answer: { kind: "status", status: 403, message: "No keys for you" } });
  await pressTwice(keys.getByRole("button", { name: /^Disable / }));
  await expect(keys.getByText("Couldn’t load API keys")).toBeVisible();
  await keys.getByRole("button", { name: "Try again" }).click();
  await expect(keys.getByText("No active API keys. You can now remove this person")).toBeVisible();
});

test("unknown memberships are skipped, so that Undo removes no existing members", async ({
  page,
  sandbox,
  expectedFailures,
}) => {
  const members = await dbMembers(sandbox, "interns");
  const [inside = ""] = members;
  const [fresh = ""] = await dbUnblockedPeople(sandbox, hasNoWorkspace);
  const path = `/workspaces/${(await sandbox.workspace("interns")).id}/members`;
  expectedFailures.allow(403, new RegExp(path), "GET");
  // Once for the page, and once for opening the panel.
  await sandbox.fault({ method: "GET", path, times: 2, answer: { kind: "status", status: 403 } });
  await openPeople(page);
  await select(page, inside, fresh);
  await openPanel(page, "add");
  await chooseWorkspaces(page, "Interns");
  await expect(panel(page).getByText("2 skipped (members not loaded)")).toBeVisible();
  await expect(startButton(page)).toHaveAccessibleDescription("No changes to make");
  await panel(page).getByRole("button", { name: "Cancel" }).click();
  await openPanel(page, "add");
  await chooseWorkspaces(page, "Interns");
  await expect(panel(page).getByText("1 to add · 1 already members")).toBeVisible();
  await startJob(page, "1 workspace");
  await expectFinished(page, "1 added · 1 unchanged");
  await jobDialog(page).getByRole("button", { name: "Undo: remove 1" }).click();
  await expectFinished(page, "1 removed");
  expect(await dbMembers(sandbox, "interns")).toEqual(members);
});

test("a job interrupted by a reload is offered again, read back first, and completed", async ({ page, sandbox }) => {
  page.on("dialog", (dialog) => dialog.accept());
  const people = (await dbUnblockedPeople(sandbox, hasNoWorkspace)).slice(0, 2);
  await openPeople(page);
  await select(page, ...people);
  await openPanel(page, "add");
  await panel(page).getByRole("button", { name: "Select all" }).click();
  const slow = { method: "POST", path: "/members/add", delay_ms: 30_000, answer: { kind: "pass" } } as const;
  await sandbox.fault({ ...slow, times: 4, when: "after" });
  await startJob(page, "11 workspaces");
  await expect.poll(async () => (await dbWorkspacesByPerson(sandbox)).get(people[0] ?? "")?.length).toBe(4);
  await page.reload();
  await waitUntilLoaded(page);
  const banner = page.getByText("Adding 2 people to 11 workspaces was interrupted: 22 of 22 changes left");
  await expect(banner).toBeVisible();
  expect(await sentWrites(sandbox)).toHaveLength(4);
  // The job is for several workspaces, so their Members tabs do not offer it.
  await page.goto("/workspaces/interns/members");
  await expect(page.getByRole("table", { name: "Members", exact: true })).toBeVisible();
  await expect(page.getByText(/was interrupted/)).toHaveCount(0);
  await openPeople(page);
  await page.getByRole("main").getByRole("button", { name: "Resume", exact: true }).click();
  await expectFinished(page, "22 added");
  await expect(page.getByRole("heading", { name: "2 people added to 11 workspaces" })).toBeVisible();
  for (const id of people) expect((await dbWorkspacesByPerson(sandbox)).get(id)).toHaveLength(11);
  // People whom the first requests reached are found by reading back, not sent again.
  expect(await sentWrites(sandbox)).toHaveLength(11);
  await closeJob(page);
  await expect(banner).toHaveCount(0);
  await page.reload();
  await waitUntilLoaded(page);
  await expect(page.getByText(/was interrupted/)).toHaveCount(0);
});

test("an interrupted job for one workspace is also offered on its Members tab", async ({ page, sandbox }) => {
  page.on("dialog", (dialog) => dialog.accept());
  const people = (await dbMembers(sandbox, "interns")).slice(0, 3);
  await openPeople(page);
  await select(page, ...people);
  await openPanel(page, "remove");
  await chooseWorkspaces(page, "Interns");
  await sandbox.fault({ method: "POST", path: "/members/remove", delay_ms: 30_000, answer: { kind: "close" } });
  await startJob(page, "1 workspace");
  await expect.poll(async () => (await sentWrites(sandbox)).length).toBe(1);
  await page.goto("/workspaces/interns/members");
  await expect(page.getByText("Removing 3 people from “Interns” was interrupted: 3 of 3 changes left")).toBeVisible();
  await page.getByRole("main").getByRole("button", { name: "Resume", exact: true }).click();
  await expectFinished(page, "3 removed");
  await closeJob(page);
  expect(await dbMembers(sandbox, "interns")).toHaveLength(15);
  await openPeople(page);
  await expect(page.getByText(/was interrupted/)).toHaveCount(0);
});

test("leaving during a job asks first, and returning offers the rest", async ({ page, sandbox }) => {
  const [id = ""] = await dbUnblockedPeople(sandbox, hasNoWorkspace);
  await open(page, "/", "Workspaces");
  await page.getByRole("link", { name: "People", exact: true }).click();
  await waitUntilLoaded(page);
  await select(page, id);
  await openPanel(page, "add");
  await panel(page).getByRole("button", { name: "Select all" }).click();
  await sandbox.fault({ method: "POST", path: "/members/add", times: 4, delay_ms: 30_000, answer: { kind: "close" } });
  await startJob(page, "11 workspaces");
  await page.keyboard.press("Escape");
  await page.goBack();
  await expect(page).toHaveURL(/\/people$/);
  await expect(jobDialog(page).getByRole("button", { name: "Stop", exact: true })).toBeVisible();
  await page.goBack();
  const asking = page.getByRole("alertdialog", { name: "Leave while members are being changed?" });
  await asking.getByRole("button", { name: "Leave page", exact: true }).click();
  await expect(heading(page, "Workspaces")).toBeVisible();
  await page.getByRole("link", { name: "People", exact: true }).click();
  await waitUntilLoaded(page);
  await expect(page.getByText("Adding 1 person to 11 workspaces was interrupted: 11 of 11 changes left")).toBeVisible();
  await page.getByRole("button", { name: "Dismiss" }).click();
  await expect(page.getByText(/was interrupted/)).toHaveCount(0);
  await expect.poll(() => page.evaluate(() => document.activeElement !== document.body)).toBe(true);
  await page.reload();
  await waitUntilLoaded(page);
  await expect(page.getByText(/was interrupted/)).toHaveCount(0);
  expect(await sentWrites(sandbox)).toHaveLength(4);
});
