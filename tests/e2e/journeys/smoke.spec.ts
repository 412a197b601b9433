import { expect, test } from "../fixtures.ts";

test("the console starts and names itself", async ({ page }) => {
  await page.goto("/");
  await expect(page).toHaveTitle(/Workspace Console/);
  await expect(page.getByRole("main")).toBeVisible();
});
