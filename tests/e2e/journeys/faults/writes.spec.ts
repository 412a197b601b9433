/** Every write of the client against every fault, but those for many people at once. */
import { test } from "../../fixtures.ts";
import { enter, playAll } from "../../support/faults/stage.ts";
import { WRITES } from "../../support/faults/writes.ts";
import { playWriting } from "../../support/faults/writing.ts";

for (const writing of WRITES) {
  test(`${writing.name}: its effect is told whatever the answer, and nothing is sent blindly again`, async ({
    page,
    sandbox,
    expectedFailures,
  }) => {
    test.setTimeout(240_000);
    // What was made is not there before, and what was destroyed not afterwards.
    expectedFailures.allow(404, /\/api\/v1\/(workspaces|keys)/, "GET");
    const stage = { page, sandbox, expectedFailures };
    const truth = await writing.truth(sandbox);
    await sandbox.reset();
    await enter(page);
    await playAll(writing, stage, (fault) => playWriting(writing, fault, truth, stage));
  });
}
