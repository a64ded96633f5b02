import { Kafka, logLevel } from "kafkajs";
import {
  commitFirst,
  deleteTopic,
  expect,
  expectAccessible,
  produce,
  seed,
  startReader,
  test,
} from "./support/journey.ts";

/** A group is judged over some sweeps of ten seconds each. */
const judged = { timeout: 300_000 };

const values = (count: number) => Array.from({ length: count }, (_, index) => `{"order":${index}}`);

test("a group is shown with its members and what each reads, and with its lag when they leave", async ({
  page,
  stage,
}) => {
  const topic = "groups.orders";
  const groupId = "groups.billing";
  await seed(stage.bootstrap, topic, values(60));
  const readers = await Promise.all(
    ["billing-1", "billing-2"].map((clientId) => startReader(stage.bootstrap, { groupId, topic, clientId })),
  );
  try {
    await page.goto("/local/groups");
    const list = page.getByRole("table", { name: "Consumer groups" });
    const row = list.getByRole("row", { name: new RegExp(groupId) });
    await expect(row).toContainText("Stable");
    await expect(row).toContainText(topic);

    await page.getByRole("link", { name: groupId }).click();
    await expect(page).toHaveURL(/\/local\/groups\/groups\.billing$/);
    const partitions = page.getByRole("table", { name: "Lag by partition" });
    await expect(partitions.getByRole("row", { name: /groups\.orders/ })).toHaveCount(3);
    await expect(partitions).toContainText("billing-1");
    await expect(partitions).toContainText("billing-2");

    await page
      .getByRole("navigation", { name: "Consumer group" })
      .getByRole("link", { name: /^Members/ })
      .click();
    const members = page.getByRole("table", { name: "Members" });
    await expect(members.getByRole("row", { name: /billing-1/ })).toContainText(topic);
    await expect(members.getByRole("row", { name: /billing-2/ })).toContainText(topic);
    await expectAccessible(page);

    await page.getByRole("radio", { name: "Grid" }).click();
    const grid = page.getByRole("table", { name: `Assignment of ${topic}` });
    await expect(grid.getByRole("columnheader")).toHaveText(["Member", "0", "1", "2"]);
    await expect(grid.getByRole("rowheader")).toHaveText(["billing-1", "billing-2"]);
    await expect(grid.getByText("no lag")).toHaveCount(3);
    await expectAccessible(page);
  } finally {
    await Promise.all(readers.map((reader) => reader.stop()));
  }

  await expect(page.getByRole("heading", { name: "This group has no members" })).toBeVisible();
  await produce(stage.bootstrap, topic, values(30));
  await page.getByRole("navigation", { name: "Consumer group" }).getByRole("link", { name: /^Lag/ }).click();
  await expect(page.getByRole("term").filter({ hasText: /^Lag$/ }).locator("xpath=..")).toHaveText("Lag30");
  await expect(page.getByRole("figure", { name: "Lag in messages" })).toContainText("All partitions");

  await page.goto("/local/groups");
  const list = page.getByRole("table", { name: "Consumer groups" });
  await expect(list.getByRole("row", { name: /^Needs attention/ })).toBeVisible(judged);
  await expect(list.getByRole("row", { name: /groups\.billing/ })).toContainText("Has no members; 30 messages wait");
  await expectAccessible(page);
});

test("a partition that stands still shows the record that its reader does not get past, and the way to skip it", async ({
  page,
  stage,
}) => {
  const topic = "groups.stuck";
  await seed(stage.bootstrap, topic, values(9), 1);
  await seed(stage.bootstrap, "groups.stuck.dlq", ["{}"], 1);
  const kafka = new Kafka({ clientId: "stuck-1", brokers: stage.bootstrap.split(","), logLevel: logLevel.NOTHING });
  const consumer = kafka.consumer({ groupId: "groups.poisoned", sessionTimeout: 1_200_000, maxWaitTimeInMs: 200 });
  let free = () => {};
  const stuck = new Promise<void>((resolve) => (free = resolve));
  await consumer.connect();
  await consumer.subscribe({ topics: [topic], fromBeginning: true });
  await consumer.run({
    eachBatch: async (payload) => {
      payload.resolveOffset("3");
      await payload.commitOffsetsIfNecessary({ topics: [{ topic, partitions: [{ partition: 0, offset: "4" }] }] });
      await payload.heartbeat();
      await stuck;
    },
  });
  try {
    await page.goto("/local/groups/groups.poisoned");
    const row = page.getByRole("table", { name: "Lag by partition" }).getByRole("row", { name: /groups\.stuck/ });
    await expect(row).toContainText("stuck-1");
    await expect(row).toContainText("5");
    // The sweep that sees it stand must come before more is written.
    await expect(page.getByRole("figure", { name: "Lag in messages" })).toContainText(/All partitions ?5/);
    await produce(stage.bootstrap, topic, values(5));
    const card = page.getByRole("region", { name: /Partition 0 stands still at 4/ });
    await expect(card).toBeVisible(judged);
    await expect(card).toContainText("order:4");
    await expectAccessible(page);
    await card.getByRole("button", { name: "Copy to dead letters, skip one…" }).click();
    const dialog = page.getByRole("dialog");
    await expect(dialog.getByRole("combobox", { name: "Copy to" })).toHaveValue("groups.stuck.dlq");
    await expect(dialog).toContainText("1 member is active; Kafka refuses until they stop: stuck-1 on");
  } finally {
    free();
    await consumer.disconnect();
  }
});

test("a group whose topic was deleted is still shown, and its page says what is left", async ({ page, stage }) => {
  const topic = "groups.gone";
  await seed(stage.bootstrap, topic, values(10));
  await commitFirst(stage.bootstrap, "groups.left", topic);
  const kept = "groups.kept";
  await seed(stage.bootstrap, kept, values(10));
  await commitFirst(stage.bootstrap, "groups.left", kept);
  await deleteTopic(stage.bootstrap, topic);
  await page.goto("/local/groups/groups.left");
  const partitions = page.getByRole("table", { name: "Lag by partition" });
  await expect(partitions.getByRole("row", { name: /groups\.kept/ })).toHaveCount(3);
  // Brokers forget the offsets of a deleted topic; where one has not yet, the page says that the topic is gone.
  await expect(partitions.getByRole("row", { name: /groups\.gone/ }).filter({ hasNotText: "deleted" })).toHaveCount(0);
});

test("a group that is not there is said plainly, with the way to those that are", async ({ page }) => {
  await page.goto("/local/groups/no-such-group");
  await expect(page.getByRole("heading", { name: "There is no group no-such-group" })).toBeVisible();
  await page.getByRole("button", { name: "All groups" }).click();
  await expect(page).toHaveURL(/\/local\/groups$/);
});

test("keys and the palette lead to a group", async ({ page, stage }) => {
  const topic = "groups.found";
  await seed(stage.bootstrap, topic, values(5));
  await commitFirst(stage.bootstrap, "groups.finders", topic);
  await page.goto("/local/topics");
  await expect(page.getByRole("link", { name: topic })).toBeVisible();
  // The server drew the list; keys count from when the page runs, which its connection shows.
  await expect(page.getByText(/^Connected/)).toBeVisible();
  await page.keyboard.press("g");
  await page.keyboard.press("c");
  await expect(page).toHaveURL(/\/local\/groups$/);
  await expect(page.getByRole("link", { name: "groups.finders" })).toBeVisible();
  await page.keyboard.press("Control+k");
  await page.getByPlaceholder("Search topics and groups, or run a command…").fill("finders");
  await page.getByRole("option", { name: /groups\.finders/ }).click();
  await expect(page).toHaveURL(/\/local\/groups\/groups\.finders$/);
});
