/** Plays every fault for every write of the client, except the bulk calls. */
import { test } from "../../fixtures.ts";
import { playAll, signInWithFakeClock } from "../../support/faults/stage.ts";
import { WRITES } from "../../support/faults/writes.ts";
import { playWrite } from "../../support/faults/writing.ts";

for (const writing of WRITES) {
  test(`${writing.name}: its effect is always reported, and nothing is resent without reading back`, async ({
    page,
    sandbox,
    expectedFailures,
  }) => {
    test.setTimeout(240_000);
    // The created workspace does not exist before, and the deleted one does not exist afterwards.
    expectedFailures.allow(404, /\/api\/v1\/(workspaces|keys)/, "GET");
    const stage = { page, sandbox, expectedFailures };
    const truth = await writing.truth(sandbox);
    await sandbox.reset();
    await signInWithFakeClock(page);
    await playAll(writing, stage, (fault) => playWrite(writing, fault, truth, stage));
  });
}
