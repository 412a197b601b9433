/** Offboarding: keys in the default workspace, from which no one can be removed. */
import { expect, pressTwice, test } from "../fixtures.ts";
import { dbKeyOwners, openPanel, openPeople, panel, select } from "../support/people.ts";

test.use({ organization: { auth: "proxy" } });

test("a removal names the active keys that stay in the default workspace, and they can be disabled there", async ({ page, sandbox }) => {
  const [owner = ""] = await dbKeyOwners(sandbox, "default");
  await openPeople(page);
  await select(page, owner);
  await openPanel(page, "remove");
  const banner = panel(page).getByRole("status").filter({ hasText: /active API keys? stays? in the default workspace/ });
  await expect(banner).toContainText("You can’t remove people from the default workspace.");
  await banner.getByRole("button", { name: /^Show the \d active keys? of .+ in the default workspace$/ }).click();
  const keys = page.getByRole("dialog", { name: /^API keys of / });
  await expect(keys).not.toContainText("the removal");
  // Only the dialog on top has a backdrop: two would be darker than the gutter of the scroll bar beside them.
  expect(await panel(page).evaluate((it) => getComputedStyle(it, "::backdrop").backgroundColor)).toBe("rgba(0, 0, 0, 0)");
  expect(await keys.evaluate((it) => getComputedStyle(it, "::backdrop").backgroundColor)).not.toBe("rgba(0, 0, 0, 0)");
  const disable = keys.getByRole("listitem").getByRole("button", { name: /^Disable / });
  while ((await disable.count()) !== 0) {
    const before = await disable.count();
    await pressTwice(disable.first());
    await expect(disable).toHaveCount(before - 1);
  }
  await expect(keys.getByText("No active API keys")).toBeVisible();
  await keys.getByRole("button", { name: "Close", exact: true }).last().click();
  await expect(banner).toHaveCount(0);
  expect(await dbKeyOwners(sandbox, "default")).not.toContain(owner);
});
