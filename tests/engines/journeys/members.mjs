/**
 * The members of a workspace: added from a pasted list, removed, a job that stops and resumes, and its exported outcomes.
 */
import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { button, checkbox, dialog, field, main, question, search, table } from "../support/tab.mjs";

/** @typedef {import("../support/tab.mjs").Tab} Tab */

const members = table("Members");
const adding = dialog(/^Add members to /);
const removing = question(/^Remove /);
const job = { css: "dialog[open]:has(progress)" };
const finished = { role: "status", text: /^\d/, within: job };

/** A workspace with many members, of whom seven have keys and one cannot be removed. */
const MANY = { organization: { seed: "scale", workspaces: 2, people: 800, members: 700 }, slug: "scale-members" };

/**
 * Opens the members of a workspace and waits until all are loaded.
 * @param {Tab} tab
 * @param {string} slug
 */
async function openMembers(tab, slug) {
  await tab.driver.get(`${tab.origin}/workspaces/${slug}/members`);
  await waitUntilListed(tab);
}

async function waitUntilListed(/** @type {Tab} */ tab) {
  await tab.see({ role: "status", text: /^([\d,]+ of )?[\d,]+ members?$/ });
  await tab.missing({ css: "[aria-busy=true]" });
}

/** Waits until the job has ended, and expects these counts. */
async function hasFinished(/** @type {Tab} */ tab, /** @type {string} */ counts) {
  await tab.see({ text: "Finished", within: job }, 60_000);
  await tab.hasTexts(finished, [counts]);
}

async function closeJob(/** @type {Tab} */ tab) {
  await tab.click({ css: "button", text: "Done", within: job });
  await tab.missing(job);
}

/** Selects these members one after another by searching. */
async function select(/** @type {Tab} */ tab, /** @type {string[]} */ people) {
  for (const id of people) {
    await tab.type(search("Search members"), id);
    await tab.check({ role: "checkbox", within: { css: `tr[data-key="${id}"]`, within: members } });
  }
}

/** Selects everyone and opens the dialog that removes them. */
async function selectAllToRemove(/** @type {Tab} */ tab) {
  await tab.click(checkbox("Select visible rows", members));
  await tab.click(button(/^Select all [\d,]+ matching$/));
  await tab.click(button("Remove…"));
}

/** @type {import("../support/journey.mjs").Journey[]} */
export const journeys = [
  {
    name: "members are added from a pasted list, removed except for one with an active key, and added back",
    async run({ tab, sandbox }) {
      const slug = "mobile-apps";
      const { others } = await sandbox.members(slug);
      const { id } = await sandbox.workspace(slug);
      const owner = String((await sandbox.db()).keys.find((key) => key.workspace_id === id && !key.disabled)?.creator_user_id);
      const added = others.slice(0, 2);
      await openMembers(tab, slug);
      // Any field takes the list to the clipboard.
      await tab.type(search("Search members"), added.join(", "));
      await tab.cut(search("Search members"));
      await tab.click(button("Add members…"));
      await tab.click({ role: "radio", name: "Paste a list", within: adding });
      await tab.paste(field("People to add", adding));
      await tab.click(button("Add 2 members", adding));
      await hasFinished(tab, "2 added");
      await closeJob(tab);

      await select(tab, [owner, ...added]);
      await tab.click(button("Remove…"));
      await tab.see({ text: /2 ready to remove · 1 blocked/, within: removing });
      await tab.click(button("Remove 2 members", removing));
      await hasFinished(tab, "2 removed");
      const after = (await sandbox.members(slug)).inside;
      assert.deepEqual([owner, ...added].filter((person) => after.includes(person)), [owner]);
      await tab.click(button(/^Undo/, job));
      await hasFinished(tab, "2 added");
      const again = (await sandbox.members(slug)).inside;
      assert.ok(added.every((person) => again.includes(person)));
    },
  },
  {
    name: "a job stops, goes on, and is resumed after a reload",
    organization: MANY.organization,
    async run({ tab, sandbox }) {
      const fault = { method: "POST", path: "/members/remove", answer: { kind: "pass" } };
      await openMembers(tab, MANY.slug);
      await selectAllToRemove(tab);
      await sandbox.fault({ ...fault, times: 4, delay_ms: 3_000 });
      await tab.click(button("Remove 693 members", removing));
      await tab.click(button("Stop", job));
      await tab.see({ text: "Finished", within: job });
      assert.equal((await sandbox.requests("POST")).length, 4);

      // These are applied, but their answers come too late for this page.
      await sandbox.fault({ ...fault, times: 2, delay_ms: 20_000, when: "after" });
      await tab.click(button(/^Try \d+ again$/, job));
      await tab.until("send two more", async () => assert.ok((await sandbox.requests("POST")).length >= 6));
      await tab.driver.navigate().refresh();
      await waitUntilListed(tab);
      await tab.see({ text: /was interrupted/ });
      assert.equal((await tab.all(job)).length, 0);
      await sandbox.clearFaults();
      await tab.click(button("Resume", main));
      await tab.see({ text: "Finished", within: job }, 60_000);
      // Those with keys, and the one whom the API refuses.
      assert.equal((await sandbox.members(MANY.slug)).inside.length, 8);
    },
  },
  {
    name: "W07: an export of 5,000 rows arrives whole",
    organization: { seed: "scale", workspaces: 2, people: 5_010, members: 10 },
    async run({ tab, sandbox, browser }) {
      await openMembers(tab, MANY.slug);
      await tab.click(button("Add members…"));
      await tab.see({ css: "[aria-rowcount='5011']", within: adding });
      await tab.click(checkbox("Select visible rows", adding));
      await tab.click(button("Select all 5,000 matching", adding));
      await tab.click(button("Add 5,000 members", adding));
      await hasFinished(tab, "5,000 added");
      await tab.run(`
        window.released = 0;
        const revoke = window.URL.revokeObjectURL;
        window.URL.revokeObjectURL = (url) => {
          window.released += 1;
          revoke.call(window.URL, url);
        };
      `);
      await tab.click(button("Export CSV", job));
      const text = await tab.until("find the file", async () => {
        const [file = "", ...more] = await readdir(browser.downloads);
        assert.match(file, /^members-\d{4}-\d\d-\d\d\.csv$/, String([file, ...more]));
        const text = await readFile(join(browser.downloads, file), "utf8");
        assert.equal(text.split("\r\n").length, 5_002, file);
        return text;
      });
      assert.equal(await tab.run("return window.released"), 0, "the file was released while a browser could still be reading it");
      // Excel reads UTF-8 only after a byte order mark.
      assert.ok(text.startsWith("\u{feff}"));
      for (const person of (await sandbox.members(MANY.slug)).inside.slice(10)) assert.ok(text.includes(person), person);
    },
  },
];
