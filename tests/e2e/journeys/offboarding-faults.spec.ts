/** Offboarding while the API is busy, loses responses or refuses, and when the tab is closed. */
import { expect, expectRowVisible, test } from "../fixtures.ts";
import { button, dbActiveKeys, dbLeavers, expectOffboarded, openCards, sheet } from "../support/offboarding.ts";
import { dbWorkspacesByPerson, openPeople, sentWrites, waitUntilLoaded } from "../support/people.ts";
import type { Page } from "@playwright/test";
import type { Sandbox } from "../support/sandbox.ts";

test.use({ organization: { auth: "proxy" } });

/** Goes on to the review of three people with all of their keys, and returns the people with the number of changes. */
async function openReview(page: Page, sandbox: Sandbox): Promise<{ people: string[]; changes: number; keys: number }> {
  const people = await dbLeavers(sandbox);
  const places = await dbWorkspacesByPerson(sandbox);
  const keys = (await Promise.all(people.map((id) => dbActiveKeys(sandbox, id)))).flat().length;
  await openPeople(page);
  await openCards(page, [...people]);
  await sheet(page).getByRole("checkbox", { name: `Disable all ${keys} API keys` }).check();
  await button(page, "Review changes").click();
  return { people, keys, changes: keys + people.flatMap((id) => places.get(id) ?? []).length };
}

async function expectGone(sandbox: Sandbox, people: string[]): Promise<void> {
  const places = await dbWorkspacesByPerson(sandbox);
  for (const id of people) {
    expect(places.get(id)).toEqual([]);
    expect(await dbActiveKeys(sandbox, id)).toEqual([]);
  }
}

test("the job waits as long as a busy API asks", async ({ page, sandbox, expectedFailures }) => {
  expectedFailures.allow(429, /\/members\/remove$/, "POST");
  const { people, changes } = await openReview(page, sandbox);
  await sandbox.fault({ method: "POST", path: "/members/remove", answer: { kind: "status", status: 429, retry_after: 2 } });
  await button(page, "Offboard 3 people").click();
  await expect(sheet(page).getByText("The API asks you to wait")).toBeVisible();
  await expectOffboarded(page, `${changes} done`);
  await expectGone(sandbox, people);
});

test("after a 500 that was applied, the state is read and nothing is done twice", async ({ page, sandbox, expectedFailures }) => {
  expectedFailures.allow(500, /\/keys\/[^/]+$/, "PATCH");
  expectedFailures.allow(500, /\/members\/remove$/, "POST");
  const { people, changes, keys } = await openReview(page, sandbox);
  await sandbox.fault({ method: "PATCH", path: "/keys/", when: "after", answer: { kind: "status", status: 500 } });
  await sandbox.fault({ method: "POST", path: "/members/remove", when: "after", answer: { kind: "status", status: 500 } });
  await button(page, "Offboard 3 people").click();
  await expectOffboarded(page, `${changes} done`);
  await expectGone(sandbox, people);
  expect(await sandbox.requests("PATCH")).toHaveLength(keys);
});

test("a key that can't be disabled keeps its owner there, and a retry finishes", async ({ page, sandbox, expectedFailures }) => {
  expectedFailures.allow(403, /\/keys\/[^/]+$/, "PATCH");
  const { people, changes } = await openReview(page, sandbox);
  const [key] = (await dbActiveKeys(sandbox, people[1] ?? "")).filter((it) => it.workspace_id !== null);
  const answer = { kind: "status", status: 403, message: "Not allowed" } as const;
  await sandbox.fault({ method: "PATCH", path: `/keys/${key?.hash}`, answer });
  await button(page, "Offboard 3 people").click();
  await expectOffboarded(page, /^\d+ done · 2 refused$/);
  const outcomes = sheet(page).getByRole("table", { name: "Outcome for each change" });
  await expectRowVisible(outcomes, { Change: "Membership", Outcome: /^Refused Not sent: their API key “.+” may still be active in this workspace\.$/ });
  for (const { people: sent } of await sentWrites(sandbox)) expect(sent.length).toBeGreaterThan(0);
  await button(page, "Try 2 again").click();
  await expectOffboarded(page, `${changes} done`);
  await expectGone(sandbox, people);
});

test("a job of a closed tab is offered again, and finished", async ({ page, sandbox }) => {
  page.on("dialog", (dialog) => dialog.accept());
  const { people, changes } = await openReview(page, sandbox);
  await sandbox.fault({ method: "PATCH", path: "/keys/", when: "after", delay_ms: 30_000, answer: { kind: "pass" } });
  await button(page, "Offboard 3 people").click();
  await expect.poll(async () => (await sandbox.requests("PATCH")).length).toBeGreaterThan(0);
  await page.goto("/people");
  await waitUntilLoaded(page);
  await expect(page.getByText(/^Offboarding 3 people was interrupted: \d+ of \d+ changes left$/)).toBeVisible();
  expect(await sentWrites(sandbox)).toEqual([]);
  await page.getByRole("main").getByRole("button", { name: "Resume", exact: true }).click();
  await expectOffboarded(page, `${changes} done`);
  await expectGone(sandbox, people);
});
