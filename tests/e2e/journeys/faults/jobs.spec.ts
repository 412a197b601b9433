/** The calls for many people at once, and the read that settles a limit, against every fault. */
import { test } from "../../fixtures.ts";
import { JOBS, playJob, somebody, truthOf } from "../../support/faults/jobs.ts";
import { playSettling, SETTLING } from "../../support/faults/settling.ts";
import { enter, playAll } from "../../support/faults/stage.ts";

for (const job of JOBS) {
  test(`${job.name}: whatever the answer, what became of the person is known in the end`, async ({
    page,
    sandbox,
    expectedFailures,
  }) => {
    test.setTimeout(240_000);
    const stage = { page, sandbox, expectedFailures };
    const person = await somebody(sandbox, job.how);
    const truth = await truthOf(job, person, sandbox);
    await enter(page);
    await playAll(job, stage, (fault) => playJob(job, person, fault, truth, stage));
  });
}

test(`${SETTLING.name}: where the look fails too, nothing is claimed of a lost answer`, async ({ page, sandbox, expectedFailures }) => {
  test.setTimeout(240_000);
  expectedFailures.allow(500, /\/budgets\/weekly$/, "PUT");
  const stage = { page, sandbox, expectedFailures };
  const truth = await sandbox.raw("PUT", "/workspaces/production/budgets/weekly", { limit_usd: 13_000 });
  await enter(page);
  await playAll(SETTLING, stage, (fault) => playSettling(fault, truth, stage));
});
