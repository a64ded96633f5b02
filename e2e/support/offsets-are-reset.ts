import type { Page } from "@playwright/test";
import { commitFirst, expect, expectAccessible, seed, type Stage } from "./journey.ts";

const values = (count: number) => Array.from({ length: count }, (_, index) => `{"order":${index}}`);

/** Resets a group's offsets by a plan that shows the record they land on, and takes it back from the journal. */
export async function offsetsAreReset(
  page: Page,
  { bootstrap, cluster }: Pick<Stage, "bootstrap" | "cluster">,
): Promise<void> {
  const topic = "offsets.orders";
  const group = "offsets.billing";
  await seed(bootstrap, topic, values(60), 1);
  await commitFirst(bootstrap, group, topic);
  await page.goto(`/${cluster}/groups/${group}`);
  const lag = page.getByRole("term").filter({ hasText: /^Lag$/ }).locator("xpath=..");
  await expect(lag).toHaveText("Lag60");

  await page.getByRole("button", { name: "Reset offsets…" }).click();
  const dialog = page.getByRole("dialog", { name: `Reset offsets of ${group}?` });
  await dialog.getByRole("radio", { name: "Shift by" }).click();
  await dialog.getByRole("textbox", { name: "Records to shift by" }).fill("20");
  const moves = dialog.getByRole("table", { name: "What becomes of each partition" });
  await expect(moves.getByRole("row").nth(1)).toContainText("key-0");
  await expect(moves.getByRole("row").nth(1)).toContainText("20");
  await expect(dialog).toContainText("--reset-offsets --all-topics --shift-by 20 --execute");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Reset 1 partition" }).click();
  await expect(dialog).toBeHidden();
  await expect(lag).toHaveText("Lag40");

  await page.goto(`/${cluster}/journal`);
  await page
    .getByRole("row", { name: new RegExp(`Set offsets of ${group}`) })
    .first()
    .click();
  await page.getByRole("button", { name: "Revert…" }).click();
  await page.getByRole("button", { name: /^Revert$/ }).click();
  await expect(page.getByRole("dialog")).toBeHidden();
  await page.goto(`/${cluster}/groups/${group}`);
  await expect(lag).toHaveText("Lag60");
}
