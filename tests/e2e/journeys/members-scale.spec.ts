/** Ten thousand members of twenty thousand people: searched, added and removed while the API has faults. */
import { expect, test } from "../fixtures.ts";
import {
  addPasted,
  closeJob,
  count,
  dbMembers,
  dbNonMembers,
  expectAgreement,
  expectFinished,
  expectReadBeforeRetry,
  jobDialog,
  MANY,
  openMembers,
  openRemoveDialog,
  outcomes,
  removeDialog,
  requestSizes,
  search,
  selectAll,
  selectionBar,
} from "../support/members.ts";
import type { Database, Sandbox } from "../support/sandbox.ts";

test.use({ organization: { auth: "proxy", seed: "scale", workspaces: 2, people: 20_000, members: 10_000 } });
test.setTimeout(120_000);

/** Returns a search term of two letters that about a thousand members match, and those members. */
async function findAboutThousand(sandbox: Sandbox): Promise<{ term: string; found: string[] }> {
  const members = new Set(await dbMembers(sandbox, MANY));
  const { people } = (await sandbox.db()) as Database;
  const texts = people
    .filter((it) => members.has(String(it.id)))
    .map((it) => ({ id: String(it.id), text: `${it.first_name ?? ""} ${it.last_name ?? ""}\n${it.email}\n${it.id}`.toLowerCase() }));
  const terms = new Set(texts.slice(0, 300).flatMap(({ text }) => text.match(/[a-z]{2}/g) ?? []));
  for (const term of terms) {
    const found = texts.filter(({ text }) => text.includes(term)).map(({ id }) => id);
    if (found.length >= 900 && found.length <= 1500) return { term, found };
  }
  throw new Error("no search finds about a thousand members");
}

test("250 people are added with three requests", async ({ page, sandbox }) => {
  const others = (await dbNonMembers(sandbox, MANY)).slice(-250);
  await openMembers(page, MANY);
  await expect(count(page)).toHaveText("10,000 members");
  await sandbox.clearLog();
  await addPasted(page, others.join("\n"), "250 members");
  await expectFinished(page, "250 added");
  expect((await requestSizes(sandbox)).sort((left, right) => right - left)).toEqual([100, 100, 50]);
  await expectAgreement(page, sandbox, MANY, "add");
});

test("a thousand members are removed despite a wait, an unclear failure, a closed connection and a stop", async ({
  page,
  sandbox,
  expectedFailures,
}) => {
  const { term, found } = await findAboutThousand(sandbox);
  for (const status of [400, 403, 429, 500, "network"] as const) {
    expectedFailures.allow(status, /\/members\/remove$/, "POST");
  }
  await openMembers(page, MANY);
  await search(page).fill(term);
  await expect(count(page)).toHaveText(`${found.length.toLocaleString("en-US")} of 10,000 members`);
  await selectAll(page);
  await expect(selectionBar(page)).toContainText(`${found.length.toLocaleString("en-US")} selected`);
  await openRemoveDialog(page);
  await sandbox.clearLog();

  // The first responses take long enough to press Stop.
  const fault = { method: "POST", path: "/members/remove" } as const;
  await sandbox.fault({ ...fault, times: 4, delay_ms: 1_000, answer: { kind: "pass" } });
  await sandbox.fault({ ...fault, answer: { kind: "status", status: 429, retry_after: 3 } });
  await sandbox.fault({ ...fault, when: "after", answer: { kind: "status", status: 500 } });
  await sandbox.fault({ ...fault, answer: { kind: "close" } });
  await removeDialog(page).getByRole("button", { name: /^Remove [\d,]+ members$/ }).click();
  await jobDialog(page).getByRole("button", { name: "Stop", exact: true }).click();
  await expect(jobDialog(page).getByText("Finished", { exact: true })).toBeVisible({ timeout: 20_000 });
  expect((await requestSizes(sandbox)).length).toBeLessThanOrEqual(4);
  await jobDialog(page).getByRole("button", { name: /^Try [\d,]+ again$/ }).click();
  await expect(jobDialog(page).getByText("The API asks you to wait")).toBeVisible({ timeout: 20_000 });
  await expect(jobDialog(page).getByText("Finished", { exact: true })).toBeVisible({ timeout: 40_000 });

  await expectReadBeforeRetry(sandbox);
  const results = await outcomes(page);
  const members = new Set(await dbMembers(sandbox, MANY));
  for (const { id, outcome } of results) expect(members.has(id), id).toBe(outcome !== "removed");
  await closeJob(page);
  await search(page).fill("");
  await expect(count(page)).toHaveText(`${members.size.toLocaleString("en-US")} members`);
  const refused = results.filter((it) => it.outcome === "refused");
  for (const { reason } of refused) expect(reason).toContain("managed by the identity provider (SCIM)");
  expect(results.filter((it) => it.outcome === "removed")).toHaveLength(results.length - refused.length);
});
