/** Adding members: picked from the directory, or from a pasted list with a preview. */
import type { Page } from "@playwright/test";
import { expect, expectRowVisible, test } from "../fixtures.ts";
import {
  addDialog,
  addPasted,
  changeMembers,
  closeJob,
  count,
  dbMembers,
  dbNonMembers,
  directory,
  directoryEntry,
  expectAgreement,
  expectFinished,
  headerCheckbox,
  isWrite,
  jobDialog,
  MANY,
  openAddDialog,
  openMembers,
  openRemoveDialog,
  outcomes,
  pasteList,
  pick,
  removeDialog,
  requestSizes,
  rowCheckbox,
  rowOf,
  SCALE,
  searchDirectory,
  select,
  selectionBar,
  userIdsOf,
} from "../support/members.ts";
import type { Row, Sandbox } from "../support/sandbox.ts";

test.use({ organization: { auth: "proxy" } });

const read = (page: Page) => addDialog(page).getByRole("table", { name: "Entries of the list" });
const summary = (page: Page) => addDialog(page).getByRole("status").filter({ hasText: /^\d+ (to add|already|not found|duplicate|ambiguous|only mentioned)/ });
const addButton = (page: Page) => addDialog(page).getByRole("button", { name: /^Add ([\d,]+ )?members?$/ });

/** Returns the roles of a workspace's members, by ID. */
async function roles(sandbox: Sandbox, slug: string): Promise<Map<string, unknown>> {
  const { id } = await sandbox.workspace(slug);
  return new Map((await sandbox.db()).members.filter((it) => it.workspace_id === id).map((it) => [String(it.user_id), it.role]));
}

test("people can be picked from the directory; members are marked and cannot be picked", async ({ page, sandbox }) => {
  const [member] = (await dbMembers(sandbox, "interns")) as [string];
  const [a, b] = (await dbNonMembers(sandbox, "interns")) as [string, string];
  await openMembers(page, "interns");
  await openAddDialog(page);
  await expect(addDialog(page)).toHaveAccessibleName("Add members to “Interns”");
  await expect(directory(page)).toHaveAttribute("aria-rowcount", "241");
  await searchDirectory(page).fill(member);
  await expect(rowOf(directory(page), member)).toContainText("Member");
  await expect(rowOf(directory(page), member).getByRole("checkbox")).toHaveCount(0);
  // The checkbox in the header does not select members.
  await headerCheckbox(directory(page)).click();
  await expect(addButton(page)).toHaveAttribute("aria-disabled", "true");
  await expect(addButton(page)).toHaveAccessibleDescription("No members to add");
  await pick(page, a);
  await pick(page, b);
  await expect(addDialog(page).getByRole("status").first()).toContainText("2 selected, 1 hidden");
  expect(await requestSizes(sandbox)).toEqual([]);
  await addDialog(page).getByRole("button", { name: "Add 2 members", exact: true }).click();
  await expectFinished(page, "2 added");
  await expectAgreement(page, sandbox, "interns", "add");
  expect(await dbMembers(sandbox, "interns")).toHaveLength(20);
});

test("the header checkbox picks the visible non-members, and a second press picks all matches", async ({
  page,
  sandbox,
}) => {
  const others = (await dbNonMembers(sandbox, "interns")).length;
  await openMembers(page, "interns");
  await openAddDialog(page);
  await expect(directory(page)).toHaveAttribute("aria-rowcount", "241");
  await headerCheckbox(directory(page)).click();
  await addDialog(page).getByRole("button", { name: `Select all ${others} matching` }).click();
  await addDialog(page).getByRole("button", { name: `Add ${others} members`, exact: true }).click();
  await expectFinished(page, `${others} added`);
  expect(await dbMembers(sandbox, "interns")).toHaveLength(240);
  expect((await requestSizes(sandbox)).sort()).toEqual([100, 100, others - 200].sort());
});

test("every entry of a pasted list is counted and named before anything is sent", async ({ page, sandbox }) => {
  const { people } = await sandbox.db();
  const inside = new Set(await dbMembers(sandbox, "interns"));
  const [a, b] = people.filter((it) => !inside.has(String(it.id))) as [Row, Row];
  const member = people.find((it) => inside.has(String(it.id))) as Row;
  const list = [
    `Somebody <${String(a.email).toUpperCase()}>`,
    String(b.id),
    String(member.email),
    "nobody@elsewhere.example",
    `${String(a.email)};`,
    "Noah Okafor",
  ].join("\n");
  await openMembers(page, "interns");
  await openAddDialog(page);
  await pasteList(page, list);
  await expect(summary(page)).toHaveText("2 to add · 1 already a member · 1 not found · 1 ambiguous · 1 duplicate");
  await expectRowVisible(read(page), { Entry: /nobody@elsewhere\.example\s*Line 4/, Person: "—", Result: "Not found" });
  await expectRowVisible(read(page), { Entry: /Noah Okafor\s*Line 6/, Person: /Choose a person….*Noah Okafor .*Noah Okafor /, Result: "Ambiguous" });
  await expectRowVisible(read(page), { Entry: /Line 5/, Person: new RegExp(String(a.email)), Result: "Duplicate" });
  await expectRowVisible(read(page), { Entry: /Line 3/, Person: new RegExp(String(member.email)), Result: "Already a member" });
  await expectRowVisible(read(page), { Entry: /Line 1/, Person: new RegExp(String(a.email)), Result: "Add" });
  await expectRowVisible(read(page), { Entry: /Line 2/, Person: new RegExp(String(b.email)), Result: "Add" });
  expect(await requestSizes(sandbox)).toEqual([]);

  await addDialog(page).getByRole("button", { name: "Add 2 members", exact: true }).click();
  await expectFinished(page, "2 added · 1 unchanged");
  const [request] = (await sandbox.log()).filter(isWrite);
  expect(request && userIdsOf(request).sort()).toEqual([String(a.id), String(b.id)].sort());
  const results = await expectAgreement(page, sandbox, "interns", "add");
  const listed = results.filter((it) => it.id !== "").map((it) => it.id);
  expect(listed.sort()).toEqual([a, b, member].map((it) => String(it.id)).sort());
  // The two entries that name no one are in the export, too.
  expect(results).toHaveLength(5);
});

test("Cancel sends nothing, and keeps the pasted text", async ({ page, sandbox }) => {
  const [a] = (await dbNonMembers(sandbox, "interns")) as [string];
  await openMembers(page, "interns");
  await openAddDialog(page);
  await pasteList(page, a);
  await expect(addButton(page)).toHaveText("Add 1 member");
  await addDialog(page).getByRole("button", { name: "Cancel" }).click();
  await expect(addDialog(page)).toHaveCount(0);
  await openAddDialog(page);
  await expect(summary(page)).toHaveText("1 to add");
  await page.keyboard.press("Escape");
  await expect(addDialog(page)).toHaveCount(0);
  expect(await requestSizes(sandbox)).toEqual([]);
});

test("the pasted text survives the removal of other members", async ({ page, sandbox }) => {
  const [a] = (await dbNonMembers(sandbox, "interns")) as [string];
  const [member] = (await dbMembers(sandbox, "interns")) as [string];
  await openMembers(page, "interns");
  await openAddDialog(page);
  await pasteList(page, a);
  await page.keyboard.press("Escape");
  await select(page, member);
  await openRemoveDialog(page);
  await removeDialog(page).getByRole("button", { name: "Remove 1 member", exact: true }).click();
  await expectFinished(page, "1 removed");
  await closeJob(page);
  await openAddDialog(page);
  await expect(summary(page)).toHaveText("1 to add");
});

test("every new member gets the role that they have in the organization", async ({ page, sandbox }) => {
  const { people } = await sandbox.db();
  const inside = new Set(await dbMembers(sandbox, "interns"));
  const outside = people.filter((it) => !inside.has(String(it.id)));
  const admin = outside.find((it) => it.role === "org:admin") as Row;
  const member = outside.find((it) => it.role === "org:member") as Row;
  await openMembers(page, "interns");
  await openAddDialog(page);
  await expect(addDialog(page)).toContainText("Each person gets the same role here as in the organization.");
  await pasteList(page, `${String(admin.id)} ${String(member.id)}`);
  await addDialog(page).getByRole("button", { name: "Add 2 members", exact: true }).click();
  await expectFinished(page, "2 added");
  const [request] = (await sandbox.log()).filter(isWrite);
  expect(Object.keys(request?.request_body as object)).toEqual(["user_ids"]);
  await closeJob(page);
  const held = await roles(sandbox, "interns");
  for (const one of [admin, member]) {
    const role = String(held.get(String(one.id)));
    expect(String(one.role)).toBe(`org:${role}`);
    await expect(rowOf(page.getByRole("table", { name: "Members", exact: true }), String(one.id))).toContainText(role);
  }
});

test("a person who becomes a member after being picked is not sent, and not removed by Undo", async ({ page, sandbox }) => {
  const [a, b, c] = (await dbNonMembers(sandbox, "interns")) as [string, string, string];
  await openMembers(page, "interns");
  await openAddDialog(page);
  await pick(page, a);
  await pick(page, b);
  await page.keyboard.press("Escape");
  await changeMembers(sandbox, "interns", "add", [a]);
  // Another addition makes the page list the members again.
  await addPasted(page, c, "1 member");
  await expectFinished(page, "1 added");
  await closeJob(page);
  await expect(rowCheckbox(page, a)).toBeVisible();
  await openAddDialog(page);
  await addDialog(page).getByRole("radio", { name: "From the directory" }).check();
  await pick(page, b);
  await addDialog(page).getByRole("button", { name: "Add 1 member", exact: true }).click();
  await expectFinished(page, "1 added");
  await jobDialog(page).getByRole("button", { name: "Undo: remove 1" }).click();
  await expectFinished(page, "1 removed");
  expect(await dbMembers(sandbox, "interns")).toContain(a);
  expect(await dbMembers(sandbox, "interns")).not.toContain(b);
});

test("after a stopped addition, only the rest remains to be added", async ({ page, sandbox }) => {
  await sandbox.reset({ ...SCALE, people: 900, members: 300 });
  await openMembers(page, MANY);
  await openAddDialog(page);
  await expect(directory(page)).toHaveAttribute("aria-rowcount", "901");
  await headerCheckbox(directory(page)).click();
  await addDialog(page).getByRole("button", { name: "Select all 600 matching" }).click();
  await sandbox.fault({ method: "POST", path: "/members/add", times: 4, delay_ms: 1_000, answer: { kind: "pass" } });
  await addDialog(page).getByRole("button", { name: "Add 600 members", exact: true }).click();
  await jobDialog(page).getByRole("button", { name: "Stop", exact: true }).click();
  await expectFinished(page, "400 added · 200 not tried");
  await closeJob(page);
  await expect(count(page)).toHaveText("700 members");
  await openAddDialog(page);
  await expect(addButton(page)).toHaveText("Add 200 members");
});

test("250 people take exactly three requests, and each has an outcome", async ({ page, sandbox }) => {
  await sandbox.reset(SCALE);
  const others = await dbNonMembers(sandbox, MANY);
  expect(others).toHaveLength(200);
  const more = (await dbMembers(sandbox, MANY)).slice(0, 51).filter((_, at) => at !== 48);
  await changeMembers(sandbox, MANY, "remove", more);
  const list = [...others, ...more];
  expect(list).toHaveLength(250);
  const emails = await Promise.all(list.slice(0, 20).map(async (id) => String((await directoryEntry(sandbox, id)).email)));
  await openMembers(page, MANY);
  await sandbox.clearLog();
  await addPasted(page, [...emails, ...list.slice(20)].join(", "), "250 members");
  await expectFinished(page, "250 added");
  const requests = (await sandbox.log()).filter((it) => it.method !== "GET");
  expect(requests.map((it) => [it.method, it.status])).toEqual(Array(3).fill(["POST", 200]));
  expect(requests.flatMap(userIdsOf).sort()).toEqual([...list].sort());
  expect((await outcomes(page)).map((it) => it.id)).toEqual(list);
  await expectAgreement(page, sandbox, MANY, "add");
  expect(await dbMembers(sandbox, MANY)).toHaveLength(600);
});

test("if the members cannot be read, no members can be added, because existing members are unknown", async ({
  page,
  sandbox,
  expectedFailures,
}) => {
  expectedFailures.allow(500, /\/workspaces\/[^/]+\/members\?/);
  await sandbox.fault({ method: "GET", path: "/workspaces/[^/]+/members\\?", answer: { kind: "status", status: 500 } });
  const [a] = (await dbNonMembers(sandbox, "interns")) as [string];
  await page.goto("/workspaces/interns/members");
  await expect(page.getByText("The list of members may be incomplete")).toBeVisible();
  await openAddDialog(page);
  await pasteList(page, a);
  await expect(addButton(page)).toHaveAttribute("aria-disabled", "true");
  await expect(addButton(page)).toHaveAccessibleDescription("Couldn’t load the members, so we don’t know who is already a member");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(count(page)).toHaveText("18 members");
  await openAddDialog(page);
  await addDialog(page).getByRole("button", { name: "Add 1 member", exact: true }).click();
  await expectFinished(page, "1 added");
});

test("Undo of an addition removes the added people, and keeps existing members", async ({ page, sandbox }) => {
  const [member] = (await dbMembers(sandbox, "interns")) as [string];
  const [a, b] = (await dbNonMembers(sandbox, "interns")) as [string, string];
  const before = await dbMembers(sandbox, "interns");
  await openMembers(page, "interns");
  await addPasted(page, [a, member, b].join("\n"), "2 members");
  await expectFinished(page, "2 added · 1 unchanged");
  await jobDialog(page).getByRole("button", { name: "Undo: remove 2" }).click();
  await expectFinished(page, "2 removed");
  expect((await outcomes(page)).map((it) => it.id).sort()).toEqual([a, b].sort());
  expect((await dbMembers(sandbox, "interns")).sort()).toEqual([...before].sort());
  await closeJob(page);
  await expect(count(page)).toHaveText("18 members");
  await expect(selectionBar(page)).toHaveCount(0);
});
