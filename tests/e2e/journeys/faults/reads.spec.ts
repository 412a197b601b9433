/** Every read of the client against every fault. */
import { expect, heading, MANAGEMENT_KEY, test } from "../../fixtures.ts";
import { playReading } from "../../support/faults/reading.ts";
import { READS } from "../../support/faults/reads.ts";
import { FAULTS } from "../../support/faults/table.ts";

for (const operation of READS) {
  test(`${operation.name}: whatever the answer, the failure is told and trying again shows the truth`, async ({ page, sandbox, expectedFailures }) => {
    test.setTimeout(240_000);
    const truth = await operation.call(sandbox);
    // The pauses between attempts are random: here each is its shortest.
    await page.addInitScript(() => void (Math.random = () => 0));
    await page.clock.install();
    await page.goto("/");
    await page.getByRole("checkbox", { name: /Keep the key for this tab/ }).check();
    await page.getByLabel("Management key", { exact: true }).fill(MANAGEMENT_KEY);
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await expect(heading(page, "Workspaces")).toBeVisible();
    const failed: string[] = [];
    for (const fault of FAULTS) {
      if (fault.name === "closed after it is applied") continue;
      const began = Date.now();
      await test.step(fault.name, async () => {
        try {
          await playReading(operation, fault, { page, sandbox, expectedFailures }, truth);
        } catch (error) {
          failed.push(`${fault.name}: ${error}`);
          if (process.env.TIMES) console.log(failed.at(-1));
          await page.context().setOffline(false);
          await sandbox.clearFaults();
          await page.goto("/");
        }
      });
      if (process.env.TIMES) console.log(operation.name, fault.name, Date.now() - began);
    }
    expect(failed.join("\n\n")).toBe("");
  });
}
