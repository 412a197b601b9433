/** Applying a file: the plan of a spreadsheet, what is confirmed, a stop, a resume, a conflict and an undo. */
import { expect, test } from "../fixtures.ts";
import {
  applyDialog,
  closeApply,
  expectApplied,
  expectPlan,
  memberIds,
  openApply,
  openFiles,
  paste,
  plan,
  startApply,
  teams,
} from "../support/files.ts";

test.use({ organization: { auth: "proxy" } });

test("fifty workspaces with their limits from a spreadsheet", async ({ page, sandbox }) => {
  test.slow();
  await openFiles(page);
  await paste(page, teams(50));
  await expectPlan(page, "50 to create");
  await openApply(page, 100);
  await expect(applyDialog(page).getByText("50 workspaces to create · 50 with changed limits")).toBeVisible();
  expect(await sandbox.requests("POST")).toHaveLength(0);
  await startApply(page, 100);
  await expectApplied(page, "100 applied");
  const { workspaces } = await sandbox.db();
  expect(workspaces.filter((row) => /^team-\d+$/.test(String(row.slug)))).toHaveLength(50);
  expect(await sandbox.limits("team-7")).toEqual({ monthly: "700", daily: "70" });
  expect(await sandbox.limits("team-50")).toEqual({ monthly: "5000", daily: "500" });
  // Workspaces are created before the first limit is set.
  const writes = (await sandbox.log()).filter((request) => request.method !== "GET").map((request) => request.method);
  expect(writes.slice(0, 50).every((method) => method === "POST")).toBe(true);
  await closeApply(page);
  await expectPlan(page, "50 unchanged");
});

test("what widens access needs a tick, and the rest is changed field by field", async ({ page, sandbox }) => {
  await sandbox.call("PUT", "/workspaces/hackathon/budgets/lifetime", { limit_usd: 90_000 });
  const before = await sandbox.limits("hackathon");
  const member = (await memberIds(sandbox, "interns"))[0];
  const other = (await sandbox.db()).people.find((row) => row.id !== member);
  await openFiles(page);
  const file = `version: 1
workspaces:
  - slug: hackathon
    description: From a file
    is_observability_io_logging_enabled: true
    budget: {lifetime: 95000}
`;
  await paste(page, file);
  await expectPlan(page, "1 to change");
  await expect(plan(page)).toContainText("The lifetime limit increases from $90,000.00 to $95,000.00");
  await openApply(page, 2);
  const button = applyDialog(page).getByRole("button", { name: "Apply 2 changes", exact: true });
  await expect(button).toHaveAttribute("aria-disabled", "true");
  await applyDialog(page).getByRole("checkbox", { name: /^I checked the changes above/ }).check();
  await startApply(page, 2);
  await expectApplied(page, "2 applied");
  const now = await sandbox.workspace("hackathon");
  expect([now.description, now.is_observability_io_logging_enabled]).toEqual(["From a file", true]);
  expect(await sandbox.limits("hackathon")).toEqual({ ...before, lifetime: "95000" });
  const patches = await sandbox.requests("PATCH");
  expect(patches.map((it) => it.request_body)).toEqual([
    { description: "From a file", is_observability_io_logging_enabled: true },
  ]);
  expect(other).toBeDefined();
});

test("members are added and removed by email, and all of it can be undone", async ({ page, sandbox }) => {
  const { people, members, keys } = await sandbox.db();
  const { id } = await sandbox.workspace("interns");
  const here = members.filter((row) => row.workspace_id === id).map((row) => row.user_id);
  const owners = keys.filter((row) => row.workspace_id === id).map((row) => row.creator_user_id);
  const leaving = here.find((user) => !owners.includes(user));
  const email = (user: unknown) => String(people.find((row) => row.id === user)?.email);
  const joining = people.find((row) => !here.includes(row.id) && row.email);
  const staying = here.filter((user) => user !== leaving);
  const wanted = [...staying.map(email), String(joining?.email)];
  const before = { ...(await sandbox.workspace("interns")), updated_at: null };
  await openFiles(page);
  const file = { version: 1, workspaces: [{ slug: "interns", name: "Trainees", members: wanted }, { slug: "fresh", name: "Fresh" }] };
  await paste(page, JSON.stringify(file));
  await expectPlan(page, "1 to create · 1 to change");
  await openApply(page, 4);
  await applyDialog(page).getByRole("checkbox", { name: /^I checked the changes above/ }).check();
  await startApply(page, 4);
  await expectApplied(page, "4 applied");
  expect((await memberIds(sandbox, "interns")).sort()).toEqual([...staying, joining?.id].map(String).sort());
  expect((await sandbox.workspace("interns")).name).toBe("Trainees");

  await applyDialog(page).getByRole("button", { name: "Undo 4 changes" }).click();
  await expectApplied(page, "4 applied");
  expect((await memberIds(sandbox, "interns")).sort()).toEqual(here.map(String).sort());
  expect({ ...(await sandbox.workspace("interns")), updated_at: null }).toEqual(before);
  expect(await sandbox.workspaces("fresh")).toEqual([]);
});

test("a change by someone else after the plan is kept", async ({ page, sandbox }) => {
  await openFiles(page);
  await paste(page, "slug,name,description\ninterns,Trainees,\nhackathon,,Two days");
  await expectPlan(page, "2 to change");
  await openApply(page, 2);
  await sandbox.call("PATCH", "/workspaces/interns", { name: "Theirs" });
  await startApply(page, 2);
  await expectApplied(page, "1 applied · 1 skipped (changed by someone else)");
  expect((await sandbox.workspace("interns")).name).toBe("Theirs");
  expect((await sandbox.workspace("hackathon")).description).toBe("Two days");
  await closeApply(page);
  await expectPlan(page, "1 to change · 1 unchanged");
  await expect(plan(page)).toContainText("Theirs");
});

test("a stop leaves the rest untried, and a retry makes it", async ({ page, sandbox }) => {
  await openFiles(page);
  await paste(page, teams(12));
  await openApply(page, 24);
  await sandbox.fault({ method: "POST", path: "/workspaces", times: 6, delay_ms: 1500, answer: { kind: "pass" } });
  await startApply(page, 24);
  await expect.poll(async () => (await sandbox.requests("POST")).length).toBe(6);
  await applyDialog(page).getByRole("button", { name: "Stop", exact: true }).click();
  await expectApplied(page, "6 applied · 18 not tried");
  await applyDialog(page).getByRole("button", { name: "Try 18 again" }).click();
  await expectApplied(page, "24 applied");
  expect(await sandbox.limits("team-12")).toEqual({ monthly: "1200", daily: "120" });
});

test("a job of a closed tab is resumed, and nothing is made twice", async ({ page, sandbox }) => {
  page.on("dialog", (dialog) => dialog.accept());
  await openFiles(page);
  await paste(page, teams(8));
  await openApply(page, 16);
  const fault = { method: "PUT", path: "/budgets/monthly", times: 6, when: "after", delay_ms: 20_000 } as const;
  await sandbox.fault({ ...fault, answer: { kind: "pass" } });
  await startApply(page, 16);
  await expect.poll(async () => (await sandbox.requests("PUT")).length).toBe(6);
  await page.reload();
  const resume = page.getByRole("main").getByRole("button", { name: "Resume", exact: true });
  await expect(page.getByText(/^Applying a file to 8 workspaces was interrupted: 8 of 16 changes left$/)).toBeVisible();
  const sent = (await sandbox.requests("PUT")).length;
  expect(sent).toBe(6);
  await resume.click();
  await expectApplied(page, "16 applied");
  for (let at = 1; at <= 8; at++) {
    expect(await sandbox.limits(`team-${at}`)).toEqual({ monthly: String(at * 100), daily: String(at * 10) });
  }
  expect(await sandbox.requests("POST")).toHaveLength(8);
  expect((await sandbox.requests("PUT")).filter((it) => it.path.endsWith("/monthly"))).toHaveLength(8);
});

test("only the section delete deletes, with a tick, and last", async ({ page, sandbox }) => {
  const made = await sandbox.call("POST", "/workspaces", { name: "Old team", slug: "old-team" });
  await openFiles(page);
  await paste(page, "version: 1\nworkspaces:\n- {slug: brand-new, name: Brand new}\ndelete: [old-team, not-there]\n");
  await expectPlan(page, "1 to create · 1 to delete · 1 unchanged");
  await openApply(page, 2);
  await expect(applyDialog(page)).toContainText("The workspace is deleted permanently");
  await applyDialog(page).getByRole("checkbox", { name: /^I checked the changes above/ }).check();
  await startApply(page, 2);
  await expectApplied(page, "2 applied");
  expect(await sandbox.workspaces("old-team")).toEqual([]);
  const writes = (await sandbox.log()).filter((it) => it.method !== "GET").map((it) => `${it.method} ${it.path}`);
  expect(writes.at(-1)).toBe(`DELETE /api/v1/workspaces/${made.id}`);
});
