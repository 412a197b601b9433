/**
 * 10,000 members and 20,000 people: load, search, sort, select and scroll.
 */
import { impose, SLOW_CPU, UNTHROTTLED, watchBlocking } from "../support/browser.mjs";
import { fling, memory, scrollFor, toNextPaint, watchMemory } from "../support/page.mjs";
import { MEMBERS, onPeople } from "../support/people.mjs";

const RUNS = 3;
const PAGES = [
  { rows: "10,000 members", path: MEMBERS, whole: /^10,000 members$/.source },
  { rows: "20,000 people", path: "/people", whole: /^20,000 people$/.source },
];

export const title = "Many people, medians of 3 (min–max)";

export const units = {
  "first row": "ms",
  "all read": "ms",
  "blocking time until then": "ms",
  "select all": "ms",
  "one keystroke": "ms",
  "a sort": "ms",
  "late frames in a fling of 3 s": "1",
  "late frames from end to end in 3 s": "1",
  "JS heap": "MB",
  "wasm memory": "MB",
  "DOM nodes": "1",
};

export const scenarios = PAGES.flatMap((page) =>
  [UNTHROTTLED, SLOW_CPU].map((conditions) => ({
    title: `${page.rows}, ${conditions.title}`,
    measure: (browser) => onPeople(RUNS, (url) => visit(browser, url, page, conditions)),
  })),
);

const SEARCH = "main input[type=search]";
const ROW = ".table--people tr[data-row]";

async function visit(browser, url, { path, whole }, conditions) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  try {
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await impose(session, conditions);
    await watchMemory(page);
    await watchBlocking(page);
    await page.goto(`${url}${path}`, { waitUntil: "commit" });
    await page.waitForSelector(ROW, { timeout: 180_000 });
    const first = await page.evaluate(() => performance.now());
    const isWhole = (wanted) => new RegExp(wanted).test(document.querySelector(".toolbar__status")?.textContent ?? "");
    await page.waitForFunction(isWhole, whole, { polling: 50, timeout: 180_000 });
    // The directory with the names arrives after the members.
    await page.waitForLoadState("networkidle");
    const [all, blocked] = await page.evaluate(() => [performance.now(), window.blocked.time]);
    const typed = await page.evaluate(toNextPaint, { selector: SEARCH, text: "a" });
    await page.evaluate(toNextPaint, { selector: SEARCH, text: "" });
    const sorted = await page.evaluate(toNextPaint, { selector: ".table--people .col-email button", text: null });
    await page.evaluate(toNextPaint, { selector: ".table--people thead input", text: null });
    const selected = await page.evaluate(toNextPaint, { selector: ".bulk-bar button", text: null });
    const count = await page.evaluate(() => document.querySelector(".bulk-bar__text")?.textContent ?? "");
    if (!/^[12]0,000 selected$/.test(count)) throw new Error(`not all are selected: ${count}`);
    const flung = await page.evaluate(fling, 3000);
    const late = await page.evaluate(scrollFor, 3000);
    const { heap, wasm } = await memory(page, session);
    const nodes = await page.evaluate(() => document.querySelectorAll("*").length);
    return {
      "first row": first,
      "all read": all,
      "blocking time until then": blocked,
      "select all": selected,
      "one keystroke": typed,
      "a sort": sorted,
      "late frames in a fling of 3 s": flung,
      "late frames from end to end in 3 s": late,
      "JS heap": heap,
      "wasm memory": wasm,
      "DOM nodes": nodes,
    };
  } finally {
    await context.close();
  }
}
