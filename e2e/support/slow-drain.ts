import type { Page } from "@playwright/test";
import { Kafka, logLevel } from "kafkajs";
import { expect, type Stage } from "./journey.ts";

/** Of a batch: as large as one fetch of a follower, so that a throttle lets one through, and then none for seconds. */
const BATCH_BYTES = 900_000;

type Place = { readonly page: Page; readonly stage: Stage };

/** Drains broker 1 of a topic's one partition under 1 KB/s; shows the job's page, with the move under way. */
export async function drainSlowly(
  { page, stage: { cluster, bootstrap } }: Place,
  { topic, batches }: { readonly topic: string; readonly batches: number },
): Promise<void> {
  const kafka = new Kafka({ clientId: "seed", brokers: bootstrap.split(","), logLevel: logLevel.NOTHING });
  const admin = kafka.admin();
  await admin.connect();
  const replicaAssignment = [{ partition: 0, replicas: [1] }];
  await admin.createTopics({ topics: [{ topic, replicaAssignment }], waitForLeaders: true });
  await admin.disconnect();
  const producer = kafka.producer({ idempotent: true });
  await producer.connect();
  for (let batch = 0; batch < batches; batch += 1)
    await producer.send({ topic, messages: [{ value: Buffer.alloc(BATCH_BYTES, "x") }] });
  await producer.disconnect();

  await page.goto(`/${cluster}/brokers/reassign?goal=drain&brokers=1&topics=${topic}&throttle=1000`);
  await page.getByRole("button", { name: "Start 1 move" }).click();
  await expect(page).toHaveURL(new RegExp(`/${cluster}/brokers/moves/\\d+$`));
  await expect(page.getByText(/^Throttled to 1\.00 KB\/s on 2 brokers/)).toBeVisible();
  await expect(page.getByRole("table", { name: "Moves under way" })).toContainText(topic);
}
