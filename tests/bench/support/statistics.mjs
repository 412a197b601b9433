/**
 * Medians, and the table of them.
 */

/**
 * Returns the median, minimum and maximum of each value over all runs.
 * @param {Record<string, number>[]} runs
 * @returns {Record<string, {median: number, min: number, max: number}>}
 */
export function summarize(runs) {
  const names = Object.keys(runs[0] ?? {});
  return Object.fromEntries(
    names.map((name) => {
      const sorted = runs.map((run) => run[name]).sort((a, b) => a - b);
      const middle = Math.floor(sorted.length / 2);
      const median =
        sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
      return [name, { median, min: sorted[0], max: sorted.at(-1) }];
    }),
  );
}

/**
 * Prints one line for each scenario and one column for each value: `median (min–max)`.
 * @param {string} title
 * @param {Record<string, string>} units
 * @param {Record<string, Record<string, number>[]>} rows
 */
export function printTable(title, units, rows) {
  const names = Object.keys(units);
  const head = ["", ...names.map((name) => `${name} [${units[name]}]`)];
  const body = Object.entries(rows).map(([scenario, runs]) => {
    const summary = summarize(runs);
    return [scenario, ...names.map((name) => cell(summary[name]))];
  });
  const lines = [head, ...body];
  const widths = head.map((_, column) => Math.max(...lines.map((line) => line[column].length)));
  console.log(`\n${title}`);
  for (const line of lines) {
    const cells = line.map((text, column) =>
      column === 0 ? text.padEnd(widths[column]) : text.padStart(widths[column]),
    );
    console.log(cells.join("  "));
  }
}

/** @param {{median: number, min: number, max: number}} value */
function cell({ median, min, max }) {
  const show = (/** @type {number} */ number) => Math.round(number).toLocaleString("en-US");
  return min === max ? show(median) : `${show(median)} (${show(min)}–${show(max)})`;
}
