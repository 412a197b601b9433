/** Plays every fault for the bulk calls, and for the read that settles a limit. */
import { test } from "../../fixtures.ts";
import { eligiblePerson, JOBS, playJob, trueResponseOf } from "../../support/faults/jobs.ts";
import { playSettling, SETTLING } from "../../support/faults/settling.ts";
import { playAll, signInWithFakeClock } from "../../support/faults/stage.ts";

for (const job of JOBS) {
  test(`${job.name}: after every fault, the outcome for the person is known in the end`, async ({
    page,
    sandbox,
    expectedFailures,
  }) => {
    test.setTimeout(240_000);
    const stage = { page, sandbox, expectedFailures };
    const person = await eligiblePerson(sandbox, job.how);
    const truth = await trueResponseOf(job, person, sandbox);
    await signInWithFakeClock(page);
    await playAll(job, stage, (fault) => playJob(job, person, fault, truth, stage));
  });
}

test(`${SETTLING.name}: if reading back fails too, the outcome of the write is reported as unknown`, async ({ page, sandbox, expectedFailures }) => {
  test.setTimeout(240_000);
  expectedFailures.allow(500, /\/budgets\/weekly$/, "PUT");
  const stage = { page, sandbox, expectedFailures };
  const truth = await sandbox.raw("PUT", "/workspaces/production/budgets/weekly", { limit_usd: 13_000 });
  await signInWithFakeClock(page);
  await playAll(SETTLING, stage, (fault) => playSettling(fault, truth, stage));
});
