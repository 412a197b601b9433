/** Adding people to several workspaces, and removing them, in one job. */
import type { Page } from "@playwright/test";
import { expect, expectNoRow, expectRowVisible, rowWith, test } from "../fixtures.ts";
import {
  ask,
  button,
  choose,
  close,
  dbFree,
  dbKeepers,
  dbMembers,
  dbPlaces,
  email,
  finished,
  inWorkspace,
  job,
  openPeople,
  outcome,
  panel,
  place,
  places,
  preview,
  rowOf,
  search,
  select,
  start,
  table,
  writes,
} from "../support/people.ts";
import type { Sandbox } from "../support/sandbox.ts";

test.use({ organization: { auth: "proxy" } });

const isInSome = (places: string[]) => places.length >= 2 && places.length <= 4;
const plural = (count: number) => (count === 1 ? "1 workspace" : `${count} workspaces`);

/** Expects a row for a person and a workspace, in the preview or in the outcome. */
async function line(page: Page, sandbox: Sandbox, id: string, workspace: string, cells: Record<string, string | RegExp>) {
  const within = (await panel(page).isVisible()) ? preview(page) : outcome(page);
  const person = new RegExp(`${(await email(sandbox, id)).replaceAll(".", "\\.")}$`);
  await expectRowVisible(within, { Person: person, Workspace: inWorkspace(workspace), ...cells });
}

test("several people can be removed from all their workspaces in one job, and that can be undone", async ({ page, sandbox }) => {
  const people = (await dbFree(sandbox, isInSome)).slice(0, 3);
  const before = await dbPlaces(sandbox);
  const of = (id: string) => before.get(id) ?? [];
  const all = [...new Set(people.flatMap(of))];
  const done = people.flatMap(of).length;
  await openPeople(page);
  await select(page, ...people);
  await ask(page, "remove");
  await expect(page.getByRole("alertdialog", { name: "Remove 3 people from workspaces?" })).toBeVisible();
  await expect(panel(page).getByText(`${all.length} of ${all.length} workspaces chosen`)).toBeVisible();
  await expectRowVisible(places(page), {
    Workspace: new RegExp(`^${all[0]}`),
    "Of them inside": String(people.filter((id) => of(id).includes(all[0] ?? "")).length),
  });
  await expect(panel(page).getByText(`${done} would be removed`)).toBeVisible();
  for (const id of people) {
    for (const name of all) await line(page, sandbox, id, name, { "What happens": of(id).includes(name) ? "Removed" : "Not in" });
  }
  expect(await writes(sandbox)).toEqual([]);

  await start(page, plural(all.length));
  const already = 3 * all.length - done;
  await finished(page, already === 0 ? `${done} done` : `${done} done · ${already} already so`);
  for (const id of people) {
    for (const name of all) await line(page, sandbox, id, name, { Outcome: of(id).includes(name) ? "Done" : "Already so" });
  }
  const after = await dbPlaces(sandbox);
  for (const [id, names] of before) expect(after.get(id)).toEqual(people.includes(id) ? [] : names);
  // Each workspace gets one request, with its members only.
  const slugs = new Map((await sandbox.db()).workspaces.map((row) => [String(row.slug), String(row.name)]));
  const sent = await writes(sandbox);
  expect(sent.map((it) => slugs.get(it.slug)).sort()).toEqual([...all].sort());
  for (const { slug, people: whom } of sent) {
    expect([...whom].sort()).toEqual(people.filter((id) => of(id).includes(slugs.get(slug) ?? "")).sort());
  }

  await job(page).getByRole("button", { name: `Undo: add ${done} back` }).click();
  await finished(page, `${done} done`);
  expect(await dbPlaces(sandbox)).toEqual(before);
  await close(page);
  await search(page).fill(people[0] ?? "");
  await expect(rowOf(table(page), people[0] ?? "").locator("td.col-places")).toContainText(String(of(people[0] ?? "").length));
});

test("people with active keys are marked before anything is sent, and can be removed after their keys are cleared", async ({
  page,
  sandbox,
}) => {
  const [keeper = ""] = await dbKeepers(sandbox, "production");
  const free = await dbFree(sandbox, (places) => places.includes("Production"));
  const other = free[0] ?? "";
  await openPeople(page);
  await select(page, keeper, other);
  await ask(page, "remove");
  await choose(page, "Production");
  await line(page, sandbox, keeper, "Production", { "What happens": /^Stays \d active keys?$/ });
  await line(page, sandbox, other, "Production", { "What happens": "Removed" });
  await expect(panel(page).getByText("1 would be removed · 1 cannot be removed, for their active API keys")).toBeVisible();
  await preview(page).getByRole("button", { name: /^Show the \d active keys? of .+ in Production$/ }).click();
  const keys = page.getByRole("dialog", { name: /^API keys of / });
  await expect(keys.getByText(/\d active API keys? blocks? the removal$/)).toBeVisible();
  const disable = keys.getByRole("button", { name: /^Disable / });
  const left = keys.getByText("No active API key is left: this person can be removed");
  while (!(await left.isVisible())) {
    const count = await disable.count();
    await disable.first().click();
    await expect(disable.or(left)).toHaveCount(Math.max(count - 1, 1));
    if (count > 1) await expect(disable).toHaveCount(count - 1);
    else await expect(left).toBeVisible();
  }
  await keys.getByRole("button", { name: "Close", exact: true }).last().click();
  await line(page, sandbox, keeper, "Production", { "What happens": "Removed" });
  expect(await writes(sandbox)).toEqual([]);
  await start(page, "1 workspace");
  await finished(page, "2 done");
  const members = await dbMembers(sandbox, "production");
  expect(members).not.toContain(keeper);
  expect(members).not.toContain(other);
  expect(await writes(sandbox)).toEqual([{ how: "remove", slug: "production", people: expect.arrayContaining([keeper, other]) }]);
});

test("if keys stay, their owners are skipped and all others are removed", async ({ page, sandbox }) => {
  const [keeper = ""] = await dbKeepers(sandbox, "production");
  const [other = ""] = await dbFree(sandbox, (places) => places.includes("Production"));
  await openPeople(page);
  await select(page, keeper, other);
  await ask(page, "remove");
  await choose(page, "Production");
  await line(page, sandbox, keeper, "Production", { "What happens": /^Stays/ });
  await start(page, "1 workspace");
  await finished(page, "1 done");
  expect(await writes(sandbox)).toEqual([{ how: "remove", slug: "production", people: [other] }]);
  expect(await dbMembers(sandbox, "production")).toContain(keeper);
});

test("a managed person is refused with the API's message, and all others are removed", async ({
  page,
  sandbox,
  expectedFailures,
}) => {
  expectedFailures.allow(400, /\/members\/remove$/, "POST");
  const members = await dbMembers(sandbox, "interns");
  const managed = members.at(-1) ?? "";
  const others = members.slice(0, 2);
  await openPeople(page);
  await select(page, managed, ...others);
  await ask(page, "remove");
  await choose(page, "Interns");
  await start(page, "1 workspace");
  await finished(page, "2 done · 1 refused");
  await line(page, sandbox, managed, "Interns", { Outcome: /^Refused .*managed by the identity provider \(SCIM\)/ });
  for (const id of others) await line(page, sandbox, id, "Interns", { Outcome: "Done" });
  const left = await dbMembers(sandbox, "interns");
  expect(left).toEqual(members.filter((id) => !others.includes(id)));
});

test("people are added to three workspaces; existing members are named, and Undo keeps them", async ({
  page,
  sandbox,
}) => {
  const names = ["Hackathon", "Interns", "Staging"];
  const [inside = ""] = await dbFree(sandbox, (places) => places.includes("Hackathon") && !places.includes("Interns"));
  const fresh = (await dbFree(sandbox, (places) => places.length === 0)).slice(0, 2);
  const before = await dbPlaces(sandbox);
  const already = (before.get(inside) ?? []).filter((it) => names.includes(it)).length;
  await openPeople(page);
  await select(page, inside, ...fresh);
  await ask(page, "add");
  await expect(page.getByRole("dialog", { name: "Add 3 people to workspaces" })).toBeVisible();
  await choose(page, ...names);
  await expect(panel(page).getByText("3 of 11 workspaces chosen")).toBeVisible();
  await line(page, sandbox, inside, "Hackathon", { "What happens": "In already" });
  await line(page, sandbox, inside, "Interns", { "What happens": "Added" });
  await expect(panel(page).getByText(`${9 - already} would be added · ${already} in already`)).toBeVisible();
  await start(page, "3 workspaces");
  await finished(page, `${9 - already} done · ${already} already so`);
  await line(page, sandbox, inside, "Hackathon", { Outcome: "Already so" });
  const after = await dbPlaces(sandbox);
  for (const id of [inside, ...fresh]) expect(after.get(id)).toEqual(expect.arrayContaining(names));
  const sent = await writes(sandbox);
  expect(sent.map((it) => it.slug).sort()).toEqual(["hackathon", "interns", "staging"]);
  expect(sent.find((it) => it.slug === "hackathon")?.people).not.toContain(inside);

  await job(page).getByRole("button", { name: `Undo: remove ${9 - already} again` }).click();
  await finished(page, `${9 - already} done`);
  expect(await dbPlaces(sandbox)).toEqual(before);
});

test("without a change the button is disabled with the reason, and nothing is sent before confirming", async ({
  page,
  sandbox,
}) => {
  const [inside = ""] = await dbFree(sandbox, (places) => places.includes("Interns"));
  await openPeople(page);
  await select(page, inside);
  await ask(page, "add");
  await expect(button(page)).toHaveAttribute("aria-disabled", "true");
  await expect(button(page)).toHaveAccessibleDescription("Choose workspaces first");
  await place(page, "Interns").check();
  await expect(button(page)).toHaveAccessibleDescription("Nobody would be changed");
  await button(page).click({ force: true });
  await expect(job(page)).toHaveCount(0);
  await panel(page).getByRole("button", { name: "Choose all" }).click();
  await expect(button(page)).not.toHaveAttribute("aria-disabled", "true");
  await panel(page).getByRole("button", { name: "Cancel" }).click();
  await expect(panel(page)).toHaveCount(0);
  await ask(page, "remove");
  await expect(button(page)).not.toHaveAttribute("aria-disabled", "true");
  await choose(page);
  await expect(button(page)).toHaveAccessibleDescription("Choose workspaces first");
  expect(await writes(sandbox)).toEqual([]);
});

test("a removal offers the current workspaces of the selected people, each time it is opened", async ({ page, sandbox }) => {
  const [id = ""] = await dbFree(sandbox, (places) => places.length === 2 && !places.includes("Interns"));
  const [one = "", two = ""] = (await dbPlaces(sandbox)).get(id) ?? [];
  await openPeople(page);
  await select(page, id);
  await ask(page, "remove");
  await choose(page, one);
  await start(page, "1 workspace");
  await finished(page, "1 done");
  await close(page);
  await ask(page, "remove");
  await expect(panel(page).getByText("1 of 1 workspaces chosen")).toBeVisible();
  await expect(place(page, two)).toBeChecked();
  await panel(page).getByRole("button", { name: "Cancel" }).click();
  await ask(page, "add");
  await expect(panel(page).getByText("0 of 11 workspaces chosen")).toBeVisible();
  await choose(page, "Interns");
  await start(page, "1 workspace");
  await finished(page, "1 done");
  await close(page);
  await ask(page, "remove");
  await expect(panel(page).getByText("2 of 2 workspaces chosen")).toBeVisible();
  await expect(place(page, "Interns")).toBeChecked();
  await expectNoRow(preview(page), { Workspace: inWorkspace(one) });
});

test("a removal opened while members load waits, and then counts the affected workspaces", async ({
  page,
  sandbox,
}) => {
  const [id = ""] = await dbFree(sandbox, (places) => places.length === 2);
  const [one = ""] = (await dbPlaces(sandbox)).get(id) ?? [];
  const { id: slow } = await sandbox.workspace("interns");
  await sandbox.fault({ method: "GET", path: `/workspaces/${slow}/members`, delay_ms: 4000, answer: { kind: "pass" } });
  await page.goto(`/people?q=${id}`);
  await rowOf(table(page), id).getByRole("checkbox").check();
  await ask(page, "remove");
  await expect(button(page)).toHaveAccessibleDescription(/are being read$/);
  await expect(panel(page).getByText("2 of 2 workspaces chosen")).toBeVisible();
  await expect(button(page)).toHaveText("Remove from 2 workspaces");
  await expect(await rowWith(places(page), { Workspace: new RegExp(`^${one}`), "Of them inside": "1" })).toBeVisible();
});
