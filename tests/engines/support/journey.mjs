/**
 * Runs journeys in one engine. All of them share a browser and a sandbox. Each has a new tab, fresh data, and a browser
 * without data of the console.
 */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { problems } from "./console.mjs";
import { startBrowser } from "./engines.mjs";
import { useSandbox } from "./sandbox.mjs";
import { Tab } from "./tab.mjs";

/**
 * What a journey is given.
 * @typedef {object} World
 * @property {Tab} tab
 * @property {import("./sandbox.mjs").Sandbox} sandbox
 * @property {import("./engines.mjs").Browser} browser
 *
 * @typedef {object} Journey
 * @property {string} name
 * @property {import("./sandbox.mjs").Reset} [organization] the data of the sandbox
 * @property {(world: World) => Promise<void>} run
 */

/**
 * Registers a test for each journey.
 * @param {import("./engines.mjs").Engine} engine
 * @param {Journey[]} journeys
 */
export function runIn(engine, journeys) {
  /** @type {import("./engines.mjs").Browser} */
  let browser;
  /** @type {Awaited<ReturnType<typeof useSandbox>>} */
  let server;
  before(async () => {
    [browser, server] = await Promise.all([startBrowser(engine), useSandbox()]);
  });
  after(async () => {
    await browser?.stop();
    await server?.stop();
  });

  for (const { name, organization, run } of journeys) {
    test(`${engine}: ${name}`, async () => {
      const { sandbox } = server;
      await sandbox.reset(organization);
      await openTab(browser.driver, sandbox.url);
      await problems(browser);
      await run({ tab: new Tab(browser.driver, sandbox.url), sandbox, browser });
      assert.deepEqual(await problems(browser), [], "what the page wrote to the console");
    });
  }
}

/**
 * Closes all tabs but a new one, and removes the data of the console.
 * @param {import("selenium-webdriver").WebDriver} driver
 * @param {string} origin
 */
async function openTab(driver, origin) {
  const earlier = await driver.getAllWindowHandles();
  await driver.switchTo().newWindow("tab");
  const tab = await driver.getWindowHandle();
  for (const handle of earlier) {
    await driver.switchTo().window(handle);
    await driver.close();
  }
  await driver.switchTo().window(tab);
  await driver.get(`${origin}/licenses.txt`);
  await driver.executeScript("localStorage.clear(); sessionStorage.clear();");
}
