/** Addresses that were copied out of a sentence: the console's page, with the way on. */
import { expect, heading, open, test } from "../fixtures.ts";

test.use({ organization: { auth: "proxy" } });

for (const [address, meant, title] of [
  ["/people.", "/people", "People"],
  ["/people.)", "/people", "People"],
  ["/people...", "/people", "People"],
  ["/people%E2%80%9D.", "/people", "People"],
  ["/People", "/people", "People"],
  ["/workspaces/interns/members,", "/workspaces/interns/members", "Interns"],
  ["/workspaces/interns.", "/workspaces/interns", "Interns"],
  ["/workspaces/interns/budgets;", "/workspaces/interns/budgets", "Interns"],
] as const) {
  test(`H06: ${address} leads on to ${meant}`, async ({ page }) => {
    const response = await page.goto(address);
    expect(response?.status()).toBe(200);
    await expect(heading(page, "Page not found")).toBeVisible();
    await expect(page.getByText("Did you mean")).toBeVisible();
    await page.getByRole("link", { name: meant, exact: true }).click();
    await expect(heading(page, title)).toBeVisible();
    await expect(page).toHaveURL(meant);
  });
}

test("H06: an address that is near nothing leads to all workspaces, and a missing file is a 404", async ({ page, request }) => {
  await open(page, "/elsewhere.", "Page not found");
  await expect(page.getByText("The link may be mistyped")).toBeVisible();
  await page.getByRole("link", { name: "All workspaces" }).click();
  await expect(heading(page, "Workspaces")).toBeVisible();
  for (const missing of ["/console-0123456789abcdef.js", "/people.html", "/people.Then"]) {
    expect((await request.get(missing)).status(), missing).toBe(404);
  }
});
