/** Adding people to several workspaces, and removing them, in one job. */
import type { Page } from "@playwright/test";
import { expect, expectNoRow, expectRowVisible, pressTwice, rowWith, test } from "../fixtures.ts";
import {
  chooseWorkspaces,
  closeJob,
  dbKeyOwners,
  dbMembers,
  dbUnblockedPeople,
  dbWorkspacesByPerson,
  emailOf,
  expectFinished,
  inWorkspace,
  jobDialog,
  openPanel,
  openPeople,
  outcomeTable,
  panel,
  preview,
  rowOf,
  search,
  select,
  sentWrites,
  startButton,
  startJob,
  table,
  workspaceCheckbox,
  workspaceChoices,
} from "../support/people.ts";
import type { Sandbox } from "../support/sandbox.ts";

test.use({ organization: { auth: "proxy" } });

const isInSeveral = (places: string[]) => places.length >= 2 && places.length <= 4;
const plural = (count: number) => (count === 1 ? "1 workspace" : `${count} workspaces`);

/** Expects a row for a person and a workspace, in the preview or in the outcome. */
async function expectLine(page: Page, sandbox: Sandbox, id: string, workspace: string, cells: Record<string, string | RegExp>) {
  const within = (await panel(page).isVisible()) ? preview(page) : outcomeTable(page);
  const person = new RegExp(`${(await emailOf(sandbox, id)).replaceAll(".", "\\.")}$`);
  await expectRowVisible(within, { Person: person, Workspace: inWorkspace(workspace), ...cells });
}

test("several people can be removed from all their workspaces in one job, and that can be undone", async ({ page, sandbox }) => {
  const people = (await dbUnblockedPeople(sandbox, isInSeveral)).slice(0, 3);
  const before = await dbWorkspacesByPerson(sandbox);
  const of = (id: string) => before.get(id) ?? [];
  const all = [...new Set(people.flatMap(of))];
  const done = people.flatMap(of).length;
  await openPeople(page);
  await select(page, ...people);
  await openPanel(page, "remove");
  await expect(page.getByRole("alertdialog", { name: "Remove 3 people from workspaces?" })).toBeVisible();
  await expect(panel(page).getByText(`${all.length} of ${all.length} workspaces selected`)).toBeVisible();
  await expectRowVisible(workspaceChoices(page), {
    Workspace: new RegExp(`^${all[0]}`),
    "Members": String(people.filter((id) => of(id).includes(all[0] ?? "")).length),
  });
  await expect(panel(page).getByText(`${done} to remove`)).toBeVisible();
  for (const id of people) {
    for (const name of all) await expectLine(page, sandbox, id, name, { "Result": of(id).includes(name) ? "Remove" : "Not a member" });
  }
  expect(await sentWrites(sandbox)).toEqual([]);

  await startJob(page, plural(all.length));
  const already = 3 * all.length - done;
  await expectFinished(page, already === 0 ? `${done} removed` : `${done} removed · ${already} unchanged`);
  for (const id of people) {
    for (const name of all) await expectLine(page, sandbox, id, name, { Outcome: of(id).includes(name) ? "Removed" : "Unchanged" });
  }
  const after = await dbWorkspacesByPerson(sandbox);
  for (const [id, names] of before) expect(after.get(id)).toEqual(people.includes(id) ? [] : names);
  // Each workspace gets one request, with its members only.
  const slugs = new Map((await sandbox.db()).workspaces.map((row) => [String(row.slug), String(row.name)]));
  const sent = await sentWrites(sandbox);
  expect(sent.map((it) => slugs.get(it.slug)).sort()).toEqual([...all].sort());
  for (const { slug, people: userIds } of sent) {
    expect([...userIds].sort()).toEqual(people.filter((id) => of(id).includes(slugs.get(slug) ?? "")).sort());
  }

  await jobDialog(page).getByRole("button", { name: `Undo: add ${done} back` }).click();
  await expectFinished(page, `${done} added`);
  expect(await dbWorkspacesByPerson(sandbox)).toEqual(before);
  await closeJob(page);
  await search(page).fill(people[0] ?? "");
  await expect(rowOf(table(page), people[0] ?? "").locator("td.col-places")).toContainText(String(of(people[0] ?? "").length));
});

test("people with active keys are marked before anything is sent, and can be removed after their keys are cleared", async ({
  page,
  sandbox,
}) => {
  const [keeper = ""] = await dbKeyOwners(sandbox, "production");
  const free = await dbUnblockedPeople(sandbox, (places) => places.includes("Production"));
  const other = free[0] ?? "";
  await openPeople(page);
  await select(page, keeper, other);
  await openPanel(page, "remove");
  await chooseWorkspaces(page, "Production");
  await expectLine(page, sandbox, keeper, "Production", { "Result": /^Blocked \d active keys?$/ });
  await expectLine(page, sandbox, other, "Production", { "Result": "Remove" });
  await expect(panel(page).getByText("1 to remove · 1 blocked by active API keys")).toBeVisible();
  await preview(page).getByRole("button", { name: /^Show the \d active keys? of .+ in Production$/ }).click();
  const keys = page.getByRole("dialog", { name: /^API keys of / });
  await expect(keys.getByText(/\d active API keys? blocks? the removal$/)).toBeVisible();
  const disable = keys.getByRole("listitem").getByRole("button", { name: /^Disable / });
  const left = keys.getByText("No active API keys. You can now remove this person");
  while (!(await left.isVisible())) {
    const count = await disable.count();
    await pressTwice(disable.first());
    await expect(disable.or(left)).toHaveCount(Math.max(count - 1, 1));
    if (count > 1) await expect(disable).toHaveCount(count - 1);
    else await expect(left).toBeVisible();
  }
  await keys.getByRole("button", { name: "Close", exact: true }).last().click();
  await expectLine(page, sandbox, keeper, "Production", { "Result": "Remove" });
  expect(await sentWrites(sandbox)).toEqual([]);
  await startJob(page, "1 workspace");
  await expectFinished(page, "2 removed");
  const members = await dbMembers(sandbox, "production");
  expect(members).not.toContain(keeper);
  expect(members).not.toContain(other);
  expect(await sentWrites(sandbox)).toEqual([{ how: "remove", slug: "production", people: expect.arrayContaining([keeper, other]) }]);
});

test("if keys stay, their owners are skipped and all others are removed", async ({ page, sandbox }) => {
  const [keeper = ""] = await dbKeyOwners(sandbox, "production");
  const [other = ""] = await dbUnblockedPeople(sandbox, (places) => places.includes("Production"));
  await openPeople(page);
  await select(page, keeper, other);
  await openPanel(page, "remove");
  await chooseWorkspaces(page, "Production");
  await expectLine(page, sandbox, keeper, "Production", { "Result": /^Blocked/ });
  await startJob(page, "1 workspace");
  await expectFinished(page, "1 removed");
  expect(await sentWrites(sandbox)).toEqual([{ how: "remove", slug: "production", people: [other] }]);
  expect(await dbMembers(sandbox, "production")).toContain(keeper);
});

test("a managed person is refused with the API's message, and all others are removed", async ({
  page,
  sandbox,
  expectedFailures,
}) => {
  expectedFailures.allowRefusedRemovals();
  const members = await dbMembers(sandbox, "interns");
  const managed = members.at(-1) ?? "";
  const others = members.slice(0, 2);
  await openPeople(page);
  await select(page, managed, ...others);
  await openPanel(page, "remove");
  await chooseWorkspaces(page, "Interns");
  await startJob(page, "1 workspace");
  await expectFinished(page, "2 removed · 1 refused");
  await expectLine(page, sandbox, managed, "Interns", { Outcome: /^Refused .*managed by the identity provider \(SCIM\)/ });
  for (const id of others) await expectLine(page, sandbox, id, "Interns", { Outcome: "Removed" });
  const left = await dbMembers(sandbox, "interns");
  expect(left).toEqual(members.filter((id) => !others.includes(id)));
});

test("people are added to three workspaces; existing members are named, and Undo keeps them", async ({
  page,
  sandbox,
}) => {
  const names = ["Hackathon", "Interns", "Staging"];
  const [inside = ""] = await dbUnblockedPeople(sandbox, (places) => places.includes("Hackathon") && !places.includes("Interns"));
  const nonMembers = (await dbUnblockedPeople(sandbox, (places) => places.length === 0)).slice(0, 2);
  const before = await dbWorkspacesByPerson(sandbox);
  const already = (before.get(inside) ?? []).filter((it) => names.includes(it)).length;
  await openPeople(page);
  await select(page, inside, ...nonMembers);
  await openPanel(page, "add");
  await expect(page.getByRole("dialog", { name: "Add 3 people to workspaces" })).toBeVisible();
  await chooseWorkspaces(page, ...names);
  await expect(panel(page).getByText("3 of 11 workspaces selected")).toBeVisible();
  await expectLine(page, sandbox, inside, "Hackathon", { "Result": "Already a member" });
  await expectLine(page, sandbox, inside, "Interns", { "Result": "Add" });
  await expect(panel(page).getByText(`${9 - already} to add · ${already} already members`)).toBeVisible();
  await startJob(page, "3 workspaces");
  await expectFinished(page, `${9 - already} added · ${already} unchanged`);
  await expectLine(page, sandbox, inside, "Hackathon", { Outcome: "Unchanged" });
  const after = await dbWorkspacesByPerson(sandbox);
  for (const id of [inside, ...nonMembers]) expect(after.get(id)).toEqual(expect.arrayContaining(names));
  const sent = await sentWrites(sandbox);
  expect(sent.map((it) => it.slug).sort()).toEqual(["hackathon", "interns", "staging"]);
  expect(sent.find((it) => it.slug === "hackathon")?.people).not.toContain(inside);

  await jobDialog(page).getByRole("button", { name: `Undo: remove ${9 - already}` }).click();
  await expectFinished(page, `${9 - already} removed`);
  expect(await dbWorkspacesByPerson(sandbox)).toEqual(before);
});

test("without a change the button is disabled with the reason, and nothing is sent before confirming", async ({
  page,
  sandbox,
}) => {
  const [inside = ""] = await dbUnblockedPeople(sandbox, (places) => places.includes("Interns"));
  await openPeople(page);
  await select(page, inside);
  await openPanel(page, "add");
  await expect(startButton(page)).toHaveAttribute("aria-disabled", "true");
  await expect(startButton(page)).toHaveAccessibleDescription("Select at least one workspace");
  await workspaceCheckbox(page, "Interns").check();
  await expect(startButton(page)).toHaveAccessibleDescription("No changes to make");
  await startButton(page).click({ force: true });
  await expect(jobDialog(page)).toHaveCount(0);
  await panel(page).getByRole("button", { name: "Select all" }).click();
  await expect(startButton(page)).not.toHaveAttribute("aria-disabled", "true");
  await panel(page).getByRole("button", { name: "Cancel" }).click();
  await expect(panel(page)).toHaveCount(0);
  await openPanel(page, "remove");
  await expect(startButton(page)).not.toHaveAttribute("aria-disabled", "true");
  await chooseWorkspaces(page);
  await expect(startButton(page)).toHaveAccessibleDescription("Select at least one workspace");
  expect(await sentWrites(sandbox)).toEqual([]);
});

test("a removal offers the current workspaces of the selected people, each time it is opened", async ({ page, sandbox }) => {
  const [id = ""] = await dbUnblockedPeople(sandbox, (places) => places.length === 2 && !places.includes("Interns"));
  const [one = "", two = ""] = (await dbWorkspacesByPerson(sandbox)).get(id) ?? [];
  await openPeople(page);
  await select(page, id);
  await openPanel(page, "remove");
  await chooseWorkspaces(page, one);
  await startJob(page, "1 workspace");
  await expectFinished(page, "1 removed");
  await closeJob(page);
  await openPanel(page, "remove");
  await expect(panel(page).getByText("1 of 1 workspaces selected")).toBeVisible();
  await expect(workspaceCheckbox(page, two)).toBeChecked();
  await panel(page).getByRole("button", { name: "Cancel" }).click();
  await openPanel(page, "add");
  await expect(panel(page).getByText("0 of 11 workspaces selected")).toBeVisible();
  await chooseWorkspaces(page, "Interns");
  await startJob(page, "1 workspace");
  await expectFinished(page, "1 added");
  await closeJob(page);
  await openPanel(page, "remove");
  await expect(panel(page).getByText("2 of 2 workspaces selected")).toBeVisible();
  await expect(workspaceCheckbox(page, "Interns")).toBeChecked();
  await expectNoRow(preview(page), { Workspace: inWorkspace(one) });
});

test("a removal opened while members load waits, and then counts the affected workspaces", async ({
  page,
  sandbox,
}) => {
  const [id = ""] = await dbUnblockedPeople(sandbox, (places) => places.length === 2);
  const [one = ""] = (await dbWorkspacesByPerson(sandbox)).get(id) ?? [];
  const { id: slow } = await sandbox.workspace("interns");
  await sandbox.fault({ method: "GET", path: `/workspaces/${slow}/members`, delay_ms: 4000, answer: { kind: "pass" } });
  await page.goto(`/people?q=${id}`);
  await rowOf(table(page), id).getByRole("checkbox").check();
  await openPanel(page, "remove");
  await expect(startButton(page)).toHaveAccessibleDescription(/^Loading /);
  await expect(panel(page).getByText("2 of 2 workspaces selected")).toBeVisible();
  await expect(startButton(page)).toHaveText("Remove from 2 workspaces");
  await expect(await rowWith(workspaceChoices(page), { Workspace: new RegExp(`^${one}`), "Members": "1" })).toBeVisible();
});
