/**
 * One read, failing in each way: what is told and where, how often it was asked, and that trying again shows the truth.
 */
import { expect, type Locator, type Page } from "@playwright/test";
import { MANAGEMENT_KEY } from "../actions.ts";
import type { ExpectedFailures } from "../guard.ts";
import type { Sandbox } from "../sandbox.ts";
import { attempts, type FaultCase } from "./table.ts";

/** Whatever a case is played with. */
export interface Stage {
  page: Page;
  sandbox: Sandbox;
  expectedFailures: ExpectedFailures;
}

/** A call that only reads, with a way to bring it about. */
export interface Reading {
  /** By the name of the official clients. */
  name: string;
  /** What the sandbox finds in the path with its query. */
  path: string;
  /** The same call, made without the page. */
  call: (sandbox: Sandbox) => Promise<string>;
  /** Where one is before. */
  begin: (page: Page) => Promise<void>;
  /** What makes the page ask. */
  ask: (page: Page) => Promise<void>;
  /** Where the failure is told. */
  place: (page: Page) => Locator;
  /** What is said to have failed. */
  title: string | RegExp;
  /** Whether the cause and its details stand there, as nearly everywhere. */
  hasDetails?: false;
  /** Expects that the page shows what the database holds. */
  shows: (page: Page, sandbox: Sandbox) => Promise<void>;
  /** What is told instead of a failure where rows cannot be read. */
  unreadRows?: (page: Page) => Locator;
  /** Tries again, as a person would; by the button beside the failure where absent. */
  again?: (page: Page) => Promise<void>;
  /** What is expected instead, for the faults that mean something else to this call. */
  instead?: Record<string, (stage: Stage) => Promise<void>>;
}

/** Seconds until a read that gets no answer is given up. */
const PATIENCE = 15;

/** Plays one case, from the page before it to the truth on the screen. */
export async function playReading(operation: Reading, fault: FaultCase, stage: Stage, truth: string): Promise<void> {
  const { page, sandbox, expectedFailures } = stage;
  await sandbox.clearFaults();
  await operation.begin(page);
  if (typeof fault.seen === "number" && fault.seen >= 400) expectedFailures.allow(fault.seen, new RegExp("/api/v1/"), "GET");
  if (fault.seen === "network") expectedFailures.allow("network", new RegExp("/api/v1/"), "GET");
  await sandbox.clearLog();
  if (fault.fault) await sandbox.fault({ method: "GET", path: operation.path, times: 99, ...fault.fault(truth) });
  else await page.context().setOffline(true);
  await operation.ask(page);
  if (fault.nature === "silent") await giveUp(page, () => asked(stage, operation), PATIENCE);
  const instead = operation.instead?.[fault.name];
  if (instead) return await instead(stage);
  if (fault.nature === "tolerated") return await operation.shows(page, sandbox);
  const isByRow = fault.name === "wrong types" && operation.unreadRows;
  const told = isByRow ? operation.unreadRows?.(page) : operation.place(page).filter({ hasText: operation.title });
  if (!told) throw new Error("nothing is told");
  if (fault.wait && fault.wait <= 60) await pass(page, () => told.isVisible());
  await expect(told).toHaveCount(1);
  await expect(told).toBeVisible();
  if (!isByRow) await expectTold(operation, fault, told);
  await expectAsked(stage, operation, fault);
  if (!fault.fault) await page.context().setOffline(false);
  await sandbox.clearFaults();
  if (fault.nature === "expired") await signInAgain(page);
  else if (isByRow) await page.reload();
  else if (operation.again) await operation.again(page);
  else await pressAgain(page, told, fault);
  await operation.shows(page, sandbox);
  await expect(told).toHaveCount(0);
}

/** Expects the cause, what can be done, and the details; never the key. */
async function expectTold(operation: Reading, fault: FaultCase, told: Locator): Promise<void> {
  if (operation.hasDetails === false) return;
  await expect(told).toContainText(fault.told);
  await expect(told).not.toContainText("<html>");
  const details = told.locator("pre");
  await expect(details).toHaveText(new RegExp(`^operation: ${operation.name.replace(".", "\\.")}$`, "m"), { useInnerText: false });
  await expect(details).toHaveText(fault.detail, { useInnerText: false });
  expect(await told.textContent()).not.toContain(MANAGEMENT_KEY);
}

async function asked({ sandbox }: Stage, operation: Reading): Promise<number> {
  const isIt = new RegExp(operation.path);
  const below = (path: string, query: string) => path.replace("/api/v1", "") + (query && `?${query}`);
  return (await sandbox.requests("GET")).filter((it) => isIt.test(below(it.path, it.query))).length;
}

/** Expects that it was asked just as often as the failure deserves. */
async function expectAsked(stage: Stage, operation: Reading, fault: FaultCase): Promise<void> {
  const count = await asked(stage, operation);
  const most = attempts("reads", fault);
  if (!fault.fault) expect(count, "requests without a network").toBe(0);
  // The browser itself sends once more what got no answer on a connection that it had kept.
  else if (fault.nature === "lost") expect([most, 2 * most], "requests").toContainEqual(Math.min(Math.max(count, most), 2 * most));
  else expect(count, "requests").toBe(most);
}

/** Presses the button that tries again, after the time that the server asked for. */
async function pressAgain(page: Page, told: Locator, fault: FaultCase): Promise<void> {
  const again = told.getByRole("button", { name: "Try again" });
  if (fault.wait) {
    await expect(again).toHaveAttribute("aria-disabled", "true");
    await page.clock.runFor(fault.wait * 1_000);
    await expect(again).not.toHaveAttribute("aria-disabled");
  }
  await again.click();
}

/** Gives the key where it is asked for in place. */
export async function signInAgain(page: Page): Promise<void> {
  const asking = page.getByRole("dialog", { name: "Sign in again" });
  await asking.getByLabel("Management key", { exact: true }).fill(MANAGEMENT_KEY);
  await asking.getByRole("checkbox", { name: /Keep the key for this tab/ }).check();
  await asking.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(asking).toHaveCount(0);
}

/** Lets the page's time pass, second by second, until this is so. */
export async function pass(page: Page, isSo: () => Promise<boolean>): Promise<void> {
  await expect(async () => {
    await page.clock.runFor(1_000);
    expect(await isSo()).toBe(true);
  }).toPass({ intervals: [20] });
}

/** Lets so many seconds pass once something was sent. */
export async function giveUp(page: Page, sent: () => Promise<number>, seconds: number): Promise<void> {
  await expect.poll(sent, { intervals: [20] }).toBeGreaterThan(0);
  await page.clock.fastForward((seconds + 1) * 1_000);
}
