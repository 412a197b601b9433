/**
 * Signing in and out, a key that expires, the idle limit, and several tabs.
 */
import assert from "node:assert/strict";
import { MANAGEMENT_KEY } from "../support/sandbox.mjs";
import { button, dialog, field, heading, link, notice } from "../support/tab.mjs";

const keyField = { css: "input[type=password]" };

/**
 * Signs in on the sign-in screen.
 * @param {import("../support/tab.mjs").Tab} tab
 */
async function signIn(tab) {
  await tab.driver.get(tab.origin);
  await tab.type(keyField, MANAGEMENT_KEY);
  await tab.click(button("Sign in"));
  await tab.see(heading("Workspaces"));
  await tab.see(link("Interns"));
}

/** @type {import("../support/journey.mjs").Journey[]} */
export const journeys = [
  {
    name: "you sign in with a key, and signing out signs out every tab",
    organization: { auth: "key" },
    async run({ tab }) {
      await signIn(tab);
      const first = await tab.driver.getWindowHandle();
      await tab.driver.switchTo().newWindow("tab");
      await signIn(tab);
      await tab.click(button("Sign out"));
      await tab.see(keyField);
      await tab.driver.switchTo().window(first);
      await tab.see(keyField);
      await tab.missing(link("Interns"));
      const kept = await tab.run("return JSON.stringify([{ ...sessionStorage }, { ...localStorage }])");
      assert.ok(!kept.includes("sk-or"), kept);
    },
  },
  {
    name: "a key that expires while you edit is asked for in place, and nothing typed is lost",
    organization: { auth: "key" },
    async run({ tab, sandbox }) {
      await signIn(tab);
      await tab.click(link("Interns"));
      await tab.type(field("Description"), "Typed before the key expired");
      await sandbox.fault({ method: "GET", path: "/workspaces/[0-9a-f-]{36}$", answer: { kind: "status", status: 401 } });
      await tab.click(button("Save changes"));
      const again = dialog("Sign in again");
      await tab.type({ ...keyField, within: again }, MANAGEMENT_KEY);
      await tab.click(button("Sign in", again));
      await tab.missing(again);
      assert.equal(await tab.value(field("Description")), "Typed before the key expired");
      assert.deepEqual(await sandbox.requests("PATCH"), []);
      await tab.click(button("Save changes"));
      await tab.see({ role: "status", text: /^Saved$/ });
      assert.equal((await sandbox.workspace("interns")).description, "Typed before the key expired");
    },
  },
  {
    name: "after 30 minutes without activity nothing is shown any more, and the draft comes back",
    async run({ tab }) {
      await tab.open("/workspaces/interns", "Interns");
      await tab.type(field("Description"), "A draft");
      // What follows the first view is loaded with the first pause, and watches the activity.
      await tab.see({ css: "link[href*='/later-']" });
      // A tab that is shown again looks at the clock.
      const passMinutes = (/** @type {number} */ minutes) => tab.run(`
        const { now } = window.Date, passed = arguments[0] * 60_000;
        window.Date.now = () => now() + passed;
        document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
      `, minutes);
      await passMinutes(29.2);
      await tab.see(dialog("Are you still there?"));
      await passMinutes(2);
      await tab.see({ text: "You were signed out after 30 minutes of inactivity" });
      await tab.missing({ text: /Interns/ });
      await tab.click(button("Continue"));
      await tab.hasValue(field("Description"), "A draft");
    },
  },
];
