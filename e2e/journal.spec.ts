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

test("the journal is narrowed to kinds, outcomes and a time, in its address, and its export with it", async ({
  page,
}) => {
  await page.goto("/local/topics?create=true");
  const create = page.getByRole("dialog");
  await create.getByRole("textbox", { name: "Name" }).fill("journal.narrowed");
  await create.getByRole("button", { name: "Create topic" }).click();
  await expect(create).toHaveCount(0);

  await page.goto("/local/journal?q=journal.narrowed");
  const list = page.getByRole("table", { name: "Changes" });
  const entry = list.getByRole("button", { name: "Create topic journal.narrowed" });
  const choose = async (label: string, choice: string) => {
    await page.getByRole("button", { name: new RegExp(`^${label} `, "u") }).click();
    await page.getByRole("menuitemradio", { name: choice, exact: true }).click();
  };
  await choose("Kind", "Create topic");
  await choose("Outcome", "Done");
  await choose("Time", "Last hour");
  await expect(page).toHaveURL(/kind=create-topic&state=done&from=\d+/u);
  await expect(entry).toBeVisible();

  await choose("Outcome", "Taken back");
  await expect(page.getByText("No change matches")).toBeVisible();
  await choose("Outcome", "Done");
  const from = page.getByRole("textbox", { name: "Changes from, UTC" });
  await from.fill("2000-01-01 00:00:00");
  await from.press("Enter");
  await expect(page).toHaveURL(/from=946684800000/u);
  await choose("Time", "Until");
  const until = page.getByRole("textbox", { name: "Changes before, UTC" });
  await until.fill("2000-01-02 00:00:00");
  await until.press("Enter");
  await expect(page.getByText("No change matches")).toBeVisible();

  const exported = async (query: string) =>
    (await page.request.get(`/api/clusters/local/journal/export?${query}`)).text();
  const narrowed = "format=csv&text=journal.narrowed&kind=create-topic&state=done";
  expect(await exported(narrowed)).toContain("journal.narrowed");
  expect(await exported(`${narrowed}&untilMs=946771200000`)).not.toContain("journal.narrowed");
});
