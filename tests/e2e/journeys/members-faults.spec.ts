/** Changing members while the API or the network fails: no resend without reading back, and no lost outcome. */
import type { Page } from "@playwright/test";
import { expect, MANAGEMENT_KEY, signIn, test } from "../fixtures.ts";
import {
  addPasted,
  closeJob,
  count,
  dbMembers,
  dbNonMembers,
  expectAgreement,
  expectFinished,
  expectReadBeforeRetry,
  isWrite,
  jobDialog,
  MANY,
  openMembers,
  openRemoveDialog,
  outcomes,
  removeDialog,
  requestSizes,
  SCALE,
  selectAll,
  userIdsOf,
  waitUntilListed,
} from "../support/members.ts";
import type { FaultAnswer } from "../support/sandbox.ts";

// None of them is managed by the identity provider. Two of them have keys.
const FEW = { ...SCALE, people: 300, members: 240 } as const;
test.use({ organization: FEW });

const REMOVE = "/members/remove";

/** Starts to remove all members who can be removed. */
async function removeAll(page: Page): Promise<void> {
  await selectAll(page);
  await openRemoveDialog(page);
  await removeDialog(page).getByRole("button", { name: "Remove 238 members", exact: true }).click();
}

test("the job waits as long as a busy API asks, and shows the wait", async ({ page, sandbox, expectedFailures }) => {
  expectedFailures.allow(429, /\/members\/remove$/, "POST");
  await openMembers(page, MANY);
  await selectAll(page);
  await openRemoveDialog(page);
  const answer = { kind: "status", status: 429, retry_after: 4 } as const;
  await sandbox.fault({ method: "POST", path: REMOVE, times: 3, answer });
  await removeDialog(page).getByRole("button", { name: "Remove 238 members", exact: true }).click();
  await expect(jobDialog(page).getByText("The API asks you to wait")).toBeVisible();
  await expect(jobDialog(page).getByText(/Resuming in [1-4] s,/)).toBeVisible();
  await expectFinished(page, "238 removed");
  const writes = (await sandbox.log()).filter(isWrite);
  const refused = writes.filter((it) => it.status === 429);
  const first = writes.find((it) => it.status === 200);
  expect(refused).toHaveLength(3);
  const last = Math.max(...refused.map((it) => Date.parse(it.at)));
  expect(Date.parse(String(first?.at)) - last).toBeGreaterThanOrEqual(3_900);
  await expectAgreement(page, sandbox, MANY, "remove");
});

test("the job also waits after a 429 without Retry-After", async ({ page, sandbox, expectedFailures }) => {
  expectedFailures.allow(429, /\/members\/remove$/, "POST");
  await openMembers(page, MANY);
  await sandbox.fault({ method: "POST", path: REMOVE, times: 1, answer: { kind: "status", status: 429 } });
  await removeAll(page);
  await expectFinished(page, "238 removed");
  await expectAgreement(page, sandbox, MANY, "remove");
});

const unclear: Record<string, { when: "before" | "after"; answer: FaultAnswer; times?: number }> = {
  "a 500 after it was applied": { when: "after", answer: { kind: "status", status: 500 } },
  "a 502 before it was applied": { when: "before", answer: { kind: "status", status: 502 } },
  // The browser may resend a request that got no response.
  "a connection that closes before it is applied": { when: "before", answer: { kind: "close" }, times: 2 },
  "a connection that closes after it is applied": { when: "after", answer: { kind: "close" }, times: 2 },
  "a truncated response": { when: "after", answer: { kind: "truncate" } },
  "a response that is not JSON": {
    when: "after",
    answer: { kind: "status", status: 200, envelope: false, body: "<h1>Hello</h1>", content_type: "text/html" },
  },
};

for (const [what, fault] of Object.entries(unclear)) {
  test(`${what} is settled by the list of members`, async ({ page, sandbox, expectedFailures }) => {
    for (const failure of ["network", 500, 502] as const) expectedFailures.allow(failure, /\/members\/remove$/, "POST");
    await openMembers(page, MANY);
    await sandbox.clearLog();
    await sandbox.fault({ method: "POST", path: REMOVE, ...fault });
    await removeAll(page);
    await expectFinished(page, "238 removed");
    await expectReadBeforeRetry(sandbox);
    const writes = (await sandbox.log()).filter(isWrite);
    const named = new Set(writes.flatMap(userIdsOf));
    expect(named.size).toBe(238);
    if (fault.when === "after" && fault.times === undefined) expect(writes).toHaveLength(3);
    const results = await outcomes(page);
    expect(results.every((it) => it.outcome === "removed")).toBe(true);
    expect(await dbMembers(sandbox, MANY)).toHaveLength(2);
    await closeJob(page);
    await expect(count(page)).toHaveText("2 members");
  });
}

test("an addition without a response is settled the same way", async ({ page, sandbox, expectedFailures }) => {
  expectedFailures.allow(500, /\/members\/add$/, "POST");
  const others = await dbNonMembers(sandbox, MANY);
  await openMembers(page, MANY);
  await sandbox.clearLog();
  await sandbox.fault({ method: "POST", path: "/members/add", when: "after", answer: { kind: "status", status: 500 } });
  await addPasted(page, others.join("\n"), "60 members");
  await expectFinished(page, "60 added");
  expect(await requestSizes(sandbox)).toEqual([60]);
  await expectReadBeforeRetry(sandbox);
  await expectAgreement(page, sandbox, MANY, "add");
  expect(await dbMembers(sandbox, MANY)).toHaveLength(300);
});

test("a repeated failure is reported with its reason, and can be retried", async ({
  page,
  sandbox,
  expectedFailures,
}) => {
  expectedFailures.allow(500, /\/members\/remove$/, "POST");
  await openMembers(page, MANY);
  await sandbox.fault({ method: "POST", path: REMOVE, times: 99, answer: { kind: "status", status: 500, message: "Out of order" } });
  await removeAll(page);
  await expectFinished(page, "238 refused");
  const results = await outcomes(page);
  for (const { reason } of results) expect(reason).toContain("Out of order");
  expect(results[0]?.reason).toContain("We checked the members: nothing was changed");
  await expectReadBeforeRetry(sandbox);
  expect((await sandbox.log()).filter(isWrite).length).toBeLessThanOrEqual(6);
  expect(await dbMembers(sandbox, MANY)).toHaveLength(240);
  await sandbox.clearFaults();
  await jobDialog(page).getByRole("button", { name: "Try 238 again" }).click();
  await expectFinished(page, "238 removed");
  await expectAgreement(page, sandbox, MANY, "remove");
});

test("if the list cannot be read, the job pauses with the reason until it is resumed", async ({
  page,
  sandbox,
  expectedFailures,
}) => {
  expectedFailures.allow(500, /\/members/);
  await openMembers(page, MANY);
  await sandbox.clearLog();
  await sandbox.fault({ method: "POST", path: REMOVE, when: "after", answer: { kind: "status", status: 500 } });
  await sandbox.fault({ method: "GET", path: "/workspaces/[^/]+/members\\?", times: 99, answer: { kind: "status", status: 500, message: "No list today" } });
  await removeAll(page);
  await expect(jobDialog(page).getByText("Paused", { exact: true })).toBeVisible({ timeout: 30_000 });
  await expect(jobDialog(page).getByText("We couldn’t check whether the last request went through")).toBeVisible();
  await expect(jobDialog(page)).toContainText("No list today");
  const writes = (await sandbox.log()).filter(isWrite).length;
  await sandbox.clearFaults();
  await jobDialog(page).getByRole("button", { name: "Resume", exact: true }).click();
  await expectFinished(page, "238 removed");
  expect((await sandbox.log()).filter(isWrite).length).toBe(3);
  expect(writes).toBeLessThanOrEqual(3);
  await expectReadBeforeRetry(sandbox);
  await expectAgreement(page, sandbox, MANY, "remove");
});

test("stopping while the list cannot be read reports an unknown outcome", async ({ page, sandbox, expectedFailures }) => {
  expectedFailures.allow(500, /\/members/);
  await openMembers(page, MANY);
  await sandbox.fault({ method: "POST", path: REMOVE, when: "after", answer: { kind: "status", status: 500 } });
  await sandbox.fault({ method: "GET", path: "/workspaces/[^/]+/members\\?", times: 99, answer: { kind: "status", status: 500, message: "No list today" } });
  await removeAll(page);
  await expect(jobDialog(page).getByText("Paused", { exact: true })).toBeVisible({ timeout: 30_000 });
  await jobDialog(page).getByRole("button", { name: "Stop", exact: true }).click();
  await expect(jobDialog(page).getByText("Finished", { exact: true })).toBeVisible({ timeout: 30_000 });
  const results = await outcomes(page);
  const unknown = results.filter((it) => it.outcome === "unknown");
  expect(unknown.length).toBeGreaterThanOrEqual(38);
  for (const { reason } of unknown) expect(reason).toContain("No list today");
  await sandbox.clearFaults();
  await jobDialog(page).getByRole("button", { name: `Try ${unknown.length} again` }).click();
  await expect(jobDialog(page).getByText("Finished", { exact: true })).toBeVisible();
  expect(await dbMembers(sandbox, MANY)).toHaveLength(2);
  for (const { outcome } of await outcomes(page)) expect(["removed", "unchanged"]).toContain(outcome);
});

test("a deleted workspace is the reason for every person", async ({ page, sandbox, expectedFailures }) => {
  expectedFailures.allow(404, /\/(workspaces|keys)/);
  await openMembers(page, MANY);
  await selectAll(page);
  await openRemoveDialog(page);
  await sandbox.fault({ method: "POST", path: REMOVE, times: 99, answer: { kind: "status", status: 404, message: "No such workspace" } });
  await removeDialog(page).getByRole("button", { name: "Remove 238 members", exact: true }).click();
  await expectFinished(page, "238 refused");
  for (const { reason } of await outcomes(page)) expect(reason).toContain("No such workspace");
  expect((await requestSizes(sandbox)).length).toBeLessThanOrEqual(4);
});

test.describe("with a key", () => {
  test.use({ organization: { ...FEW, auth: "key" } });

  test("a key that is no longer accepted is asked for in place, and the job resumes", async ({
    page,
    sandbox,
    expectedFailures,
  }) => {
    expectedFailures.allow(401, /\/members\/remove$/, "POST");
    await signIn(page);
    await page.getByRole("link", { name: "Everybody of Scale", exact: true }).click();
    await page.getByRole("link", { name: "Members", exact: true }).click();
    await waitUntilListed(page);
    await sandbox.fault({ method: "POST", path: REMOVE, skip: 1, times: 2, answer: { kind: "status", status: 401 } });
    await removeAll(page);
    const asking = page.getByRole("dialog", { name: "Sign in again" });
    await expect(asking).toBeVisible();
    await expect(jobDialog(page).getByText("The API no longer accepts your key")).toBeVisible();
    await asking.getByLabel("Management key").fill(MANAGEMENT_KEY);
    await asking.getByRole("button", { name: "Sign in", exact: true }).click();
    await expect(asking).toHaveCount(0);
    await expectFinished(page, "238 removed");
    await expectAgreement(page, sandbox, MANY, "remove");
  });
});
