/**
 * One read, failing in each way: what is told and where, how often it was asked, and that trying again shows the truth.
 */
import { expect, type Locator, type Page } from "@playwright/test";
import type { Sandbox } from "../sandbox.ts";
import { bringAbout, type Call, expectDetails, expectSent, giveKeyInPlace, pass, runOut, type Stage, takeBack } from "./stage.ts";
import { attempts, type FaultCase } from "./table.ts";

/** How a read is brought about, and where its failure is told. */
export interface Way {
  /** Where one is before. */
  begin: (page: Page) => Promise<void>;
  /** What makes the page ask. */
  ask: (page: Page) => Promise<void>;
  /** Where the failure is told. */
  place: (page: Page) => Locator;
  /** What is said to have failed. */
  title: string | RegExp;
  /** Tries again, as a person would; by the button beside the failure where absent. */
  again?: (page: Page) => Promise<void>;
}

/** A call that only reads. */
export interface Reading extends Call, Way {
  /** Its true answer. */
  truth: (sandbox: Sandbox) => Promise<string>;
  /** Whether cause and details stand beside the failure, as nearly everywhere. */
  hasDetails?: false;
  /** Expects that the page shows what the database holds. */
  shows: (page: Page, sandbox: Sandbox) => Promise<void>;
  /** What is told instead of a failure where rows cannot be read. */
  unreadRows?: (page: Page) => Locator;
  /** Other ways, for faults by whose names the usual one does not do. */
  ways?: Record<string, Way>;
  /** What is expected instead, for the faults that mean something else to this call. */
  instead?: Record<string, (stage: Stage) => Promise<void>>;
}

/** Seconds until a read that gets no answer is given up. */
const PATIENCE = 15;

/** Plays one case, from the page before it to the truth on the screen. */
export async function playReading(reading: Reading, fault: FaultCase, truth: string, stage: Stage): Promise<void> {
  const { page, sandbox } = stage;
  const way = reading.ways?.[fault.name] ?? reading;
  const told = way.place(page).filter({ hasText: way.title });
  await way.begin(page);
  await bringAbout(reading, fault, truth, stage);
  await way.ask(page);
  if (fault.nature === "silent") await runOut(reading, PATIENCE, stage);
  const isByRow = fault.name === "wrong types" && reading.unreadRows !== undefined;
  const instead = reading.instead?.[fault.name];
  if (instead) await instead(stage);
  else if (fault.nature === "tolerated") await reading.shows(page, sandbox);
  else if (isByRow) await expect(reading.unreadRows?.(page) ?? way.place(page)).toBeVisible();
  else if (fault.nature === "expired") await expectWaitsForKey(reading, told, fault, stage);
  else await expectFailure(reading, told, fault, stage);
  await takeBack(stage);
  if (instead || fault.nature === "tolerated") return;
  if (fault.nature === "expired") await giveKeyInPlace(page);
  else if (isByRow) await page.reload();
  else if (way.again) await way.again(page);
  else await pressAgain(page, told, fault);
  await reading.shows(page, sandbox);
  await expect(told).toHaveCount(0);
}

/** Expects one failure, told in its place, after as many requests as it deserves. */
async function expectFailure(reading: Reading, told: Locator, fault: FaultCase, { page, sandbox }: Stage): Promise<void> {
  if (fault.wait && fault.wait <= 60) await pass(page, () => told.isVisible());
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
