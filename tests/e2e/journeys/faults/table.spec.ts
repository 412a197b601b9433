/** Checks that the faults cover every call of the client, and counts the cases. */
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { expect, test } from "@playwright/test";
import { JOBS } from "../../support/faults/jobs.ts";
import { READS } from "../../support/faults/reads.ts";
import { SETTLING } from "../../support/faults/settling.ts";
import { type Call, faultsOf } from "../../support/faults/stage.ts";
import { FAULTS } from "../../support/faults/table.ts";
import { WRITES } from "../../support/faults/writes.ts";

const CALLS: Call[] = [...READS, SETTLING, ...WRITES, ...JOBS];

test("every call of the client is tested with every kind of fault that can happen to it, and every fault with several calls", async () => {
  const table = fileURLToPath(new URL("../../../../src/api/operation.rs", import.meta.url));
  const names = [...(await readFile(table, "utf8")).matchAll(/^ +\w+: "([\w.]+)" \w+ \w+,$/gm)].map((it) => String(it[1]));
  expect(CALLS.map((call) => call.name).sort()).toEqual(names.sort());
  const known = new Set(FAULTS.map((fault) => fault.name));
  expect(known.size).toBe(FAULTS.length);
  for (const { impossible = {} } of CALLS) expect(Object.keys(impossible).filter((name) => !known.has(name))).toEqual([]);
  const cases = CALLS.flatMap(faultsOf);
  expect(cases.length).toBeGreaterThanOrEqual(400);
  for (const name of known) expect(cases.filter((fault) => fault.name === name).length, name).toBeGreaterThanOrEqual(4);
  console.log(`fault cases: ${cases.length} (${CALLS.length} calls, ${FAULTS.length} faults)`);
});
