/**
 * A first visit to the list of 1,000 workspaces, with empty caches and without a sign-in.
 */
import {
  countTraffic,
  FAST_4G,
  impose,
  UNTHROTTLED,
  watchFirstPaintOf,
} from "../support/browser.mjs";
import { onThousand } from "../support/thousand.mjs";

const RUNS = 7;
/** A row with data. Placeholder rows have no link. */
const FIRST_ROW = 'tbody tr:has(a[href]), [role="row"]:has([role="cell"] a[href])';

export const title = "First load of the list of 1,000 workspaces, cold cache, medians of 7 (min–max)";

export const units = {
  "first row painted": "ms",
  "first contentful paint": "ms",
  "page transferred": "B",
  "API transferred": "B",
  requests: "1",
};

export const scenarios = [UNTHROTTLED, FAST_4G].map((conditions) => ({
  title: conditions.title,
  measure: (browser) => measure(browser, conditions),
}));

async function measure(browser, conditions) {
  // The first visit is not counted, because the sandbox is still warming up.
  const [, ...runs] = await onThousand(RUNS + 1, (url) => visit(browser, url, conditions));
  return runs;
}

async function visit(browser, url, conditions) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  try {
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await impose(session, conditions);
    const traffic = countTraffic(session);
    await watchFirstPaintOf(page, FIRST_ROW);
    await page.goto(url, { waitUntil: "commit" });
    // Polls rarely, to keep its effect on the measured page small.
    const patience = { polling: 100, timeout: 60_000 };
    const painted = await page.waitForFunction(() => window.firstPainted, null, patience);
    const firstRow = await painted.jsonValue();
    // The visit includes all pages of the list.
    await page.waitForLoadState("networkidle");
    const firstContent = await page.evaluate(
      () => performance.getEntriesByName("first-contentful-paint")[0]?.startTime,
    );
    return {
      "first row painted": firstRow,
      "first contentful paint": firstContent,
      "page transferred": traffic.pageBytes,
      "API transferred": traffic.apiBytes,
      requests: traffic.requests,
    };
  } finally {
    await context.close();
  }
}
