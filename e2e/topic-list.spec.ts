import { Kafka, logLevel } from "kafkajs";
import { expect, expectAccessible, seed, startReader, test } from "./support/journey.ts";

test("topics are found, marked, labelled and kept as a view", async ({ page, stage }) => {
  for (const topic of ["list.orders", "list.payments", "list.returns"]) await seed(stage.bootstrap, topic, ["1", "2"]);
  const reader = await startReader(stage.bootstrap, { groupId: "list-billing", topic: "list.orders", clientId: "b" });
  try {
    await page.goto("/local/topics");
    const table = page.getByRole("table", { name: "Topics" });
    const orders = table.getByRole("row", { name: /list\.orders/ });
    await expect(orders.getByRole("link", { name: "1", exact: true })).toBeVisible();
    await orders.getByRole("link", { name: "1", exact: true }).hover();
    await expect(page.getByRole("tooltip")).toContainText("list-billing");

    await orders.hover();
    await orders.getByRole("button", { name: "Favourite list.orders" }).click();
    await page.getByRole("button", { name: /^Favourites/ }).click();
    await expect(table.getByRole("row")).toHaveCount(2);
    await page.getByRole("button", { name: "Views" }).click();
    await page.getByRole("menuitem", { name: "Save this view…" }).click();
    await page.getByRole("dialog").getByRole("textbox", { name: "Name" }).fill("Mine");
    await page.getByRole("dialog").getByRole("button", { name: "Save view" }).click();
    await expect(page.getByRole("dialog")).toBeHidden();
    await page.goto("/local/topics");
    await page.getByRole("button", { name: "Views" }).click();
    await page.getByRole("menuitem", { name: "Mine" }).click();
    await expect(page).toHaveURL(/favourites=true/);
    await expect(table.getByRole("row")).toHaveCount(2);

    await page.goto("/local/topics?internal=true");
    await expect(table.getByRole("row", { name: /__consumer_offsets/ })).toBeVisible();
    await page.getByRole("button", { name: "Columns" }).click();
    await page.getByRole("menuitemcheckbox", { name: "Messages in" }).click();
    await page.keyboard.press("Escape");
    await expect(table.getByRole("columnheader", { name: "Messages in" })).toHaveCount(0);
    await page.reload();
    await expect(table.getByRole("columnheader", { name: "Lag" })).toBeVisible();
    await expect(table.getByRole("columnheader", { name: "Messages in" })).toHaveCount(0);
    await expectAccessible(page);
  } finally {
    await reader.stop();
  }
});

test("selected topics are changed, labelled, marked, emptied and deleted, by one plan each", async ({
  page,
  stage,
}) => {
  for (const topic of ["bulk.one", "bulk.two"]) await seed(stage.bootstrap, topic, ["1", "2", "3"]);
  await page.goto("/local/topics?q=bulk");
  const table = page.getByRole("table", { name: "Topics" });
  await expect(table.getByRole("row", { name: /bulk\.(one|two)/ })).toHaveCount(2);
  await table.getByRole("checkbox", { name: "Select all shown topics" }).check();
  const bar = page.getByRole("toolbar", { name: "Selected topics" });
  await expect(bar).toContainText("2 selected");
  await expectAccessible(page);

  await bar.getByRole("button", { name: "Edit configuration" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "Setting" }).fill("retention.ms");
  await dialog.getByRole("button", { name: /^retention\.ms/ }).click();
  await dialog.getByRole("textbox", { name: "Value of retention.ms" }).fill("3 d");
  await expect(dialog).toContainText("bulk.two/retention.ms");
  await dialog.getByRole("button", { name: "Change" }).click();
  await expect(dialog).toBeHidden();
  await expect(table.getByRole("row", { name: /bulk\.two/ })).toContainText("3 d");

  await bar.getByRole("button", { name: "Labels…" }).click();
  await dialog.getByRole("textbox", { name: "Add" }).fill("pii, team-a");
  await expect(dialog).toContainText("2 topics of 2 change");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Change" }).click();
  await expect(dialog).toBeHidden();
  await expect(table.getByRole("row", { name: /bulk\.(one|two).*team-a/ })).toHaveCount(2);
  await bar.getByRole("button", { name: "Labels…" }).click();
  await dialog.getByRole("checkbox", { name: "pii" }).check();
  await expect(dialog).toContainText("2 topics of 2 change");
  await dialog.getByRole("button", { name: "Change" }).click();
  await expect(dialog).toBeHidden();
  await expect(table.getByRole("row", { name: /bulk\.(one|two).*pii/ })).toHaveCount(0);
  await bar.getByRole("button", { name: "Favourite the selected topics" }).click();
  await expect(table.getByRole("button", { name: /^Favourite bulk\./, pressed: true })).toHaveCount(2);
  await bar.getByRole("button", { name: "Favourite the selected topics" }).click();
  await expect(table.getByRole("button", { name: /^Favourite bulk\./, pressed: true })).toHaveCount(0);

  await bar.getByRole("button", { name: "Empty…" }).click();
  await expect(dialog).toContainText("6 messages");
  await dialog.getByRole("textbox", { name: "Type empty 2 to confirm" }).fill("empty 2");
  await dialog.getByRole("button", { name: "Empty 2 topics" }).click();
  await expect(dialog).toBeHidden();

  await table.getByRole("checkbox", { name: "Select all shown topics" }).check();
  await bar.getByRole("button", { name: "Delete…" }).click();
  await expect(dialog).toContainText("They have no messages.");
  await dialog.getByRole("button", { name: "Delete 2 topics" }).click();
  await expect(dialog).toBeHidden();
  await expect(table).toHaveCount(0);
});

test("a topic is made from the catalogue with units, and copied with its messages", async ({ page, stage }) => {
  await page.goto("/local/topics?create=true");
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "Name" }).fill("made.from.catalogue");
  await dialog.getByRole("textbox", { name: "Partitions" }).fill("2");
  await dialog.getByRole("button", { name: "Add a setting" }).click();
  await dialog.getByRole("textbox", { name: "Setting" }).fill("segment.bytes");
  await dialog.getByRole("button", { name: /^segment\.bytes/ }).click();
  await dialog.getByRole("textbox", { name: "segment.bytes" }).fill("lots");
  await expect(dialog.getByRole("alert")).toContainText("Bytes, or 512 KiB");
  await dialog.getByRole("textbox", { name: "segment.bytes" }).fill("64 MiB");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Create topic" }).click();
  await expect(page).toHaveURL(/made\.from\.catalogue\/messages/);

  await seed(stage.bootstrap, "made.source", ["1", "2", "3", "4"], 2);
  await page.goto("/local/topics?create=true&copy=made.source");
  await expect(dialog.getByRole("textbox", { name: "Name" })).toHaveValue("made.source-copy");
  await expect(dialog).toContainText("A job copies 4 messages");
  await dialog.getByRole("button", { name: "Create topic" }).click();
  await expect(page).toHaveURL(/made\.source-copy\/messages/);
  await expect(page.getByRole("definition").filter({ hasText: /^4$/ })).toBeVisible();
});

test("topics are listed, opened, changed and deleted whatever Kafka lets them be called", async ({ page, stage }) => {
  const names = ["constructor", "__proto__", "...", "--help", "a..b-c_D.json", "x".repeat(249)];
  const admin = new Kafka({ brokers: stage.bootstrap.split(","), logLevel: logLevel.NOTHING }).admin();
  await admin.connect();
  await admin.createTopics({ topics: names.map((topic) => ({ topic, numPartitions: 1 })), waitForLeaders: true });
  await admin.disconnect();
  const table = page.getByRole("table", { name: "Topics" });
  for (const name of names) {
    await page.goto("/local/topics");
    await table.getByRole("link", { name, exact: true }).click();
    await expect(page.getByRole("heading", { name: "No messages" })).toBeVisible();
    await page.getByRole("link", { name: /^Partitions/ }).click();
    await expect(page.getByRole("table", { name: "Partitions" }).getByRole("row")).toHaveCount(2);
    await expect(page.getByRole("button", { name: "Reassign…" })).toBeVisible();
  }
  await page.goto("/local/topics");
  for (const name of names) await table.getByRole("checkbox", { name: `Select ${name}`, exact: true }).check();
  const bar = page.getByRole("toolbar", { name: "Selected topics" });
  const dialog = page.getByRole("dialog");
  await bar.getByRole("button", { name: "Edit configuration" }).click();
  await dialog.getByRole("textbox", { name: "Setting" }).fill("retention.ms");
  await dialog.getByRole("button", { name: /^retention\.ms/ }).click();
  await dialog.getByRole("textbox", { name: "Value of retention.ms" }).fill("3 d");
  await expect(dialog).toContainText("__proto__/retention.ms");
  await dialog.getByRole("button", { name: "Change" }).click();
  await expect(dialog).toBeHidden();
  await expect(table.getByRole("row", { name: "constructor" })).toContainText("3 d");
  await bar.getByRole("button", { name: "Delete…" }).click();
  await dialog.getByRole("button", { name: `Delete ${names.length} topics` }).click();
  await expect(dialog).toBeHidden();
  for (const name of names) await expect(table.getByRole("link", { name, exact: true })).toHaveCount(0);
});
