import { afterAll, beforeAll, expect, test } from "vitest";
import { until } from "../../testing/until.ts";
import { AlterClientQuotas } from "../../wire/apis/alter-client-quotas.ts";
import { CreateTopics } from "../../wire/apis/create-topics.ts";
import { DeleteTopics } from "../../wire/apis/delete-topics.ts";
import { DescribeClientQuotas } from "../../wire/apis/describe-client-quotas.ts";
import { Fetch } from "../../wire/apis/fetch.ts";
import { Metadata } from "../../wire/apis/metadata.ts";
import { Produce } from "../../wire/apis/produce.ts";
import { NONE, THROTTLING_QUOTA_EXCEEDED } from "../../wire/errors.ts";
import { startCluster, type TestCluster } from "../testing/start-cluster.ts";
import { batchOf, TestClient } from "../testing/test-client.ts";

const TOPIC = "limited";
const BYTES = 40_000;

let cluster: TestCluster;
let admin: TestClient;

beforeAll(async () => {
  cluster = await startCluster();
  admin = await TestClient.connect(cluster.bootstrap, "admin");
  await admin.createTopic(TOPIC);
  await admin.produce(TOPIC, ["x".repeat(BYTES)]);
});
afterAll(async () => {
  admin.close();
  await cluster.stop();
});

/** Sets a quota of a client id or an address, and settles when the broker knows it. */
async function limit(name: string, key: string, value: number, entityType = "client-id"): Promise<void> {
  const entity = [{ entityType, entityName: name }];
  await admin.ask(AlterClientQuotas, {
    entries: [{ entity, ops: [{ key, value, remove: false }] }],
    validateOnly: false,
  });
  await until(async () => {
    const components = [{ entityType, matchType: 0, match: name }];
    const { entries } = await admin.ask(DescribeClientQuotas, { components, strict: true });
    return (entries ?? []).some(({ values }) => values.some((each) => each.key === key));
  });
}

function produceOnce(client: TestClient, acks = -1) {
  const partitionData = [{ index: 0, records: batchOf(["x".repeat(BYTES)]) }];
  return client.ask(Produce, { acks, timeoutMs: 10_000, topicData: [{ name: TOPIC, partitionData }] }, 12);
}

function fetchOnce(client: TestClient) {
  const partitions = [{ partition: 0, fetchOffset: 0, partitionMaxBytes: 1_000_000 }];
  return client.ask(Fetch, { maxWaitMs: 0, minBytes: 1, topics: [{ topic: TOPIC, partitions }] }, 12);
}

test("a producer beyond producer_byte_rate has its records appended and is told how long to wait", async () => {
  await limit("producer", "producer_byte_rate", 1000);
  const client = await TestClient.connect(cluster.bootstrap, "producer");
  const answer = await produceOnce(client);
  expect(answer.responses[0]?.partitionResponses[0]).toMatchObject({ errorCode: NONE, baseOffset: 1 });
  // 40 kB over ten seconds are four times what it may: (4,000 - 1,000) / 1,000 of ten seconds, and a little for the header.
  expect(answer.throttleTimeMs).toBeGreaterThanOrEqual(30_000);
  expect(answer.throttleTimeMs).toBeLessThan(32_000);
  client.close();
  const other = await TestClient.connect(cluster.bootstrap, "other");
  expect((await produceOnce(other)).throttleTimeMs).toBe(0);
  other.close();
});

test("a consumer beyond consumer_byte_rate gets nothing, and that is not counted", async () => {
  await limit("consumer", "consumer_byte_rate", 1000);
  for (let round = 0; round < 2; round++) {
    const client = await TestClient.connect(cluster.bootstrap, "consumer");
    const answer = await fetchOnce(client);
    expect(answer.errorCode).toBe(NONE);
    expect(answer.responses).toEqual([]);
    expect(answer.throttleTimeMs).toBeGreaterThanOrEqual(30_000);
    expect(answer.throttleTimeMs).toBeLessThan(32_000);
    client.close();
  }
});

test("request_percentage silences for a second at most", async () => {
  await limit("busy", "request_percentage", 0.000_01);
  const client = await TestClient.connect(cluster.bootstrap, "busy");
  const answer = await client.ask(Metadata, { topics: null });
  expect(answer.throttleTimeMs).toBe(1000);
  client.close();
});

test("controller_mutation_rate refuses who has overdrawn it, and slows down who does not know the code", async () => {
  await limit("maker", "controller_mutation_rate", 1);
  const client = () => TestClient.connect(cluster.bootstrap, "maker");
  const create = (name: string) => ({
    topics: [{ name, numPartitions: 20, replicationFactor: -1, assignments: [], configs: [] }],
    timeoutMs: 10_000,
  });
  const strict = await client();
  // Eleven may be made at once; the topic is made all the same, and nine have to be paid back.
  const made = await strict.ask(CreateTopics, create("made"));
  expect(made.topics[0]?.errorCode).toBe(NONE);
  expect(made.throttleTimeMs).toBe(0);
  strict.close();
  const again = await client();
  const refused = await again.ask(CreateTopics, create("refused"));
  expect(refused.topics[0]?.errorCode).toBe(THROTTLING_QUOTA_EXCEEDED);
  expect(refused.throttleTimeMs).toBeGreaterThan(0);
  expect(refused.throttleTimeMs).toBeLessThanOrEqual(9_000);
  again.close();
  const old = await client();
  const deleted = await old.ask(DeleteTopics, { topicNames: ["made"], timeoutMs: 10_000 }, 4);
  expect(deleted.responses[0]?.errorCode).toBe(NONE);
  expect(deleted.throttleTimeMs).toBeGreaterThan(20_000);
  old.close();
});

test("an address beyond connection_creation_rate has a further connection closed without an answer", async () => {
  await limit("127.0.0.1", "connection_creation_rate", 1, "ip");
  const taken: TestClient[] = [];
  const connects = () =>
    TestClient.connect(cluster.bootstrap).then(
      (client) => taken.push(client) > 0,
      () => false,
    );
  while (await connects()) expect(taken.length, "as many as in ten seconds").toBeLessThanOrEqual(10);
  expect(taken.length).toBeGreaterThan(0);
  await limit("127.0.0.1", "connection_creation_rate", 1_000, "ip");
  await until(connects);
  for (const client of taken) client.close();
});
