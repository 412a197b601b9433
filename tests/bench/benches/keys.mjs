/**
 * 5,000 API keys on the page of all of them: load, search, sort, select and scroll.
 */
import { impose, SLOW_CPU, UNTHROTTLED } from "../support/browser.mjs";
import { fling, scrollFor, toNextPaint } from "../support/page.mjs";
import { onPeople } from "../support/people.mjs";

const RUNS = 3;
const KEYS = ["--workspaces", "50", "--people", "200", "--members", "100", "--keys", "5000"];

export const title = "5,000 API keys, medians of 3 (min–max)";

export const units = {
  "first row": "ms",
  "all read": "ms",
  "one keystroke": "ms",
  "a sort": "ms",
  "select all": "ms",
  "late frames in a fling of 3 s": "1",
  "late frames from end to end in 3 s": "1",
};

export const scenarios = [UNTHROTTLED, SLOW_CPU].map((conditions) => ({
  title: conditions.title,
  measure: (browser) => onPeople(RUNS, (url) => visit(browser, url, conditions), KEYS),
}));

const SEARCH = "main input[type=search]";

async function visit(browser, url, conditions) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  try {
    const page = await context.newPage();
    await impose(await context.newCDPSession(page), conditions);
    await page.goto(`${url}/keys`, { waitUntil: "commit" });
    await page.waitForSelector(".table--keys tr[data-row]", { timeout: 180_000 });
    const first = await page.evaluate(() => performance.now());
    const isWhole = () => /^5,\d\d\d API keys$/.test(document.querySelector(".toolbar__status")?.textContent ?? "");
    await page.waitForFunction(isWhole, null, { polling: 50, timeout: 180_000 });
    await page.waitForLoadState("networkidle");
    const all = await page.evaluate(() => performance.now());
    const typed = await page.evaluate(toNextPaint, { selector: SEARCH, text: "a" });
    await page.evaluate(toNextPaint, { selector: SEARCH, text: "" });
    const sorted = await page.evaluate(toNextPaint, { selector: ".table--keys th.col-spend button", text: null });
    await page.evaluate(toNextPaint, { selector: ".table--keys thead input", text: null });
    const selected = await page.evaluate(toNextPaint, { selector: ".bulk-bar button", text: null });
    const count = await page.evaluate(() => document.querySelector(".bulk-bar__text")?.textContent ?? "");
    if (!/^5,\d\d\d selected$/.test(count)) throw new Error(`not all are selected: ${count}`);
    return {
      "first row": first,
      "all read": all,
      "one keystroke": typed,
      "a sort": sorted,
      "select all": selected,
      "late frames in a fling of 3 s": await page.evaluate(fling, 3000),
      "late frames from end to end in 3 s": await page.evaluate(scrollFor, 3000),
    };
  } finally {
    await context.close();
  }
}
