/**
 * `workspaces.get_budget`, the read that only settles writes. Checks what is shown if the response to a write is lost
 * and reading back fails too.
 */
import { expect, type Page } from "@playwright/test";
import { expectNothingUnsaved, expectSavedStatus } from "../actions.ts";
import { expectSaved, limitField, openBudgets, saveButton, typeLimits } from "../budgets.ts";
import type { Limits } from "../sandbox.ts";
import {
  activateFault,
  advanceUntil,
  type Call,
  deactivateFault,
  expectSent,
  letTimeOut,
  signInAgain,
  type Stage,
} from "./stage.ts";
import { attempts, type FaultCase } from "./table.ts";

/** The call under test. */
export const SETTLING: Call = {
  name: "workspaces.get_budget",
  method: "GET",
  path: "^/workspaces/[^/]+/budgets/weekly$",
  impossible: { "closed after it is applied": "a read applies nothing" },
};

const BEFORE: Limits = { lifetime: "1500000", monthly: "42000", weekly: "12000", daily: "2500.50" };
const lastTry = (page: Page) => page.getByRole("region", { name: "Last attempt" }).getByRole("alert");

/** Returns the message: null if the write succeeded, otherwise a mismatch (no limit) or an unknown outcome. */
function expectedMessage(fault: FaultCase): string | null {
  if (fault.nature === "tolerated") return null;
  return fault.seen === 404 ? "The saved value differs from what you sent" : "We couldn’t check whether the change was made";
}

/** Plays one case: sets a limit, loses its response, and lets reading back fail. */
export async function playSettling(fault: FaultCase, truth: string, stage: Stage): Promise<void> {
  const { page, sandbox } = stage;
  await sandbox.reset();
  await openBudgets(page, "production");
  await typeLimits(page, { weekly: "13000" });
  if (fault.fault) {
    await sandbox.fault({ method: "PUT", path: "/budgets/weekly$", when: "after", answer: { kind: "status", status: 500 } });
    await activateFault(SETTLING, fault, truth, stage);
    await saveButton(page).click();
  } else {
    // The network fails while the write is in flight.
    await sandbox.fault({ method: "PUT", path: "/budgets/weekly$", when: "after", delay_ms: 500, answer: { kind: "close" } });
    await saveButton(page).click();
    await expect.poll(async () => (await sandbox.limits("production")).weekly, { intervals: [20] }).toBe("13000");
    await activateFault(SETTLING, fault, truth, stage);
  }
  if (fault.nature === "silent") await letTimeOut(SETTLING, 15, stage);
  const words = expectedMessage(fault);
  const alert = lastTry(page);
  if (words === null) await expectSavedStatus(page);
  else {
    if (fault.wait && fault.wait <= 60) await advanceUntil(page, () => alert.isVisible());
    await expect(alert).toContainText(words);
    await expect(alert.locator("pre")).toContainText("operation: workspaces.set_budget");
  }
  await expect(limitField(page, "weekly")).toHaveValue(/^(13000|13,000\.00)$/);
  await expectSent(SETTLING, fault, attempts("reads", fault), sandbox);
  await deactivateFault(stage);
  if (fault.nature === "expired") await signInAgain(page);
  // The list tells what was saved. If the list could not be read either, a reload does.
  if (fault.nature === "offline" || fault.nature === "expired") await page.reload();
  await expectSaved(page, sandbox, "production", { ...BEFORE, weekly: "13000" });
  await expectNothingUnsaved(page);
}
