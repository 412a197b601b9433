/**
 * Prints a line for each test and the error of each failure. At the end, names what failed, and counts the tests of each engine.
 */
/** @param {AsyncIterable<import("node:test").TestEvent>} source */
export default async function* report(source) {
  /** @type {Map<string, {passed: number, failed: number, milliseconds: number}>} */
  const counts = new Map();
  /** What failed, and why, in one line each. @type {string[]} */
  const failures = [];
  for await (const { type, data } of source) {
    if (type === "test:stderr" || type === "test:stdout") yield data.message;
    if (type !== "test:pass" && type !== "test:fail") continue;
    const [engine = "", test] = data.name.split(/: (.*)/s);
    // A file that passes is no test, and neither is one that was not chosen.
    if (data.skip !== undefined || (test === undefined && type === "test:pass")) continue;
    const count = counts.get(engine) ?? { passed: 0, failed: 0, milliseconds: 0 };
    counts.set(engine, count);
    count[type === "test:pass" ? "passed" : "failed"] += 1;
    count.milliseconds += data.details.duration_ms;
    yield `${type === "test:pass" ? "✔" : "✖"} ${data.name} (${Math.round(data.details.duration_ms)} ms)\n`;
    if (type !== "test:fail") continue;
    const reason = of(data.details.error);
    failures.push(`${data.name}: ${reason.replace(/\s+/g, " ").slice(0, 200)}`);
    yield `${reason}\n`;
  }
  for (const failure of failures) yield `failed: ${failure}\n`;
  for (const [engine, { passed, failed, milliseconds }] of counts) {
    yield `${engine}: ${passed} passed, ${failed} failed in ${Math.round(milliseconds / 1000)} s\n`;
  }
}

/** Returns what an error says, and where in the tests it came from. */
function of(/** @type {Error} */ error) {
  const cause = error.cause instanceof Error ? error.cause : error;
  const places = (cause.stack ?? "").split("\n").filter((line) => /(journeys|tests)\/[\w-]+\.mjs/.test(line));
  return [cause.message, ...places].join("\n");
}
