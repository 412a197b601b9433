/** What the page shows until the program draws, and which requests it sends before. */
import type { Page } from "@playwright/test";
import { expect, heading, holdFiles, MANAGEMENT_KEY, test } from "../fixtures.ts";

const frame = (page: Page) => page.locator("html").getAttribute("data-frame");

/** Holds the program back. Returns a function that lets it come. */
const holdProgram = (page: Page) => holdFiles(page, /_bg\.wasm$/);

/** Counts how far the layout shifts, from the first paint on. */
async function watchShifts(page: Page): Promise<() => Promise<number>> {
  await page.addInitScript(() => {
    const shifts = { sum: 0 };
    Object.assign(window, { shifts });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) shifts.sum += (entry as unknown as { value: number }).value;
    }).observe({ type: "layout-shift", buffered: true });
  });
  return () => page.evaluate(() => (window as unknown as { shifts: { sum: number } }).shifts.sum);
}

/** Keeps the key for the tab and opens an address with the program held back. */
async function reloadWithKeptKey(page: Page, address = "/"): Promise<() => void> {
  await page.goto("/");
  await page.getByRole("checkbox", { name: "Stay signed in in this tab", exact: true }).check();
  await page.getByLabel("Management key", { exact: true }).fill(MANAGEMENT_KEY);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(heading(page, "Workspaces")).toBeVisible();
  const release = await holdProgram(page);
  await page.goto(address);
  return release;
}

/** The place of the n-th visible element with this text. */
const place = async (page: Page, selector: string, text: string) => {
  const box = await page.locator(selector).filter({ hasText: text }).filter({ visible: true }).first().boundingBox();
  return [Math.round(box?.x ?? -1), Math.round(box?.y ?? -1)];
};

/** The texts and places of the first rows, without what the program adds. */
const rowsOf = (page: Page, table: string, cells: string) =>
  page.locator(`.${table} tbody tr:not(.skeleton-row, .table__gap)`).filter({ visible: true }).evaluateAll(
    (rows, selector) =>
      rows.slice(0, 4).map((row) =>
        Array.from(row.querySelectorAll<HTMLElement>(selector), (cell) => {
          const { x, y } = cell.getBoundingClientRect();
          return [cell.innerText, Math.round(x), Math.round(y)];
        }),
      ),
    cells,
  );
const firstRows = (page: Page) => rowsOf(page, "table--workspaces", ".col-name, .col-slug, [data-label=Created]");
const firstMembers = (page: Page) => rowsOf(page, "table--people", ".is-tight, .col-name, .col-role, .col-more");

for (const width of [1440, 768, 320]) {
  test.describe(`at ${width} px`, () => {
    test.use({ viewport: { width, height: 800 } });

    test("the frame of the list becomes the list, without a shift", async ({ page }) => {
      const shifts = await watchShifts(page);
      const release = await reloadWithKeptKey(page);
      await expect.poll(() => frame(page)).toBe("shell");
      const places = async () => [
        await place(page, ".page__name", "Workspaces"),
        await place(page, ".button--primary", "Create workspace"),
        await place(page, ".search-box", ""),
        await place(page, "th", "Name"),
        await place(page, ".table tbody tr", ""),
      ];
      const pages = () => page.locator(".sidebar nav li").filter({ visible: true }).allInnerTexts();
      const [before, pagesBefore] = [await places(), await pages()];
      expect(before.flat()).not.toContain(-1);
      // Nothing of it is announced or reached by keyboard.
      await expect(heading(page, "Workspaces")).toHaveCount(0);
      release();
      await expect(heading(page, "Workspaces")).toBeVisible();
      await expect(page.getByRole("link", { name: "Research", exact: true })).toBeVisible();
      await expect(page.locator("#boot")).toHaveCount(0);
      expect(await places()).toEqual(before);
      expect(await pages()).toEqual(pagesBefore);
      expect(await shifts()).toBeLessThan(0.01);
    });

    test("the frame has the first rows, and the program draws them in their places", async ({ page }) => {
      const release = await reloadWithKeptKey(page);
      await expect.poll(async () => (await firstRows(page)).length).toBe(4);
      const before = await firstRows(page);
      release();
      await expect(page.locator("#boot")).toHaveCount(0);
      await expect(page.getByRole("link", { name: "Research", exact: true })).toBeVisible();
      expect(await firstRows(page)).toEqual(before);
    });

    test("the frame has the first members, which stay until their page is drawn in their places", async ({ page, sandbox }) => {
      const shifts = await watchShifts(page);
      const releasePage = await holdFiles(page, /\/later-.*\.wasm$/);
      await sandbox.fault({ path: "/organization/members", delay_ms: 60_000, answer: { kind: "pass" } });
      const release = await reloadWithKeptKey(page, "/workspaces/interns/members");
      await expect.poll(async () => (await firstMembers(page)).length).toBe(4);
      const places = async () => [
        await place(page, ".page__name", "Interns"),
        await place(page, ".tabs__link", "Members"),
        await place(page, ".search-box", ""),
        await place(page, ".table--people th", "Name"),
      ];
      const [rows, before] = [await firstMembers(page), await places()];
      expect(before.flat()).not.toContain(-1);
      release();
      // The program has begun: its links work, and the rows are where they were.
      await expect(page.locator("#boot")).toHaveCount(0);
      await expect(page.locator(".sidebar nav a[aria-current=page]").first()).toBeAttached();
      expect([await firstMembers(page), await places()]).toEqual([rows, before]);
      await expect(heading(page, "Interns")).toHaveCount(0);
      releasePage();
      await expect(heading(page, "Interns")).toBeVisible();
      await expect(page.locator(".boot-members")).toHaveCount(0);
      expect([await firstMembers(page), await places()]).toEqual([rows, before]);
      expect(await shifts()).toBeLessThan(0.01);
    });

    test("the frame of the sign-in becomes the sign-in", async ({ page }) => {
      const release = await holdProgram(page);
      await page.goto("/");
      await expect.poll(() => frame(page)).toBe("sign-in");
      const card = () => page.locator(".sign-in__card:visible").boundingBox();
      const intro = () => page.locator(".sign-in__intro p:visible").innerText();
      const [before, introBefore] = [await card(), await intro()];
      release();
      await expect(page.getByLabel("Management key", { exact: true })).toBeVisible();
      const after = await card();
      expect(await intro()).toBe(introBefore);
      expect(Math.abs((after?.y ?? 0) - (before?.y ?? -99))).toBeLessThan(12);
      expect([after?.x, after?.width]).toEqual([before?.x, before?.width]);
    });
  });
}

test("the first rows are asked for with the kept key before the program is there, and once", async ({ page, sandbox }) => {
  const release = await reloadWithKeptKey(page);
  const asked = async () => {
    const requests = (await sandbox.log()).filter(({ path, query }) => path === "/api/v1/workspaces" && query.startsWith("offset=0"));
    return requests.map(({ authorized, status }) => [authorized, status]);
  };
  // The first two are those of the sign-in before the reload: without a key, and with it.
  await expect.poll(asked).toEqual([[false, 401], [true, 200], [true, 200]]);
  release();
  await expect(page.getByRole("link", { name: "Research", exact: true })).toBeVisible();
  expect(await asked()).toHaveLength(3);
});

test("the list is drawn while the check of the key is under way", async ({ page, sandbox }) => {
  const release = await reloadWithKeptKey(page);
  await sandbox.fault({ path: "/key$", delay_ms: 60_000, answer: { kind: "pass" } });
  await page.reload();
  release();
  await expect(page.getByRole("link", { name: "Research", exact: true })).toBeVisible();
  await expect(page.getByText("Connecting…")).toHaveCount(0);
});

test("the program does not wait for a slow list", async ({ page, sandbox }) => {
  const release = await reloadWithKeptKey(page);
  await sandbox.fault({ path: "/workspaces?", delay_ms: 60_000, answer: { kind: "pass" } });
  await page.reload();
  release();
  await expect(heading(page, "Workspaces")).toBeVisible();
  await expect(page.locator("#boot")).toHaveCount(0);
});

test("a workspace and its first members are asked for before the program is there, and once", async ({ page, sandbox }) => {
  const release = await reloadWithKeptKey(page, "/workspaces/interns/members?sort=email");
  const { id } = await sandbox.workspace("interns");
  const asked = async () => {
    const requests = (await sandbox.log()).filter(({ path }) => /\/workspaces\/[^/]+(\/members)?$/.test(path));
    return requests.map(({ path, query, status }) => [path.replace("/api/v1/workspaces/", ""), query.split("&")[0], status]).sort();
  };
  const early = [["interns", "", 200], ["interns/members", "offset=0", 200]];
  await expect.poll(asked).toEqual(early);
  release();
  await expect(page.getByText(/^\d+ members$/).first()).toBeVisible();
  expect((await asked()).filter(([path]) => path !== `${String(id)}/members`)).toEqual(early);
  expect((await asked()).filter(([, query]) => query === "offset=0")).toHaveLength(1);
});

test("a workspace that does not exist is said to be missing, also where it was asked for early", async ({ page, expectedFailures }) => {
  expectedFailures.allow(404, /\/workspaces\/nowhere(\/members.*)?$/, "GET");
  const release = await reloadWithKeptKey(page, "/workspaces/nowhere/members");
  release();
  await expect(page.getByRole("main").getByRole("alert")).toContainText("Couldn’t load the workspace");
});
