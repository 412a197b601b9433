/**
 * The console in a browser, behind each proxy: every view by its URL and after a reload. Neither the page's policy nor the
 * proxy may refuse anything.
 */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { chromium } from "playwright-core";
import { MANAGEMENT_KEY } from "./support/api.mjs";
import { useDeployment } from "./support/deployment.mjs";
import { DEPLOYMENTS, USER } from "./support/proxies.mjs";

/** Each kind of view: its path, its heading, and the start of a call that it makes. */
const VIEWS = [
  ["/", "Workspaces", "/workspaces?"],
  ["/create-workspace", "Create workspace", "/models?"],
  ["/workspaces/interns", "Interns", "/workspaces/interns"],
  ["/workspaces/interns/budgets", "Interns", "/keys?"],
  ["/workspaces/interns/members", "Interns", "/organization/members?"],
  ["/budgets", "Budgets", "/keys?"],
  ["/people", "People", "/organization/members?"],
  ["/keys", "API keys", "/keys?"],
  ["/activity", "Activity", "/key"],
  ["/files", "Import and export", "/workspaces?"],
];

/** @type {import("playwright-core").Browser} */
let browser;
before(async () => {
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"],
  });
});
after(() => browser?.close());

for (const deployment of DEPLOYMENTS) {
  const { mode, place } = deployment;
  describe(deployment.title, () => {
    const console = useDeployment(deployment);

    test("every view opens by its URL and after a reload, and nothing is refused", async () => {
      const [username = "", password = ""] = USER.split(":");
      const context = await browser.newContext(mode === "proxy-held-key" ? { httpCredentials: { username, password } } : {});
      const page = await context.newPage();
      /** @type {string[]} */
      const problems = [];
      // Without a key the first calls get 401, which the browser logs.
      let isSignedIn = mode === "proxy-held-key";
      page.on("console", (message) => {
        const isExpected = !isSignedIn && message.text().startsWith("Failed to load resource");
        if (["warning", "error"].includes(message.type()) && !isExpected) problems.push(message.text());
      });
      page.on("pageerror", (error) => problems.push(error.message));
      page.on("response", (response) => {
        const isExpected = !isSignedIn && response.status() === 401;
        if (response.status() >= 400 && !isExpected) problems.push(`${response.status()} for ${response.url()}`);
        if (new URL(response.url()).origin !== console.origin) problems.push(`${response.url()} is on another origin`);
      });
      const heading = (/** @type {string} */ name) => page.getByRole("heading", { name, level: 1, exact: true }).waitFor();
      const answerTo = (/** @type {string} */ call) =>
        page.waitForResponse((response) => response.url().startsWith(`${console.origin}${place.path}/api/v1${call}`));

      if (!isSignedIn) {
        await page.goto(`${console.origin}${place.path}/people`);
        await page.getByLabel("Management key", { exact: true }).fill(MANAGEMENT_KEY);
        await page.getByLabel(/^Stay signed in in this tab/).check();
        await page.getByRole("button", { name: "Sign in", exact: true }).click();
        await heading("People");
        isSignedIn = true;
      }
      for (const [path = "", name = "", call = ""] of VIEWS) {
        await page.goto(`${console.origin}${place.path}${path}`);
        await heading(name);
        const answered = answerTo(call);
        await page.reload();
        await heading(name);
        assert.equal((await answered).status(), 200, `${call} of ${path}`);
      }
      await page.goto(`${console.origin}${place.path}/`);
      await page.getByRole("link", { name: "Interns" }).first().click();
      await heading("Interns");
      assert.ok(page.url().startsWith(`${console.origin}${place.path}/workspaces/`), page.url());
      await page.goBack();
      await heading("Workspaces");

      assert.deepEqual(problems, []);
      const received = console.takeReceived();
      assert.ok(received.length > 20, String(received.length));
      assert.ok(received.every(({ headers }) => headers.authorization === `Bearer ${MANAGEMENT_KEY}` || mode === "pasted-key"));
      await context.close();
    });
  });
}
