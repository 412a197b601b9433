/** Undo reverts only what its job has changed, also where another administrator was faster. */
import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures.ts";
import {
  addDialog,
  changeMembers,
  closeJob,
  count,
  dbMembers,
  dbNonMembers,
  expectFinished,
  jobDialog,
  openAddDialog,
  openMembers,
  openRemoveDialog,
  outcomes,
  pasteList,
  removeDialog,
  requestSizes,
  select,
} from "../support/members.ts";

test.use({ organization: { auth: "proxy" } });

const SLUG = "interns";

/** Returns the outcome of each person, by ID. */
async function outcomesById(page: Page): Promise<Record<string, string>> {
  return Object.fromEntries((await outcomes(page)).map(({ id, outcome }) => [id, outcome]));
}

test("after a lost answer, Undo keeps a person whom another administrator added first", async ({
  page,
  sandbox,
  expectedFailures,
}) => {
  expectedFailures.allow(500, /\/members\/add$/, "POST");
  const [jane, rick] = (await dbNonMembers(sandbox, SLUG)) as [string, string];
  await openMembers(page, SLUG);
  await openAddDialog(page);
  await pasteList(page, `${jane}\n${rick}`);
  const add = addDialog(page).getByRole("button", { name: "Add 2 members", exact: true });
  await expect(add).toBeVisible();
  await expect(addDialog(page)).toContainText("Undo removes only people added by this job.");
  await changeMembers(sandbox, SLUG, "add", [rick]);
  // The page knows the server's time by whole seconds, so one or two more have to pass.
  const since = Date.now();
  await expect.poll(() => Date.now() - since, { timeout: 10_000 }).toBeGreaterThan(3_000);
  await sandbox.clearLog();
  await sandbox.fault({ method: "POST", path: "/members/add", when: "after", answer: { kind: "status", status: 500 } });
  await add.click();
  await expectFinished(page, "1 added · 1 unchanged");
  expect(await requestSizes(sandbox)).toEqual([2]);
  expect(await outcomesById(page)).toEqual({ [jane]: "added", [rick]: "unchanged" });
  await jobDialog(page).getByRole("button", { name: "Undo: remove 1" }).click();
  await expectFinished(page, "1 removed");
  const members = await dbMembers(sandbox, SLUG);
  expect(members).toContain(rick);
  expect(members).not.toContain(jane);
  await closeJob(page);
  await expect(count(page)).toHaveText("19 members");
});

test("if the API removed fewer members than asked, no one is added back who may have been removed by someone else", async ({
  page,
  sandbox,
}) => {
  const [a, b, c] = (await dbMembers(sandbox, SLUG)) as [string, string, string];
  await openMembers(page, SLUG);
  await select(page, a, b, c);
  await openRemoveDialog(page);
  await expect(removeDialog(page)).toContainText("Undo adds removed people back with their organization role, but doesn’t restore");
  await changeMembers(sandbox, SLUG, "remove", [b]);
  await sandbox.clearLog();
  await removeDialog(page).getByRole("button", { name: "Remove 3 members", exact: true }).click();
  await expectFinished(page, "3 removed, maybe by someone else");
  expect(await requestSizes(sandbox)).toEqual([3]);
  for (const { outcome, reason } of await outcomes(page)) {
    expect(outcome).toBe("removed, maybe by someone else");
    expect(reason).toBe("This job or someone else removed them. Undo doesn’t add them back.");
  }
  await expect(jobDialog(page).getByRole("button", { name: /^(Undo|Try)/ })).toHaveCount(0);
  await closeJob(page);
  await expect(count(page)).toHaveText("15 members");
  const members = await dbMembers(sandbox, SLUG);
  for (const id of [a, b, c]) expect(members).not.toContain(id);
});
