/**
 * Visits to the list of 1,000 workspaces behind a proxy that holds the key: the first one, with empty caches, and later
 * ones, of a browser that has compiled the program before.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  countTraffic,
  FAST_4G,
  impose,
  launchOptions,
  SLOW_CPU,
  UNTHROTTLED,
  watchBlocking,
  watchFirstPaintOf,
} from "../support/browser.mjs";
import { onThousand } from "../support/thousand.mjs";

const RUNS = 7;
/** A row with data. Placeholder rows have no link. */
const FIRST_ROW = 'tbody tr:has(a[href]), [role="row"]:has([role="cell"] a[href])';

export const title = "The list of 1,000 workspaces: first visits, and later ones, medians of 7 (min–max)";

export const units = {
  "first row painted": "ms",
  "first contentful paint": "ms",
  "blocking time": "ms",
  "layout shift": "1",
  "page transferred": "B",
  "API transferred": "B",
  requests: "1",
};

/** Visits before a later one. Browsers keep compiled code only of pages that are visited often. */
const VISITS_BEFORE = 3;
/** How long each of them lasts, in ms: what is compiled in the background is kept after a while. */
const STAY = 6_000;

export const scenarios = [
  ...[UNTHROTTLED, FAST_4G].map((conditions) => ({
    title: `first visit, ${conditions.title}`,
    measure: (browser) => measureFirst(browser, conditions),
  })),
  { title: `later visit, ${SLOW_CPU.title}`, measure: (browser) => measureLater(browser) },
];

async function measureFirst(browser, conditions) {
  const inNewContext = async (url) => {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    try {
      return await visit(context, url, conditions);
    } finally {
      await context.close();
    }
  };
  // The first visit is not counted, because the sandbox is still warming up.
  const [, ...runs] = await onThousand(RUNS + 1, inNewContext);
  return runs;
}

async function measureLater(browser) {
  // Only a profile on the disk keeps compiled code.
  const profile = await mkdtemp(join(tmpdir(), "console-bench-"));
  const context = await browser.browserType().launchPersistentContext(profile, {
    ...launchOptions(),
    viewport: { width: 1440, height: 900 },
  });
  try {
    let visits = 0;
    const runs = await onThousand(VISITS_BEFORE + RUNS, async (url) => {
      visits += 1;
      const isCounted = visits > VISITS_BEFORE;
      return visit(context, url, isCounted ? SLOW_CPU : UNTHROTTLED, isCounted ? 0 : STAY);
    });
    return runs.slice(VISITS_BEFORE);
  } finally {
    await context.close();
    await rm(profile, { recursive: true, force: true });
  }
}

/** Visits the list in a new page, and stays for a time in ms. */
async function visit(context, url, conditions, stay = 0) {
  const page = await context.newPage();
  try {
    const session = await context.newCDPSession(page);
    await impose(session, conditions);
    const traffic = countTraffic(session);
    await watchFirstPaintOf(page, FIRST_ROW);
    await watchBlocking(page);
    await page.goto(url, { waitUntil: "commit" });
    // Polls rarely, to keep its effect on the measured page small.
    const patience = { polling: 100, timeout: 60_000 };
    const painted = await page.waitForFunction(() => window.firstPainted, null, patience);
    const firstRow = await painted.jsonValue();
    // The visit includes all pages of the list.
    await page.waitForLoadState("networkidle");
    await page.waitForTimeout(stay);
    const seen = await page.evaluate(() => ({
      firstContent: performance.getEntriesByName("first-contentful-paint")[0]?.startTime,
      ...window.blocked,
    }));
    return {
      "first row painted": firstRow,
      "first contentful paint": seen.firstContent,
      "blocking time": seen.time,
      "layout shift": seen.shift,
      "page transferred": traffic.pageBytes,
      "API transferred": traffic.apiBytes,
      requests: traffic.requests,
    };
  } finally {
    await page.close();
  }
}
