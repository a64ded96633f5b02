import { expect, seed, startReader, test } from "./support/journey.ts";
import { offsetsAreReset } from "./support/offsets-are-reset.ts";

const values = (count: number) => Array.from({ length: count }, (_, index) => `{"order":${index}}`);

test("offsets are reset by a plan that shows the record they land on, and taken back", async ({ page, stage }) => {
  await offsetsAreReset(page, stage);
});

test("while members are active the reset says who they are, and waits", async ({ page, stage }) => {
  const topic = "offsets.busy";
  await seed(stage.bootstrap, topic, values(10), 1);
  const reader = await startReader(stage.bootstrap, { groupId: "offsets.active", topic, clientId: "worker-1" });
  try {
    await page.goto("/local/groups/offsets.active");
    await page.getByRole("button", { name: "Reset offsets…" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("combobox", { name: "Topic" }).fill(topic);
    await expect(dialog).toContainText("1 member is active; Kafka refuses until they stop: worker-1 on");
    await expect(dialog.getByRole("button", { name: "Reset 1 partition" })).toBeDisabled();
  } finally {
    await reader.stop();
  }
  // The button wakes when the group is empty.
  await expect(page.getByRole("dialog").getByRole("button", { name: "Reset 1 partition" })).toBeEnabled();
});

test("a group is made with offsets before its first consumer, and deleted again", async ({ page, stage }) => {
  await seed(stage.bootstrap, "offsets.new", values(10), 1);
  await page.goto("/local/groups");
  await page.getByRole("button", { name: "Create group" }).click();
  const dialog = page.getByRole("dialog", { name: "Create a group" });
  await dialog.getByRole("textbox", { name: "Name of the group" }).fill("offsets.made");
  await dialog.getByRole("radio", { name: "File" }).click();
  await dialog.getByRole("textbox", { name: /Offsets, a line/ }).fill("offsets.new,0");
  await expect(dialog.getByRole("alert")).toHaveText("Line 1 is not topic,partition,offset: offsets.new,0");
  await dialog.getByRole("textbox", { name: /Offsets, a line/ }).fill("offsets.new,0,4");
  await dialog.getByRole("button", { name: "Create with 1 partition" }).click();
  await expect(page).toHaveURL(/\/local\/groups\/offsets\.made$/);
  await expect(page.getByRole("table", { name: "Lag by partition" })).toContainText("4");

  await page.getByRole("button", { name: "More for this group" }).click();
  await page.getByRole("menuitem", { name: "Delete group…" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete group" }).click();
  await expect(page).toHaveURL(/\/local\/groups$/);
});
