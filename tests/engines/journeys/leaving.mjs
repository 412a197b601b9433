/**
 * Back from a form with unsaved changes.
 */
import assert from "node:assert/strict";
import { button, field, heading, link, navigation, question } from "../support/tab.mjs";

const leaving = question("Leave without saving?");

/**
 * Opens the list, all budgets and a workspace by links, and types a draft there.
 * @param {import("../support/tab.mjs").Tab} tab
 */
async function editAfterTwoViews(tab) {
  await tab.open("/", "Workspaces");
  await tab.click(link("Budgets", navigation));
  await tab.see(heading("Budgets"));
  await tab.click(link("Workspaces", navigation));
  await tab.click(link("Interns"));
  await tab.type(field("Description"), "A draft");
}

/**
 * Presses Back twice, without waiting for the first step to end. Returns the path that this leads to: WebKit takes two
 * presses in the same task for one.
 * @param {import("../support/tab.mjs").Tab} tab
 * @param {number} pause
 * @returns {Promise<string>}
 */
async function pressBackTwice(tab, pause) {
  await tab.run(`
    window.visited = [];
    addEventListener("popstate", () => window.visited.push([history.state.index, location.pathname]), true);
    history.back();
    arguments[0] ? setTimeout(() => history.back(), arguments[0]) : history.back();
  `, pause);
  await tab.see(leaving);
  await rests(tab);
  assert.equal((await tab.all(leaving)).length, 1);
  const visited = await tab.run("return window.visited");
  return visited.toSorted((/** @type {[number, string]} */ [a], /** @type {[number, string]} */ [b]) => a - b)[0][1];
}

/** Waits until no question comes, and no address changes any more. */
async function rests(/** @type {import("../support/tab.mjs").Tab} */ tab) {
  await tab.driver.executeAsyncScript(`
    const done = arguments[arguments.length - 1];
    let last = location.href, since = performance.now();
    const look = () => {
      if (location.href !== last) [last, since] = [location.href, performance.now()];
      if (performance.now() - since > 400) done();
      else setTimeout(look, 20);
    };
    look();
  `);
}

/** The pauses between two presses, in milliseconds: in the same task, while the browser comes to rest, and while it is returned. */
const PAUSES = [0, 20, 50, 60];

/** @type {import("../support/journey.mjs").Journey[]} */
export const journeys = [
  {
    name: "W11: Back twice from an edited form asks one question, and Keep editing stays",
    async run({ tab }) {
      await editAfterTwoViews(tab);
      for (const pause of PAUSES) {
        await pressBackTwice(tab, pause);
        await tab.click(button("Keep editing", leaving));
        await tab.missing(leaving);
        await rests(tab);
        assert.equal((await tab.all(leaving)).length, 0, `a second question after ${pause} ms`);
        await tab.isAt("/workspaces/interns");
        assert.equal(await tab.value(field("Description")), "A draft");
      }
    },
  },
  {
    name: "W11: after Back twice from an edited form, Leave goes exactly there",
    async run({ tab, browser }) {
      const expected = { "/budgets": "Budgets", "/workspaces": "Workspaces" };
      for (const pause of PAUSES) {
        await editAfterTwoViews(tab);
        const path = /** @type {keyof typeof expected} */ (await pressBackTwice(tab, pause));
        if (browser.engine !== "WebKit" && pause < 50) assert.equal(path, "/budgets", `${pause} ms`);
        await tab.click(button(/^Discard/, leaving));
        await tab.see(heading(expected[path]));
        await rests(tab);
        await tab.isAt(path);
        assert.equal((await tab.all(leaving)).length, 0);
        await tab.driver.navigate().back();
        await tab.see(heading(path === "/budgets" ? "Workspaces" : "Budgets"));
      }
    },
  },
];
