import { Kafka, logLevel } from "kafkajs";
import {
  startTieredKafka,
  tieredConfigs,
  type TieredKafka,
  TIERED_RECORD_BYTES,
} from "../server/testing/tiered-kafka.ts";
import { apacheKafkaIsMissing, expect, expectAccessible, testOnApacheKafka } from "./support/journey.ts";

const missing = apacheKafkaIsMissing();
const topic = "tiered.orders";
const records = 6;

const test = testOnApacheKafka.extend<object, { kafka: TieredKafka }>({
  kafka: [
    async ({}, provide) => {
      const kafka = await startTieredKafka();
      await provide(kafka);
      await kafka.stop();
    },
    { scope: "worker", timeout: 240_000 },
  ],
});

test.skip(missing !== undefined, missing);

test("a topic in remote storage says what is there, and what goes from there when it is emptied, made anew and deleted", async ({
  page,
  stage,
  kafka,
}) => {
  const { cluster, bootstrap } = stage;
  const client = new Kafka({ clientId: "seed", brokers: bootstrap.split(","), logLevel: logLevel.NOTHING });
  const admin = client.admin();
  await admin.connect();
  const configEntries = Object.entries(tieredConfigs).map(([name, value]) => ({ name, value }));
  await admin.createTopics({ topics: [{ topic, numPartitions: 1, configEntries }], waitForLeaders: true });
  await admin.disconnect();
  const producer = client.producer({ idempotent: true });
  await producer.connect();
  for (let index = 0; index < records; index += 1)
    await producer.send({ topic, messages: [{ value: Buffer.alloc(TIERED_RECORD_BYTES, "x") }] });
  await producer.disconnect();

  await page.goto(`/${cluster}/topics/${topic}/partitions`);
  await expect(page.getByRole("term").filter({ hasText: "Local size" })).toBeVisible();
  const partition = page.getByRole("table", { name: "Partitions" }).getByRole("row").nth(1);
  // The newest segment stays on the broker; each has one record.
  await expect(partition.getByRole("cell").filter({ hasText: /^5$/ })).toBeVisible();
  await expectAccessible(page);

  const menu = async (entry: string) => {
    await page.getByRole("button", { name: "More actions" }).click();
    await page.getByRole("menuitem", { name: entry }).click();
  };
  await menu("Recreate…");
  const recreate = page.getByRole("dialog", { name: `Recreate ${topic}?` });
  await expect(recreate).toContainText("It is tiered: 5 messages in remote storage and nowhere else are deleted too.");
  await recreate.getByRole("button", { name: "Cancel" }).click();

  await page.goto(`/${cluster}/topics`);
  const table = page.getByRole("table", { name: "Topics" });
  await expect(table.getByRole("columnheader", { name: "Local size" })).toBeVisible();
  const row = table.getByRole("row", { name: new RegExp(topic) });
  await expect(row.getByText("tiered", { exact: true })).toBeVisible();
  await expectAccessible(page);
  await row.hover();
  await row.getByRole("button", { name: `Actions for ${topic}` }).click();
  await page.getByRole("menuitem", { name: "Empty…" }).click();
  const empty = page.getByRole("dialog", { name: `Empty ${topic}?` });
  await expect(empty).toContainText("Tiered: 5 messages in remote storage and nowhere else are deleted too");
  await expectAccessible(page);
  await empty.getByRole("textbox").fill(topic);
  await empty.getByRole("button", { name: "Empty topic" }).click();
  await expect(empty).toBeHidden();
  await expect.poll(() => kafka.remoteSegments()).toBe(0);

  await page.goto(`/${cluster}/topics/${topic}/partitions`);
  await menu("Delete topic…");
  const deletion = page.getByRole("dialog");
  await expect(deletion).toContainText(/on brokers; tiered: nothing of it is in remote storage/);
  await expectAccessible(page);
});
