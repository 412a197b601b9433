/**
 * The budgets of a workspace.
 */
import assert from "node:assert/strict";
import { button, field } from "../support/tab.mjs";

/** @type {import("../support/journey.mjs").Journey[]} */
export const journeys = [
  {
    name: "budgets are saved by a plan that the API accepts at every step",
    async run({ tab, sandbox }) {
      await tab.driver.get(`${tab.origin}/workspaces/production/budgets`);
      const typed = { Lifetime: "1600000", Monthly: "41000", Weekly: "13000", Daily: "2400" };
      for (const [interval, amount] of Object.entries(typed)) await tab.type(field(`${interval} limit in US dollars`), amount);
      await tab.click(button("Save budgets"));
      await tab.see({ role: "status", text: /^Saved$/ });
      const writes = (await sandbox.requests("PUT")).map(({ path, request_body, status }) => {
        const { limit_usd } = /** @type {{limit_usd: number}} */ (request_body);
        return `${path.split("/").at(-1)} ${limit_usd} ${status}`;
      });
      assert.deepEqual(writes, ["lifetime 1600000 200", "weekly 13000 200", "daily 2400 200", "monthly 41000 200"]);
      await tab.hasValue(field("Monthly limit in US dollars"), "41,000.00");
    },
  },
];
