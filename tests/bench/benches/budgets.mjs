/**
 * The budgets of 1,000 workspaces: load, filter, select and scroll.
 */
import { impose, SLOW_CPU, UNTHROTTLED } from "../support/browser.mjs";
import { scrollFor, toNextPaint } from "../support/page.mjs";
import { onThousand } from "../support/thousand.mjs";

const RUNS = 3;
/** A cell with a limit and its spend. */
const FILLED = ".table--budgets .use";

export const title = "Budgets of 1,000 workspaces, medians of 3 (min–max)";

export const units = {
  "first limits shown": "ms",
  "all read": "ms",
  "requests under way at most": "1",
  "one keystroke of search": "ms",
  "select all": "ms",
  "frames over 16.7 ms in a scroll of 3 s": "1",
  "JS heap": "MB",
  "DOM nodes": "1",
};

export const scenarios = [UNTHROTTLED, SLOW_CPU].map((conditions) => ({
  title: conditions.title,
  measure: (browser) => onThousand(RUNS, (url) => visit(browser, url, conditions)),
}));

async function visit(browser, url, conditions) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  try {
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await impose(session, conditions);
    const most = countOpen(page);
    await page.goto(`${url}/budgets`, { waitUntil: "commit" });
    const patience = { polling: 100, timeout: 180_000 };
    const since = () => performance.now();
    await page.waitForSelector(FILLED, { timeout: patience.timeout });
    const first = await page.evaluate(since);
    await page.waitForFunction(
      () => /^[\d,]+ workspaces$/.test(document.querySelector(".toolbar__status")?.textContent ?? ""),
      null,
      patience,
    );
    const all = await page.evaluate(since);
    const typed = await page.evaluate(toNextPaint, { selector: "input[type=search]", text: "a" });
    await page.evaluate(toNextPaint, { selector: "input[type=search]", text: "" });
    await page.evaluate(toNextPaint, { selector: ".table--budgets thead input", text: null });
    const selected = await page.evaluate(toNextPaint, { selector: ".bulk-bar button", text: null });
    const dropped = await page.evaluate(scrollFor, 3000);
    await session.send("HeapProfiler.collectGarbage");
    const heap = (await session.send("Runtime.getHeapUsage")).usedSize / 1e6;
    const nodes = await page.evaluate(() => document.querySelectorAll("*").length);
    return {
      "first limits shown": first,
      "all read": all,
      "requests under way at most": most(),
      "one keystroke of search": typed,
      "select all": selected,
      "frames over 16.7 ms in a scroll of 3 s": dropped,
      "JS heap": heap,
      "DOM nodes": nodes,
    };
  } finally {
    await context.close();
  }
}

/** Counts the reads in flight, and returns a function for their maximum. */
function countOpen(page) {
  const isReading = (request) => /\/budgets$|\/keys\?/.test(request.url()) && request.url().includes("/api/");
  let open = 0;
  let most = 0;
  page.on("request", (request) => {
    if (isReading(request)) most = Math.max(most, (open += 1));
  });
  for (const end of ["requestfinished", "requestfailed"]) {
    page.on(end, (request) => {
      if (isReading(request)) open -= 1;
    });
  }
  return () => most;
}
