/** Every read of the client against every fault. */
import { test } from "../../fixtures.ts";
import { playReading } from "../../support/faults/reading.ts";
import { READS } from "../../support/faults/reads.ts";
import { enter, playAll } from "../../support/faults/stage.ts";

for (const reading of READS) {
  test(`${reading.name}: each failure is told with its cause, and trying again shows the truth`, async ({
    page,
    sandbox,
    expectedFailures,
  }) => {
    test.setTimeout(240_000);
    const stage = { page, sandbox, expectedFailures };
    const truth = await reading.truth(sandbox);
    await enter(page);
    await playAll(reading, stage, (fault) => playReading(reading, fault, truth, stage));
  });
}
