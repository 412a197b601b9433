/**
 * The list of workspaces, creating one, and editing one that someone else changes.
 */
import assert from "node:assert/strict";
import { Key } from "selenium-webdriver";
import { button, dialog, field, heading, link, navigation, notice, search, table } from "../support/tab.mjs";

const list = table("Workspaces");
const names = { role: "link", within: list };
const column = (/** @type {string} */ name) => ({ role: "columnheader", name: new RegExp(`^${name}`), within: list });

/** @type {import("../support/journey.mjs").Journey[]} */
export const journeys = [
  {
    name: "the list is searched and sorted, and its address brings the same list back",
    async run({ tab, sandbox }) {
      await tab.open("/", "Workspaces");
      const { workspaces } = await sandbox.db();
      await tab.until("list all", async () => assert.equal((await tab.all(names)).length, workspaces.length));
      await tab.type(search("Search workspaces"), "muenchen");
      await tab.hasTexts(names, ["Marketing München"]);
      await tab.isAt(/\?q=muenchen$/);
      await tab.press(search("Search workspaces"), Key.ESCAPE);

      await tab.click(button(/^Slug/, column("Slug")));
      const bySlug = workspaces.toSorted((a, b) => (String(a.slug) < String(b.slug) ? -1 : 1)).map(({ name }) => String(name));
      await tab.hasTexts(names, bySlug);
      await tab.isAt(/\?sort=slug$/);
      await tab.driver.navigate().refresh();
      await tab.hasTexts(names, bySlug);
      await tab.click(link("Interns"));
      await tab.see(heading("Interns"));
      await tab.driver.navigate().back();
      await tab.hasTexts(names, bySlug);
      await tab.isAt(/\?sort=slug$/);
    },
  },
  {
    name: "W02: holding Enter on a sort heading reaches the history limit of the engine, and the page goes on",
    async run({ tab, browser }) {
      await tab.open("/", "Workspaces");
      await tab.see(link("Interns"));
      await tab.run(`
        window.refusals = 0;
        const original = History.prototype.pushState;
        window.History.prototype.pushState = function (...rest) {
          try {
            return original.apply(this, rest);
          } catch (error) {
            window.refusals += 1;
            throw error;
          }
        };
      `);
      // WebKit allows 100 in ten seconds, Firefox 200. Its driver's keys are slower than a person who holds one.
      const presses = 251;
      const sort = button(/^Slug/, column("Slug"));
      await tab.press(sort, Key.ENTER);
      await tab.with(sort, (element) => tab.run("for (let press = 1; press < arguments[1]; press += 1) arguments[0].click()", element, presses));
      const refusals = await tab.run("return window.refusals");
      // Chromium ignores too many writes without an exception.
      if (browser.engine !== "Chromium") assert.ok(refusals > 0, `${browser.engine} has refused nothing`);
      await tab.see({ css: "[aria-sort=ascending]", within: list });
      await tab.missing({ text: "The console stopped working" });
      // The address follows when the engine accepts it again.
      await tab.until("be at the shown order", async () => assert.match(await tab.path(), /\?sort=slug$/), 25_000);
      await tab.click(link("Activity", navigation));
      await tab.see(heading("Activity"));
    },
  },
  {
    name: "a workspace is created",
    async run({ tab, sandbox }) {
      await tab.open("/create-workspace", "Create workspace");
      await tab.type(field("Name"), "Night Shift");
      await tab.hasValue(field("Slug"), "night-shift");
      await tab.type(field("Description"), "Line one\nLine two");
      await tab.click(button("Create workspace"));
      await tab.see(heading("Night Shift"));
      await tab.isAt("/workspaces/night-shift");
      await tab.see(notice("“Night Shift” was created"));
      assert.equal((await sandbox.workspace("night-shift")).description, "Line one\nLine two");
    },
  },
  {
    name: "someone else's change is shown beside yours, and both are saved",
    async run({ tab, sandbox }) {
      await tab.open("/workspaces/interns", "Interns");
      await tab.type(field("Description"), "Mine");
      await sandbox.call("PATCH", "/workspaces/interns", { name: "Their interns", description: "Theirs" });
      const before = (await sandbox.requests("PATCH")).length;
      await tab.click(button("Save changes"));
      const comparison = dialog("Someone else changed this workspace");
      await tab.see({ text: "Theirs", within: comparison });
      assert.equal((await sandbox.requests("PATCH")).length, before);
      await tab.click(button(/^Save my changes/, comparison));
      await tab.see({ role: "status", text: /^Saved$/ });
      const saved = await sandbox.workspace("interns");
      assert.deepEqual([saved.name, saved.description], ["Their interns", "Mine"]);
      await tab.hasValue(field("Name"), "Their interns");
    },
  },
];
