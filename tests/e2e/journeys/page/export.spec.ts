/** Exported files open right in a spreadsheet. That lists of people read them back is in lists.spec.ts. */
import { readFile } from "node:fs/promises";
import { expect, test } from "../../fixtures.ts";
import { parseCsv } from "../../support/members.ts";
import { openOverview, table } from "../../support/overview.ts";

test.use({ organization: { auth: "proxy", seed: "hostile" } });

test("E01: exported budgets have a byte order mark, CRLF and no formula, whatever the names are", async ({ page, sandbox }) => {
  const { workspaces } = await sandbox.db();
  await openOverview(page);
  await expect(table(page)).not.toHaveAttribute("aria-busy");
  const coming = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export CSV" }).click();
  const file = await readFile(await (await coming).path());
  expect([...file.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  const text = file.subarray(3).toString("utf8");
  expect(text.endsWith("\r\n")).toBe(true);
  const unquoted = text.replace(/"(?:[^"]|"")*"/g, "");
  expect(unquoted.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
  const rows = parseCsv(text);
  expect(rows).toHaveLength(workspaces.length + 1);
  for (const cell of rows.flat()) expect(cell).not.toMatch(/^[\s"]*[=+\-@＝＋－＠]/);
});
