import { expect, expectAccessible, seed, test } from "./support/journey.ts";

const values = (count: number) => Array.from({ length: count }, (_, index) => `{"order":${index}}`);

test("a config is edited with units and its effect, and taken back from the journal", async ({ page, stage }) => {
  const topic = "changed.orders";
  await seed(stage.bootstrap, topic, values(6));
  await page.goto(`/local/topics/${topic}/configuration`);
  const row = page.getByRole("table", { name: "Settings" }).getByRole("row", { name: /^retention\.ms/ });
  await row.getByRole("button", { name: "Edit retention.ms" }).click();
  const dialog = page.getByRole("dialog", { name: `retention.ms of ${topic}` });
  const value = dialog.getByRole("textbox", { name: "Value" });
  await value.fill("next week");
  await expect(dialog.getByRole("alert")).toContainText("Milliseconds, or 30 s");
  await value.fill("2 h");
  await expect(dialog).toContainText("No message is older than 2 h now.");
  await expect(dialog.getByRole("list", { name: "Where it would come from" })).toContainText("Kafka's default");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Change" }).click();
  await expect(dialog).toBeHidden();
  await expect(row).toContainText("7200000");
  await expect(row).toContainText("This topic");

  await page.goto("/local/journal");
  await page.getByRole("button", { name: `Change configuration of ${topic}` }).click();
  const detail = page.getByRole("complementary", { name: "Change" });
  await expect(detail).toContainText("--add-config retention.ms=7200000");
  await expect(detail).toContainText("--delete-config retention.ms");
  await detail.getByRole("button", { name: "Revert…" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Revert" }).click();
  await expect(detail).toContainText("done, then taken back by entry");
  await page.goto(`/local/topics/${topic}/configuration`);
  await expect(row).toContainText("604800000");
});

test("partitions are added, records deleted in each way, and the topic made anew, each as its plan said", async ({
  page,
  stage,
}) => {
  const topic = "changed.payments";
  await seed(stage.bootstrap, topic, values(60));
  await page.goto(`/local/topics/${topic}/partitions`);
  const choose = async (entry: string) => {
    await page.getByRole("button", { name: "More actions" }).click();
    await page.getByRole("menuitem", { name: entry }).click();
    return page.getByRole("dialog");
  };
  await expect(await choose("Add partitions…")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: "More actions" })).toBeFocused();
  const grow = await choose("Add partitions…");
  await grow.getByRole("textbox", { name: "Partitions in all" }).fill("6");
  await expect(grow).toContainText("About 50 % of keys go to another partition");
  await expect(grow).toContainText("Kafka cannot take partitions away");
  await grow.getByRole("button", { name: "Add partitions" }).click();
  await expect(grow).toBeHidden();
  await expect(page.getByRole("table", { name: "Partitions" }).getByRole("row")).toHaveCount(7);

  const some = await choose("Delete records…");
  await some.getByRole("radio", { name: "Before offsets" }).click();
  await some.getByRole("textbox", { name: "Partition:offset" }).fill("0:99999");
  await expect(some.getByRole("alert")).toContainText("ends at offset");
  await some.getByRole("radio", { name: "Partitions", exact: true }).click();
  await some.getByRole("textbox", { name: "Partitions" }).fill("0");
  await expect(some.getByRole("list", { name: "What it does" })).toContainText("of 1 partition");
  await some.getByRole("textbox", { name: `Type ${topic} to confirm` }).fill(topic);
  await expectAccessible(page);
  await some.getByRole("button", { name: "Delete records" }).click();
  await expect(some).toBeHidden();

  const anew = await choose("Recreate…");
  await expect(anew.getByRole("list", { name: "What it does" })).toContainText("offsets begin at 0 again");
  await anew.getByRole("textbox", { name: `Type ${topic} to confirm` }).fill(topic);
  await anew.getByRole("button", { name: "Recreate topic" }).click();
  const jobs = page.getByRole("table", { name: "Jobs" });
  await expect(jobs.getByRole("row", { name: new RegExp(`Recreate ${topic}`) })).toContainText("Done");
  await page.goto(`/local/topics/${topic}/partitions`);
  await expect(page.getByRole("table", { name: "Partitions" }).getByRole("row")).toHaveCount(7);
  await expect(page.getByRole("table", { name: "Partitions" }).getByRole("row").nth(1)).toContainText("0 B");
});

test("a topic is saved to a file, and made again from it under another name; who has access and what is linked is told", async ({
  page,
  stage,
}) => {
  const topic = "changed.kept";
  await seed(stage.bootstrap, topic, values(30));
  await page.goto(`/local/topics/${topic}/access`);
  await expect(page.getByRole("heading", { name: "No access control lists" })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("navigation", { name: "Topic" }).getByRole("link", { name: "Linked" }).click();
  await expect(page.getByRole("region", { name: "Schemas", exact: true })).toContainText("--schema-registry URL");
  await expect(page.getByRole("region", { name: "Connectors", exact: true })).toContainText("--connect URL");
  await expectAccessible(page);
  await page.getByRole("button", { name: "More actions" }).click();
  await page.getByRole("menuitem", { name: "Save messages to a file…" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Save messages" }).click();
  const job = page.getByRole("complementary", { name: "Job" });
  await expect(job.getByRole("link", { name: `Download ${topic}.jsonl.gz` })).toBeVisible();
  await job.getByRole("button", { name: "Restore…" }).click();
  const dialog = page.getByRole("dialog", { name: `Restore ${topic}` });
  await expect(dialog).toContainText("already exists");
  await dialog.getByRole("textbox", { name: "Name" }).fill(`${topic}.again`);
  await expect(dialog.getByRole("list", { name: "What it does" })).toContainText("A job writes 30 messages");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Restore topic" }).click();
  await expect(dialog).toBeHidden();
  const jobs = page.getByRole("table", { name: "Jobs" });
  await expect(jobs.getByRole("row", { name: new RegExp(`Restore ${topic}`) })).toContainText("Done");
  await page.goto(`/local/topics/${topic}.again/partitions`);
  await expect(page.getByRole("table", { name: "Partitions" }).getByRole("row")).toHaveCount(4);
  await expect(page.getByRole("definition").filter({ hasText: /^30$/ })).toBeVisible();
});
