/** Plays every fault for every read of the client. */
import { test } from "../../fixtures.ts";
import { playRead } from "../../support/faults/reading.ts";
import { READS } from "../../support/faults/reads.ts";
import { playAll, signInWithFakeClock } from "../../support/faults/stage.ts";

for (const reading of READS) {
  test(`${reading.name}: each failure shows its cause, and a retry shows the correct data`, async ({
    page,
    sandbox,
    expectedFailures,
  }) => {
    test.setTimeout(240_000);
    const stage = { page, sandbox, expectedFailures };
    const truth = await reading.truth(sandbox);
    await signInWithFakeClock(page);
    await playAll(reading, stage, (fault) => playRead(reading, fault, truth, stage));
  });
}
