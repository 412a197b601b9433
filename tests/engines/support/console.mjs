/**
 * What pages wrote to the console of their browser, as far as its driver tells.
 */

/** Where the output of a browser was read last. */
const read = new WeakMap();

/**
 * Returns the errors and warnings since the last call. WebKit's driver tells none, so only those of the last document count
 * that came after its first query.
 * @param {import("./engines.mjs").Browser} browser
 * @returns {Promise<string[]>}
 */
export async function problems(browser) {
  return (await written(browser)).filter((line) => !isOfBrowser(line));
}

/**
 * Chromium writes a line for each failed request, and one if a page writes the history too often.
 * @param {string} line
 */
function isOfBrowser(line) {
  return /^https?:[/][/][^/]+[/]api[/].* Failed to load resource/.test(line) || line.includes("Throttling navigation");
}

/** @param {import("./engines.mjs").Browser} browser */
async function written(browser) {
  switch (browser.engine) {
    case "Chromium": {
      const entries = await browser.driver.manage().logs().get("browser");
      return entries.filter(({ level }) => ["WARNING", "SEVERE"].includes(level.name)).map(({ message }) => message);
    }
    case "Firefox": {
      const output = browser.output();
      const fresh = output.slice(read.get(browser) ?? 0);
      read.set(browser, output.length);
      // The browser's own parts write there, too.
      return fresh.split("\n").filter((line) => /^JavaScript (error|warning): https?:/.test(line));
    }
    case "WebKit":
      return (await browser.driver.executeScript("return window.written")) ?? [];
  }
}
