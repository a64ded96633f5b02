import { changeIsTakenBack } from "./support/change-is-taken-back.ts";
import { expect, test } from "./support/journey.ts";

test("a change is written down with its command, and taken back from the journal", async ({ page, context, stage }) => {
  await changeIsTakenBack({ page, context, stage });
});

test("a change that was refused is written down with the reason, and is found by its text", async ({ page }) => {
  await page.goto("/local/topics?create=true");
  const create = page.getByRole("dialog");
  await create.getByRole("textbox", { name: "Name" }).fill("journal.refused");
  await create.getByRole("textbox", { name: "Replication factor" }).fill("99");
  await create.getByRole("button", { name: "Create topic" }).click();
  await expect(create.getByRole("alert").first()).toBeVisible();

  await page.goto("/local/journal");
  await page.getByRole("textbox", { name: "Filter changes" }).fill("journal.refused");
  const list = page.getByRole("table", { name: "Changes" });
  await list.getByRole("button", { name: "Create topic journal.refused" }).first().click();
  const detail = page.getByRole("complementary", { name: "Change" });
  await expect(detail.getByRole("alert")).toContainText("Topic journal.refused was not created");
  await expect(detail).toContainText("Nothing was changed.");
  await expect(detail.getByRole("button", { name: "Revert…" })).toHaveCount(0);
});
