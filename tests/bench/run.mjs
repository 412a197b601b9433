/**
 * Runs the benches: `node run.mjs [NAME…]`, where a name is one of a file in `benches/`.
 *
 * Prints a table of medians (min–max), and writes all runs to the file that BENCH_OUTPUT names.
 */
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { launch } from "./support/browser.mjs";
import { printTable, summarize } from "./support/statistics.mjs";

/**
 * The exports of a file in `benches/`.
 * @typedef {object} Bench
 * @property {string} title what is measured
 * @property {Record<string, string>} units the unit of each measured value, by name
 * @property {Scenario[]} scenarios
 *
 * One row of the table.
 * @typedef {object} Scenario
 * @property {string} title
 * @property {(browser: import("playwright-core").Browser) => Promise<Record<string, number>[]>} measure
 *   returns the values by name, one entry for each run
 */

const folder = new URL("./benches/", import.meta.url);
const all = (await readdir(folder)).filter((name) => name.endsWith(".mjs")).sort();
const wanted = process.argv.slice(2).map((name) => `${name}.mjs`);
for (const name of wanted) {
  if (!all.includes(name)) throw new Error(`no bench ${name} among ${all.join(", ")}`);
}

/** @type {Record<string, unknown>} */
const results = {};
const browser = await launch();
try {
  for (const name of wanted.length > 0 ? wanted : all) {
    /** @type {Bench} */
    const bench = await import(new URL(name, folder).href);
    /** @type {Record<string, Record<string, number>[]>} */
    const rows = {};
    for (const scenario of bench.scenarios) {
      rows[scenario.title] = await scenario.measure(browser);
    }
    printTable(bench.title, bench.units, rows);
    const summaries = Object.entries(rows).map(([title, runs]) => [title, summarize(runs)]);
    results[name.replace(/\.mjs$/, "")] = {
      title: bench.title,
      units: bench.units,
      scenarios: Object.fromEntries(summaries),
      runs: rows,
    };
  }
} finally {
  await browser.close();
}

const output = process.env.BENCH_OUTPUT;
if (output) {
  await mkdir(dirname(output), { recursive: true });
  await writeFile(output, `${JSON.stringify(results, null, 2)}\n`);
  console.log(`\nAll runs are in ${output}`);
}
