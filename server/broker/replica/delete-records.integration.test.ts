import { afterAll, beforeAll, expect, test } from "vitest";
import { EARLIEST, listOffsets } from "../../client/admin/list-offsets.ts";
import { createTopics, deleteRecords, describeTopic } from "../../client/admin/topics.ts";
import type { ClusterClient } from "../../client/cluster-client.ts";
import { clientFor } from "../../testing/client-suite.ts";
import { appendBatch, textRecord } from "../../testing/seed-topic.ts";
import { until } from "../../testing/until.ts";
import { startCluster, type TestCluster } from "../testing/start-cluster.ts";

let cluster: TestCluster;
let client: ClusterClient;
beforeAll(async () => {
  // Longer than a client waits for a deletion: followers must hear of it while they wait for records.
  cluster = await startCluster({ brokers: 3, config: { "replica.fetch.wait.max.ms": "25000" } });
  client = clientFor(cluster.bootstrap);
});
afterAll(async () => {
  client.close();
  await cluster.stop();
});

const topic = "cut";
const leaderOf = async () => (await describeTopic(client, topic))?.partitions[0]?.leaderId ?? -1;
const startOf = async () => {
  const [found] = await listOffsets(client, [{ topic, partition: 0, timestampMs: EARLIEST }]);
  return found?.errorCode === 0 ? found.offset : -1;
};

test("what was deleted does not come back with another leader", async () => {
  await createTopics(client, [{ name: topic, partitions: 1, replicationFactor: 3, configs: new Map() }]);
  await until(async () => (await startOf().catch(() => -1)) === 0);
  const records = Array.from({ length: 10 }, (_, index) => textRecord(null, String(index), Date.now()));
  await appendBatch(client, { topic, partition: 0 }, records);
  const [deleted] = await deleteRecords(client, [{ topic, partition: 0, offset: 4 }]);
  expect(deleted).toMatchObject({ errorCode: 0, lowWatermark: 4 });
  const stopped = await leaderOf();
  await cluster.stopBroker(stopped);
  await until(async () => ![stopped, -1].includes(await leaderOf()));
  await until(async () => (await startOf().catch(() => -1)) !== -1);
  expect(await startOf()).toBe(4);
});
