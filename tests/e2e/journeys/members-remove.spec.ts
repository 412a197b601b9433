/** Removing hundreds of members, with a definite outcome for each. */
import type { Page } from "@playwright/test";
import { expect, expectRowVisible, pressTwice, test } from "../fixtures.ts";
import {
  changeMembers,
  closeJob,
  count,
  dbMembers,
  expectAgreement,
  expectFinished,
  jobDialog,
  MANY,
  openMembers,
  openRemoveDialog,
  outcomes,
  removeDialog,
  removeSelected,
  requestSizes,
  rowCheckbox,
  rowOf,
  SCALE,
  search,
  select,
  selectAll,
  selectionBar,
  table,
  waitUntilListed,
} from "../support/members.ts";
import type { Sandbox } from "../support/sandbox.ts";

test.use({ organization: SCALE });

const preview = (page: Page) =>
  removeDialog(page).getByRole("table", { name: "Members to remove" });

/** Returns the members with active keys, by the creators of the keys. */
async function membersWithKeys(sandbox: Sandbox, slug: string): Promise<string[]> {
  const { id } = await sandbox.workspace(slug);
  const keys = (await sandbox.db()).keys.filter((key) => key.workspace_id === id && key.disabled === false);
  return keys.map((key) => String(key.creator_user_id));
}

test("a thousand members are removed; those who are refused do not block the others", async ({
  page,
  sandbox,
  expectedFailures,
}) => {
  await sandbox.reset({ ...SCALE, people: 1100, members: 1000 });
  expectedFailures.allowRefusedRemovals();
  const before = await dbMembers(sandbox, MANY);
  const owners = await membersWithKeys(sandbox, MANY);
  expect(owners).toHaveLength(10);
  await openMembers(page, MANY);
  await expect(count(page)).toHaveText("1,000 members");
  await selectAll(page);
  await removeSelected(page, "990 members");
  await expectFinished(page, "988 removed · 2 refused", 30_000);

  // Ten batches, and two more requests for each of the two members whom the refusal names.
  const sizes = await requestSizes(sandbox);
  expect(sizes.length).toBeLessThanOrEqual(14);
  expect(Math.max(...sizes)).toBe(100);
  const results = await expectAgreement(page, sandbox, MANY, "remove");
  expect(results).toHaveLength(990);
  const refused = results.filter((it) => it.outcome === "refused");
  expect(refused.map((it) => it.id).sort()).toEqual([before[250], before[749]].sort());
  for (const { reason } of refused) expect(reason).toContain("managed by the identity provider (SCIM)");
  expect((await dbMembers(sandbox, MANY)).sort()).toEqual([...owners, ...refused.map((it) => it.id)].sort());
});

test("members with active keys are listed first, with the reason, and never sent", async ({ page, sandbox }) => {
  const owners = await membersWithKeys(sandbox, MANY);
  const free = (await dbMembers(sandbox, MANY)).slice(0, 3);
  await openMembers(page, MANY);
  for (const id of [...owners, ...free]) {
    await search(page).fill(id);
    await select(page, id);
  }
  await expect(rowOf(table(page), free[2] ?? "")).toBeVisible();
  await openRemoveDialog(page);
  await expect(removeDialog(page)).toHaveAccessibleName("Remove 7 members from “Everybody of Scale”?");
  await expect(removeDialog(page).getByRole("button", { name: "Cancel" })).toBeFocused();
  await expect(removeDialog(page).getByRole("status").first()).toHaveText("3 ready to remove · 4 blocked by active API keys");
  await expect(removeDialog(page)).toContainText("Members with active API keys can’t be removed");
  const rows = preview(page).locator("tbody tr[data-row]");
  await expect(rows).toHaveCount(7);
  for (const at of [0, 1, 2, 3]) await expect(rows.nth(at)).toContainText("1 active key");
  expect(await requestSizes(sandbox)).toEqual([]);
  await removeDialog(page).getByRole("button", { name: "Remove 3 members", exact: true }).click();
  await expectFinished(page, "3 removed");
  const posts = await sandbox.requests("POST");
  expect(posts).toHaveLength(1);
  const ids = (posts[0]?.request_body as { user_ids: string[] }).user_ids;
  expect(ids.sort()).toEqual([...free].sort());
  await closeJob(page);
  // They stay selected, and stay members.
  await expect(selectionBar(page)).toContainText(/^4 selected/);
  expect(await membersWithKeys(sandbox, MANY)).toEqual(owners);
  for (const id of owners) expect(await dbMembers(sandbox, MANY)).toContain(id);
});

test("disabling a key in the dialog allows the removal of its owner", async ({ page, sandbox }) => {
  await sandbox.reset({ auth: "proxy" });
  const [owner] = (await membersWithKeys(sandbox, "mobile-apps")) as [string];
  await openMembers(page, "mobile-apps");
  await expect(rowOf(table(page), owner)).toContainText("1 key");
  await select(page, owner);
  await openRemoveDialog(page);
  const button = removeDialog(page).getByRole("button", { name: /^Remove (\d+ )?members?$/ });
  await expect(button).toHaveAttribute("aria-disabled", "true");
  await expect(button).toHaveAccessibleDescription("Active API keys block all of them");
  await preview(page).getByRole("button", { name: /^Show the 1 active key of/ }).click();
  const keys = page.getByRole("dialog", { name: /^API keys of / });
  await pressTwice(keys.getByRole("button", { name: /^Disable / }));
  await expect(keys).toContainText("No active API keys");
  await keys.getByRole("button", { name: "Close", exact: true }).last().click();
  await expect(keys).toHaveCount(0);
  await expect(removeDialog(page).getByRole("status").first()).toHaveText("1 ready to remove");
  await removeDialog(page).getByRole("button", { name: "Remove 1 member", exact: true }).click();
  await expectFinished(page, "1 removed");
  expect(await dbMembers(sandbox, "mobile-apps")).not.toContain(owner);
});

test("Cancel, Escape and Back send nothing and keep the selection", async ({ page, sandbox }) => {
  const [a, b] = (await dbMembers(sandbox, MANY)) as [string, string];
  await openMembers(page, MANY, `?q=${a}`);
  await select(page, a);
  await search(page).fill(b);
  await select(page, b);
  await expect(page).toHaveURL(new RegExp(b));
  const closings = [
    () => removeDialog(page).getByRole("button", { name: "Cancel" }).click(),
    () => page.keyboard.press("Escape"),
    () => page.goBack(),
  ];
  for (const leave of closings) {
    await openRemoveDialog(page);
    await expect(page).toHaveURL(/panel=remove/);
    await leave();
    await expect(removeDialog(page)).toHaveCount(0);
    await expect(page).not.toHaveURL(/panel=/);
    await expect(selectionBar(page)).toContainText("2 selected, 1 hidden");
  }
  expect(await requestSizes(sandbox)).toEqual([]);
});

test("Undo adds exactly the removed members again", async ({ page, sandbox, expectedFailures }) => {
  expectedFailures.allowRefusedRemovals();
  const before = await dbMembers(sandbox, MANY);
  await openMembers(page, MANY);
  await selectAll(page);
  await removeSelected(page, "396 members");
  await expectFinished(page, "395 removed · 1 refused");
  const removed = (await outcomes(page)).filter((it) => it.outcome === "removed").map((it) => it.id);
  expect(removed).toHaveLength(395);
  await sandbox.clearLog();
  await jobDialog(page).getByRole("button", { name: "Undo: add 395 back" }).click();
  await expect(jobDialog(page)).toHaveAccessibleName(/^Adding .*395/);
  await expectFinished(page, "395 added");
  expect((await requestSizes(sandbox)).sort()).toEqual([100, 100, 100, 95]);
  const results = await outcomes(page);
  expect(results.map((it) => it.id).sort()).toEqual([...removed].sort());
  expect((await dbMembers(sandbox, MANY)).sort()).toEqual([...before].sort());
  await closeJob(page);
  await expect(count(page)).toHaveText("400 members");
});

test("a member whom someone else removed first is not a failure", async ({ page, sandbox }) => {
  const [a, b, c] = (await dbMembers(sandbox, MANY)) as [string, string, string];
  await openMembers(page, MANY);
  for (const id of [a, b, c]) {
    await search(page).fill(id);
    await select(page, id);
  }
  await openRemoveDialog(page);
  await changeMembers(sandbox, MANY, "remove", [b]);
  await sandbox.clearLog();
  await removeDialog(page).getByRole("button", { name: "Remove 3 members", exact: true }).click();
  // The API counted two of three, so the members were listed. It does not say which two.
  await expectFinished(page, "3 removed, maybe by someone else");
  expect(await requestSizes(sandbox)).toEqual([3]);
  expect((await sandbox.requests("GET")).filter((it) => /\/members$/.test(it.path)).length).toBeGreaterThan(0);
  for (const id of [a, b, c]) expect(await dbMembers(sandbox, MANY)).not.toContain(id);
});

test("Stop finishes the requests in flight, and the rest can be resumed", async ({ page, sandbox, expectedFailures }) => {
  await sandbox.reset({ ...SCALE, people: 900, members: 900 });
  expectedFailures.allowRefusedRemovals();
  await openMembers(page, MANY);
  await selectAll(page);
  await openRemoveDialog(page);
  await sandbox.fault({ method: "POST", path: "/members/remove", times: 4, delay_ms: 1500, answer: { kind: "pass" } });
  await removeDialog(page).getByRole("button", { name: /^Remove \d+ members$/ }).click();
  await expect(jobDialog(page).getByRole("progressbar", { name: "Removing" })).toBeVisible();
  await jobDialog(page).getByRole("button", { name: "Stop", exact: true }).click();
  await expect(jobDialog(page).getByText("Stopping after the requests in progress")).toBeVisible();
  await expect(jobDialog(page).getByText("Finished", { exact: true })).toBeVisible();
  expect((await requestSizes(sandbox)).length).toBe(4);
  const half = await outcomes(page);
  const members = new Set(await dbMembers(sandbox, MANY));
  const done = half.filter((it) => it.outcome === "removed");
  expect(done.length).toBe(900 - members.size);
  expect(done.every((it) => !members.has(it.id))).toBe(true);
  const left = half.filter((it) => it.outcome === "not tried").length;
  expect(done.length + left).toBe(half.length);

  await jobDialog(page).getByRole("button", { name: `Try ${left} again`, exact: true }).click();
  await expectFinished(page, "889 removed · 2 refused");
  const results = await expectAgreement(page, sandbox, MANY, "remove");
  expect(results).toHaveLength(891);
});

test("a paused job sends nothing until it is resumed", async ({ page, sandbox, expectedFailures }) => {
  await sandbox.reset({ ...SCALE, people: 700, members: 700 });
  expectedFailures.allowRefusedRemovals();
  await openMembers(page, MANY);
  await selectAll(page);
  await openRemoveDialog(page);
  await sandbox.fault({ method: "POST", path: "/members/remove", times: 4, delay_ms: 1000, answer: { kind: "pass" } });
  await removeDialog(page).getByRole("button", { name: /^Remove \d+ members$/ }).click();
  await jobDialog(page).getByRole("button", { name: "Pause", exact: true }).click();
  await expect(jobDialog(page).getByText("Paused", { exact: true })).toBeVisible();
  await expect.poll(async () => (await sandbox.requests("POST")).filter((it) => it.status === null).length).toBe(0);
  expect((await requestSizes(sandbox)).length).toBe(4);
  await jobDialog(page).getByRole("button", { name: "Resume", exact: true }).click();
  await expectFinished(page, "692 removed · 1 refused");
  await expectAgreement(page, sandbox, MANY, "remove");
});

test("each outcome is a row, and failures can be shown alone", async ({ page, sandbox, expectedFailures }) => {
  await sandbox.reset({ auth: "proxy" });
  expectedFailures.allowRefusedRemovals();
  const managed = (await dbMembers(sandbox, "interns")).at(-1) ?? "";
  await openMembers(page, "interns");
  await selectAll(page);
  await removeSelected(page, "18 members");
  await expectFinished(page, "17 removed · 1 refused");
  await waitUntilListed(page);
  await jobDialog(page).getByRole("combobox", { name: "Filter outcomes" }).selectOption("Refused (1)");
  const list = jobDialog(page).getByRole("table", { name: "Outcome for each person" });
  await expect(list).toHaveAttribute("aria-rowcount", "2");
  await expectRowVisible(list, { Person: /@/, Outcome: /^Refused .*managed by the identity provider \(SCIM\)/ });
  expect((await outcomes(page)).map((it) => it.id)).toEqual([managed]);
  await closeJob(page);
  await expect(rowCheckbox(page, managed)).toBeChecked();
});
