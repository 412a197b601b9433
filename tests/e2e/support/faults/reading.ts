/**
 * Plays a read that fails in each way: checks the message, its place, the number of requests, and that a retry works.
 */
import { expect, type Locator, type Page } from "@playwright/test";
import type { Sandbox } from "../sandbox.ts";
import { activateFault, type Call, expectDetails, expectSent, signInAgain, advanceUntil, letTimeOut, type Stage, deactivateFault } from "./stage.ts";
import { attempts, type FaultCase } from "./table.ts";

/** How a read is triggered and where its failure is shown. */
export interface ReadTrigger {
  /** Opens the page where the read starts. */
  begin: (page: Page) => Promise<void>;
  /** Triggers the read. */
  ask: (page: Page) => Promise<void>;
  /** Where the failure is shown. */
  place: (page: Page) => Locator;
  /** The title of the failure. */
  title: string | RegExp;
  /** Retries as a person would. Defaults to the button beside the failure. */
  again?: (page: Page) => Promise<void>;
}

/** A call that only reads. */
export interface Reading extends Call, ReadTrigger {
  /** Returns its true response. */
  truth: (sandbox: Sandbox) => Promise<string>;
  /** Whether the failure shows its cause and details. False for a few reads. */
  hasDetails?: false;
  /** Expects that the page shows the content of the database. */
  shows: (page: Page, sandbox: Sandbox) => Promise<void>;
  /** Where unreadable rows are reported instead of a failure. */
  unreadRows?: (page: Page) => Locator;
  /** Other triggers, by the name of the fault that needs them. */
  ways?: Record<string, ReadTrigger>;
  /** Other expectations, by the name of the fault that means something else to this call. */
  instead?: Record<string, (stage: Stage) => Promise<void>>;
}

/** Seconds until a read without a response times out. */
const TIMEOUT_SECONDS = 15;

/** Plays one case, from the page before the read to the correct data on the screen. */
export async function playRead(reading: Reading, fault: FaultCase, truth: string, stage: Stage): Promise<void> {
  const { page, sandbox } = stage;
  const way = reading.ways?.[fault.name] ?? reading;
  const told = way.place(page).filter({ hasText: way.title });
  await way.begin(page);
  await activateFault(reading, fault, truth, stage);
  await way.ask(page);
  if (fault.nature === "silent") await letTimeOut(reading, TIMEOUT_SECONDS, stage);
  const isByRow = fault.name === "wrong types" && reading.unreadRows !== undefined;
  const instead = reading.instead?.[fault.name];
  if (instead) await instead(stage);
  else if (fault.nature === "tolerated") await reading.shows(page, sandbox);
  else if (isByRow) await expect(reading.unreadRows?.(page) ?? way.place(page)).toBeVisible();
  else if (fault.nature === "expired") await expectWaitsForKey(reading, told, fault, stage);
  else await expectFailure(reading, told, fault, stage);
  await deactivateFault(stage);
  if (instead || fault.nature === "tolerated") return;
  if (fault.nature === "expired") await signInAgain(page);
  else if (isByRow) await page.reload();
  else if (way.again) await way.again(page);
  else await pressAgain(page, told, fault);
  await reading.shows(page, sandbox);
  await expect(told).toHaveCount(0);
}

/** Expects one failure in its place, after the expected number of requests. */
async function expectFailure(reading: Reading, told: Locator, fault: FaultCase, { page, sandbox }: Stage): Promise<void> {
  if (fault.wait && fault.wait <= 60) await advanceUntil(page, () => told.isVisible());
  await expect(told).toHaveCount(1);
  if (reading.hasDetails !== false) await expectDetails(told, reading.name, fault);
  await expectSent(reading, fault, attempts("reads", fault), sandbox);
}

/** Expects that the read waits for another key, without a failure of its own and without another request. */
async function expectWaitsForKey(reading: Reading, told: Locator, fault: FaultCase, { page, sandbox }: Stage): Promise<void> {
  await expect(page.getByRole("dialog", { name: "Sign in again" })).toBeVisible();
  await expect(told).toHaveCount(0);
  await expectSent(reading, fault, attempts("reads", fault), sandbox);
}

/** Presses the retry button after the time that the server asked for. */
async function pressAgain(page: Page, told: Locator, fault: FaultCase): Promise<void> {
  const again = told.getByRole("button", { name: "Try again" });
  if (fault.wait) {
    await expect(again).toHaveAttribute("aria-disabled", "true");
    await page.clock.runFor(fault.wait * 1_000);
    await expect(again).not.toHaveAttribute("aria-disabled");
  }
  await again.click();
}
