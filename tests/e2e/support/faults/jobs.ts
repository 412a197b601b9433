/**
 * The two bulk calls for members, made by a job that waits, reads back and retries. Plays each fault
 * with a job for one person.
 */
import { expect, type Page } from "@playwright/test";
import {
  addPasted,
  closeJob,
  count,
  dbMembers,
  dbNonMembers,
  expectFinished,
  jobDialog,
  openMembers,
  openRemoveDialog,
  outcomes,
  removeDialog,
  select,
} from "../members.ts";
import type { Sandbox } from "../sandbox.ts";
import { activateFault, type Call, deactivateFault, expectSent, letTimeOut, signInAgain, type Stage } from "./stage.ts";
import type { FaultCase } from "./table.ts";

/** A bulk call for members. */
export interface Job extends Call {
  how: "add" | "remove";
}

/** Both bulk calls. */
export const JOBS: Job[] = (["add", "remove"] as const).map((how) => ({
  name: `workspaces.bulk_${how}_members`,
  method: "POST",
  path: `^/workspaces/[^/]+/members/${how}$`,
  how,
}));

const SLUG = "interns";
const TIMEOUT_SECONDS = 60;

/** Returns a person the call can apply to: a non-member, or a member without keys who is not managed. */
export async function eligiblePerson(sandbox: Sandbox, how: "add" | "remove"): Promise<string> {
  const keepers = new Set((await sandbox.db()).keys.map((key) => key.creator_user_id));
  const all = how === "add" ? await dbNonMembers(sandbox, SLUG) : await dbMembers(sandbox, SLUG);
  const found = all.find((id) => !keepers.has(id));
  if (!found) throw new Error("every candidate has keys");
  return found;
}

/** Returns the true response. Changes the sandbox, which is reset afterwards. */
export async function trueResponseOf({ how }: Job, person: string, sandbox: Sandbox): Promise<string> {
  return sandbox.raw("POST", `/workspaces/${SLUG}/members/${how}`, { user_ids: [person] });
}

/** The response as the server gives it to the next request. A membership that is older than a request is not its work. */
function withNewMembership(response: string): string {
  const soon = new Date(Date.now() + 60_000).toISOString();
  return response.replace(/"created_at":"[^"]*"/g, `"created_at":"${soon}"`);
}

async function startJob({ how }: Job, person: string, page: Page): Promise<void> {
  if (how === "add") return await addPasted(page, person, "1 member");
  await select(page, person);
  await openRemoveDialog(page);
  await removeDialog(page).getByRole("button", { name: "Remove 1 member", exact: true }).click();
}

/** Returns how a job for one person ends without further action. */
function expectedEnding({ nature, isApplied }: FaultCase): "done" | "refused" {
  if (nature === "refused" || ((nature === "failed" || nature === "silent" || nature === "unreadable") && !isApplied)) return "refused";
  return nature === "lost" && !isApplied ? "refused" : "done";
}

/** Returns the outcome of a person to whom the call was applied. */
function done({ how }: Job): string {
  return how === "add" ? "added" : "removed";
}

/** Plays one case: selects the person, checks the outcome, and retries until the call is applied. */
export async function playJob(call: Job, person: string, fault: FaultCase, truth: string, stage: Stage): Promise<void> {
  const { page, sandbox } = stage;
  await sandbox.reset();
  await openMembers(page, SLUG);
  await activateFault(call, fault, withNewMembership(truth), stage);
  await startJob(call, person, page);
  const isIn = async () => (await dbMembers(sandbox, SLUG)).includes(person);
  const isApplied = async () => (await isIn()) === (call.how === "add");
  if (fault.nature === "busy") await playWait(call, fault, stage);
  else if (fault.nature === "expired") await playKey(stage);
  else if (fault.nature === "offline") await playPause(stage);
  else {
    // A request that turns out not to be applied is sent once more.
    const isUnclear = fault.nature !== "refused" && expectedEnding(fault) === "refused";
    if (fault.nature === "silent") for (const before of [0, 1]) await letTimeOut(call, TIMEOUT_SECONDS, stage, before);
    await expectFinished(page, `1 ${expectedEnding(fault) === "done" ? done(call) : "refused"}`);
    await expectSent(call, fault, isUnclear ? 2 : 1, sandbox);
    const [outcome] = await outcomes(page);
    if (expectedEnding(fault) === "refused") expect(outcome?.reason).toMatch(fault.message);
    if (isUnclear) expect(outcome?.reason).toContain("We checked the members: nothing was changed");
    expect(await isApplied(), "applied").toBe(expectedEnding(fault) === "done");
    await deactivateFault(stage);
    if (expectedEnding(fault) === "refused") await jobDialog(page).getByRole("button", { name: "Try 1 again" }).click();
  }
  await expectFinished(page, `1 ${done(call)}`);
  expect(await isApplied(), "applied in the end").toBe(true);
  await closeJob(page);
  await expect(count(page)).toHaveText(`${(await dbMembers(sandbox, SLUG)).length} members`);
}

/** Expects that the job shows the wait that the server asked for, and sends nothing before it ends. */
async function playWait(call: Job, fault: FaultCase, stage: Stage): Promise<void> {
  const { page, sandbox } = stage;
  await expect(jobDialog(page).getByText("The API asks you to wait")).toBeVisible();
  await expect(jobDialog(page).getByText(`Resuming in ${fault.wait ?? 1} s, with one request at a time.`)).toBeVisible();
  await expectSent(call, fault, 1, sandbox);
  await deactivateFault(stage);
  if (!fault.wait || fault.wait <= 60) return await page.clock.fastForward(((fault.wait ?? 1) + 1) * 1_000);
  await jobDialog(page).getByRole("button", { name: "Stop", exact: true }).click();
  await expectFinished(page, "1 not tried");
  await jobDialog(page).getByRole("button", { name: "Try 1 again" }).click();
}

/** Expects that the job waits for a key and resumes with one. */
async function playKey(stage: Stage): Promise<void> {
  await expect(jobDialog(stage.page).getByText("The API no longer accepts your key")).toBeVisible();
  await deactivateFault(stage);
  await signInAgain(stage.page);
}

/** Expects that the job pauses if the members cannot be listed either, and resumes on request. */
async function playPause(stage: Stage): Promise<void> {
  await expect(jobDialog(stage.page).getByText("We couldn’t check whether the last request went through")).toBeVisible();
  await deactivateFault(stage);
  await jobDialog(stage.page).getByRole("button", { name: "Resume", exact: true }).click();
}
