/**
 * Removing 1,000 members while every response of the API takes 50 ms longer.
 *
 * The workspace has 1,012 members. Ten have active keys: the console knows that, and does not send them. The identity
 * provider manages two: only the API knows that, and refuses their batches until they are isolated.
 */
import { onPeople } from "../support/people.mjs";

const RUNS = 3;
const OPTIONS = ["--members", "1012", "--people", "2000", "--latency-ms", "50"];

export const title = "Removing 1,000 members at 50 ms latency, medians of 3 (min–max)";

export const units = { removed: "1", refused: "1", "requests that remove": "1", "all requests": "1", "wall time": "ms" };

export const scenarios = [
  {
    title: "unthrottled",
    measure: async (browser) => {
      const values = [];
      // Each run starts with all members.
      for (let run = 0; run < RUNS; run += 1) {
        values.push(...(await onPeople(1, (url) => visit(browser, url), OPTIONS)));
      }
      return values;
    },
  },
];

async function visit(browser, url) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  try {
    const page = await context.newPage();
    const sent = { post: 0, all: 0 };
    page.on("request", (request) => {
      if (!request.url().includes("/api/")) return;
      sent.all += 1;
      if (request.method() === "POST") sent.post += 1;
    });
    await page.goto(`${url}/workspaces/scale-members/members`);
    await page.getByText(/^1,012 members$/).waitFor();
    await page.waitForLoadState("networkidle");
    await page.getByRole("checkbox", { name: "Select visible rows" }).click();
    await page.getByRole("button", { name: /^Select all/ }).click();
    await page.getByRole("button", { name: "Remove…" }).click();
    const confirm = page.getByRole("button", { name: "Remove 1,002 members" });
    await confirm.waitFor();
    sent.post = 0;
    sent.all = 0;
    const began = performance.now();
    await confirm.click();
    await page.getByText("Finished", { exact: true }).waitFor({ timeout: 120_000 });
    const took = performance.now() - began;
    const { post, all } = sent;
    const words = await page.getByRole("status").filter({ hasText: /removed/ }).innerText();
    const count = (word) => Number((new RegExp(`([\\d,]+) ${word}`).exec(words)?.[1] ?? "0").replace(",", ""));
    return {
      removed: count("removed"),
      refused: count("refused"),
      "requests that remove": post,
      "all requests": all,
      "wall time": took,
    };
  } finally {
    await context.close();
  }
}
