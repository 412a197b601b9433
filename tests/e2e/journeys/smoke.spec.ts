import { expect, test } from "../fixtures.ts";

test("the console starts and shows its name", async ({ page }) => {
  await page.goto("/");
  await expect(page).toHaveTitle(/Workspace Console/);
  await expect(page.getByRole("main")).toBeVisible();
});
