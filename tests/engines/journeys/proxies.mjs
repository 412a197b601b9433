/**
 * The page behind both shipped proxies, in both modes: each engine's own requests to write.
 */
import assert from "node:assert/strict";
import { MANAGEMENT_KEY, startApi } from "../../hosting/support/api.mjs";
import { makeCertificate } from "../../hosting/support/certificate.mjs";
import { temporaryFolder } from "../../hosting/support/processes.mjs";
import { DEPLOYMENTS, USER } from "../../hosting/support/proxies.mjs";
import { button, field, heading, link, main, navigation, notice, Tab } from "../support/tab.mjs";

/**
 * Makes the page send one request by each method that writes.
 * @param {Tab} tab
 */
async function write(tab) {
  await tab.click(link("Production"));
  await tab.type(field("Description"), "Written by an engine");
  await tab.click(button("Save changes"));
  await tab.see({ role: "status", text: /^Saved$/ });

  await tab.click(link("Budgets", main));
  // The rows have their height once the spend is there.
  await tab.see({ css: ".ladder__note", text: /How spend is counted/ });
  await tab.click(button("Remove daily limit"));
  await tab.type(field("Monthly limit in US dollars"), "43000");
  await tab.click(button("Save budgets"));
  await tab.see({ role: "status", text: /^Saved$/ });

  await tab.click(link("Workspaces", navigation));
  await tab.click(link("Create workspace", main));
  await tab.type(field("Name"), "Made here");
  await tab.click(button("Create workspace", main));
  await tab.see(heading("Made here"));
}

/** @type {import("../support/journey.mjs").Journey[]} */
export const journeys = DEPLOYMENTS.filter(({ place }) => place.path === "").map(({ server, mode, place, start }) => ({
  name: `H05: POST, PUT, PATCH and DELETE of the page pass ${server}, ${mode}`,
  async run({ tab: { driver } }) {
    const { folder, remove } = await temporaryFolder();
    const api = await startApi();
    const proxy = await start({ mode, place, api: api.host, key: MANAGEMENT_KEY, tls: await makeCertificate(folder) });
    try {
      const tab = new Tab(driver, proxy.origin);
      if (mode === "proxy-held-key") {
        const [name = "", password = ""] = USER.split(":");
        await driver.get(Object.assign(new URL(proxy.origin), { username: name, password }).href);
      } else {
        await driver.get(proxy.origin);
        const key = { css: "input[type=password]" };
        await tab.type(key, MANAGEMENT_KEY);
        await tab.click(button("Sign in"));
      }
      await tab.see(heading("Workspaces"));
      api.takeReceived();
      await write(tab);
      // A query of analytics is a read that is sent by POST.
      const isWrite = ({ method = "", target = "" }) => method !== "GET" && !target.endsWith("/analytics/query");
      const writes = api.takeReceived().filter(isWrite);
      assert.deepEqual(writes.map(({ method }) => method), ["PATCH", "DELETE", "PUT", "POST"]);
    } finally {
      await proxy.stop();
      await api.stop();
      await remove();
    }
  },
}));
