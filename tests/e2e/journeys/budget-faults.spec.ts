/** Budget saves that fail part-way: the message, the database, and that Save sends only the rest. */
import type { Page } from "@playwright/test";
import {
  expect,
  expectNothingUnsaved,
  expectSaved,
  limitField,
  openBudgets,
  saveBudgets,
  saveButton,
  test,
  typeLimits,
} from "../fixtures.ts";
import type { ExpectedFailures } from "../support/guard.ts";
import type { Fault, Interval, Limits, Sandbox } from "../support/sandbox.ts";

test.use({ organization: { auth: "proxy" } });

const before: Limits = { lifetime: "1500000", monthly: "42000", weekly: "12000", daily: "2500.50" };
const typed: Limits = { monthly: "41000", weekly: "13000", daily: "2400" };

/** The steps of the save, in their order. */
const steps: { interval: Interval; words: string; write: string }[] = [
  { interval: "weekly", words: "weekly $12,000.00 → $13,000.00", write: "PUT weekly 13000" },
  { interval: "daily", words: "daily $2,500.50 → $2,400.00", write: "PUT daily 2400" },
  { interval: "monthly", words: "monthly $42,000.00 → $41,000.00", write: "PUT monthly 41000" },
];

/** Returns the limits in the database after this number of steps. */
function limitsAfter(count: number): Limits {
  const made = steps.slice(0, count).map(({ interval }) => [interval, typed[interval]]);
  return { ...before, ...Object.fromEntries(made) };
}

const lastTry = (page: Page) => page.getByRole("region", { name: "Last attempt" });

/** Expects the outcome of each step. */
async function expectSteps(page: Page, outcomes: string[]): Promise<void> {
  const expected = steps.map(({ words }, at) => `${words}${outcomes[at]}`);
  await expect(lastTry(page).getByRole("listitem")).toHaveText(expected);
}

/** Presses Save again, and expects only the steps from `from` on. The page says that `unsaved` of them were not saved. */
async function expectOnlyRemainingSteps(page: Page, sandbox: Sandbox, from: number, unsaved = steps.length - from) {
  const rest = steps.slice(from);
  await expect(page.getByRole("status").filter({ hasText: `${unsaved} of ${steps.length} limits not saved` })).toBeVisible();
  await sandbox.clearFaults();
  await sandbox.clearLog();
  await saveBudgets(page);
  expect(await sandbox.budgetWrites()).toEqual(rest.map(({ write }) => write));
  await expect(lastTry(page)).toHaveCount(0);
  await expectSaved(page, sandbox, "production", { ...before, ...typed });
}

/** Returns a response with this status. */
const status = (status: number, retry_after?: number): Fault["answer"] => ({ kind: "status", status, retry_after });

/** Allows the failed writes of these tests. */
function allowAll(expectedFailures: ExpectedFailures): void {
  for (const status of [400, 403, 404, 429, 500, "network"] as const) {
    expectedFailures.allow(status, /\/budgets\//, "PUT");
  }
}

/** Faults that end the save, and the message. The step is not applied. */
const permanentFaults: Record<string, { answer: Fault["answer"]; message: string }> = {
  "400": { answer: status(400), message: "Bad Request. Nothing was changed." },
  "403": { answer: status(403), message: "Forbidden. Nothing was changed." },
  "404": { answer: status(404), message: "Not Found. Nothing was changed." },
  "429 that asks for an hour": { answer: status(429, 3600), message: "Too Many Requests. Nothing was changed." },
  "repeated 500": { answer: status(500), message: "We checked: nothing was changed." },
  "a connection that closes repeatedly": {
    answer: { kind: "close" },
    message: "No connection to the API. We checked: nothing was changed.",
  },
};

/** Faults that the page recovers from by itself. */
const temporaryFaults: Record<string, { fault: Pick<Fault, "answer" | "when" | "times">; writes: number }> = {
  "429 that asks for a second": { fault: { answer: status(429, 1) }, writes: 2 },
  "500 once, before it is applied": { fault: { answer: status(500) }, writes: 2 },
  "500 after it is applied": { fault: { when: "after", answer: status(500) }, writes: 1 },
  "a truncated response after it is applied": { fault: { when: "after", answer: { kind: "truncate" } }, writes: 1 },
};

for (const [at, { interval }] of steps.entries()) {
  const path = `/budgets/${interval}$`;

  test.describe(`step ${at + 1} of 3 fails`, () => {
    for (const [name, { answer, message }] of Object.entries(permanentFaults)) {
      test(`with ${name}`, async ({ page, sandbox, expectedFailures }) => {
        allowAll(expectedFailures);
        await openBudgets(page, "production");
        await typeLimits(page, typed);
        await sandbox.fault({ method: "PUT", path, times: 9, answer });
        await saveButton(page).click();
        const alert = lastTry(page).getByRole("alert");
        await expect(alert).toContainText("Couldn’t save a limit");
        await expect(alert).toContainText(message);
        await expectSteps(page, steps.map((_, step) => (step < at ? "saved" : step === at ? "failed" : "not sent")));
        expect(await sandbox.limits("production")).toEqual(limitsAfter(at));
        for (const step of steps) await expect(limitField(page, step.interval)).toHaveValue(fieldValue(step.interval, at));
        await expect(page.getByText("Someone else changed")).toHaveCount(0);
        await expectOnlyRemainingSteps(page, sandbox, at);
      });
    }
  });

  test.describe(`step ${at + 1} of 3 recovers from a temporary fault`, () => {
    for (const [name, { fault, writes }] of Object.entries(temporaryFaults)) {
      test(`with ${name}`, async ({ page, sandbox, expectedFailures }) => {
        allowAll(expectedFailures);
        await openBudgets(page, "production");
        await typeLimits(page, typed);
        await sandbox.fault({ method: "PUT", path, ...fault });
        await saveBudgets(page);
        const expected = steps.flatMap(({ write }, step) => Array(step === at ? writes : 1).fill(write) as string[]);
        expect(await sandbox.budgetWrites()).toEqual(expected);
        await expectSaved(page, sandbox, "production", { ...before, ...typed });
        await expect(page.getByRole("alert")).toHaveCount(0);
      });
    }

    test("with a connection that closes after the step is applied", async ({ page, sandbox, expectedFailures }) => {
      allowAll(expectedFailures);
      await openBudgets(page, "production");
      await typeLimits(page, typed);
      // More than once, because the browser itself resends requests on a lost kept-alive connection.
      await sandbox.fault({ method: "PUT", path, times: 9, when: "after", answer: { kind: "close" } });
      await saveBudgets(page);
      await expectSaved(page, sandbox, "production", { ...before, ...typed });
      await expect(page.getByRole("alert")).toHaveCount(0);
    });
  });
}

/** Returns the value of a field after this number of steps. Saved values have commas between thousands. */
function fieldValue(interval: Interval, made: number): string {
  const isMade = steps.findIndex((step) => step.interval === interval) < made;
  const limit = typed[interval] ?? "";
  return isMade ? Number(limit).toLocaleString("en-US", { minimumFractionDigits: 2 }) : limit;
}

test.describe("reading back fails too", () => {
  for (const when of ["before", "after"] as const) {
    test(`a write with an unknown outcome is reported as unknown: ${when} it is applied`, async ({
      page,
      sandbox,
      expectedFailures,
    }) => {
      allowAll(expectedFailures);
      expectedFailures.allow(500, /\/budgets\/daily$/, "GET");
      await openBudgets(page, "production");
      await typeLimits(page, typed);
      await sandbox.fault({ method: "PUT", path: "/budgets/daily$", when, answer: status(500) });
      await sandbox.fault({ method: "GET", path: "/budgets/daily$", answer: status(500) });
      await saveButton(page).click();
      await expect(lastTry(page).getByRole("alert")).toContainText("We couldn’t check whether the change was made");
      await expectSteps(page, ["saved", "failed", "not sent"]);
      // The list could be read, so Save knows the remaining steps.
      await expectOnlyRemainingSteps(page, sandbox, when === "before" ? 1 : 2, 2);
    });
  }

  test("reading back before a step, and all later requests", async ({ page, sandbox, expectedFailures }) => {
    expectedFailures.allow(500, /\/budgets$/, "GET");
    await openBudgets(page, "production");
    await typeLimits(page, typed);
    await sandbox.fault({ method: "GET", path: "/budgets$", skip: 1, times: 3, answer: status(500) });
    await saveButton(page).click();
    const alert = lastTry(page).getByRole("alert");
    await expect(alert).toContainText("The rest was not saved");
    await expect(alert).toContainText("We couldn’t load the budgets before the next change, so it was not sent.");
    await expectSteps(page, ["saved", "not sent", "not sent"]);
    expect(await sandbox.budgetWrites()).toEqual(["PUT weekly 13000"]);
    expect(await sandbox.limits("production")).toEqual(limitsAfter(1));
    await expect(page.getByText("Someone else changed")).toHaveCount(0);
    await expectOnlyRemainingSteps(page, sandbox, 1);
  });

  test("reading back before the first step: nothing is sent", async ({ page, sandbox, expectedFailures }) => {
    expectedFailures.allow(500, /\/budgets$/, "GET");
    await openBudgets(page, "production");
    await typeLimits(page, typed);
    await sandbox.fault({ method: "GET", path: "/budgets$", answer: status(500) });
    await saveButton(page).click();
    await expectSteps(page, ["not sent", "not sent", "not sent"]);
    expect(await sandbox.budgetWrites()).toEqual([]);
    await expectOnlyRemainingSteps(page, sandbox, 0);
  });

  test("reading back after the last step: the page still knows what was saved", async ({
    page,
    sandbox,
    expectedFailures,
  }) => {
    expectedFailures.allow(500, /\/budgets$/, "GET");
    await openBudgets(page, "production");
    await typeLimits(page, typed);
    await sandbox.fault({ method: "GET", path: "/budgets$", skip: 3, times: 2, answer: status(500) });
    await saveBudgets(page);
    await expectSaved(page, sandbox, "production", { ...before, ...typed });
    await expectNothingUnsaved(page);
    await expect(page.getByText("Someone else changed")).toHaveCount(0);
  });
});

test.describe("removing a limit", () => {
  for (const answer of [status(500), { kind: "close" }] as const) {
    test(`is settled as done if its response is lost: ${answer.kind}`, async ({ page, sandbox, expectedFailures }) => {
      for (const status of ["network", 500] as const) expectedFailures.allow(status, /\/budgets\//, "DELETE");
      // Only reading back shows that the limit is gone.
      expectedFailures.allow(404, /\/budgets\/weekly$/, "GET");
      await openBudgets(page, "production");
      await typeLimits(page, { weekly: null, monthly: "9000" });
      await sandbox.fault({ method: "DELETE", path: "/budgets/weekly$", times: 9, when: "after", answer });
      await saveBudgets(page);
      await expectSaved(page, sandbox, "production", { lifetime: "1500000", monthly: "9000", daily: "2500.50" });
    });
  }

  test("that is refused stays, and can be retried", async ({ page, sandbox, expectedFailures }) => {
    expectedFailures.allow(403, /\/budgets\//, "DELETE");
    await openBudgets(page, "production");
    await typeLimits(page, { weekly: null, monthly: "9000" });
    await sandbox.fault({ method: "DELETE", path: "/budgets/weekly$", answer: status(403) });
    await saveButton(page).click();
    await expect(lastTry(page).getByRole("listitem")).toHaveText([
      "remove weekly $12,000.00failed",
      "monthly $42,000.00 → $9,000.00not sent",
    ]);
    expect(await sandbox.limits("production")).toEqual(before);
    await expect(limitField(page, "weekly")).toHaveCount(0);
    await expect(limitField(page, "monthly")).toHaveValue("9000");
    await saveBudgets(page);
    await expectSaved(page, sandbox, "production", { lifetime: "1500000", monthly: "9000", daily: "2500.50" });
  });
});
