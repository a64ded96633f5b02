import { CompressionTypes, ConfigResourceTypes, Kafka, logLevel, type Consumer, type KafkaMessage } from "kafkajs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startCluster, type TestCluster } from "./testing/start-cluster.ts";

let cluster: TestCluster;
let kafka: Kafka;

beforeAll(async () => {
  cluster = await startCluster();
  kafka = new Kafka({ brokers: [cluster.bootstrap], clientId: "kafkajs-test", logLevel: logLevel.ERROR });
});
afterAll(() => cluster.stop());

type Received = { readonly partition: number; readonly message: KafkaMessage };

/** Runs a consumer until it has so many messages. The consumer stays connected. */
function collect(consumer: Consumer, count: number): Promise<Received[]> {
  const received: Received[] = [];
  return new Promise((resolve, reject) => {
    if (count === 0) resolve(received);
    consumer
      .run({
        eachMessage: ({ partition, message }) => {
          received.push({ partition, message });
          if (received.length === count) resolve(received);
          return Promise.resolve();
        },
      })
      .catch(reject);
  });
}

async function withAdmin<T>(work: (admin: ReturnType<Kafka["admin"]>) => Promise<T>): Promise<T> {
  const admin = kafka.admin();
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.disconnect();
  }
}

describe("kafkajs", () => {
  test("makes, lists, describes, grows and deletes topics", async () => {
    await withAdmin(async (admin) => {
      const topic = "admin-topic";
      const configEntries = [{ name: "retention.ms", value: "1000000" }];
      expect(
        await admin.createTopics({ topics: [{ topic, numPartitions: 3, replicationFactor: 1, configEntries }] }),
      ).toBe(true);
      expect(await admin.createTopics({ topics: [{ topic }] })).toBe(false);
      expect(await admin.listTopics()).toContain(topic);
      await admin.createPartitions({ topicPartitions: [{ topic, count: 5 }] });
      const described = await admin.fetchTopicMetadata({ topics: [topic] });
      expect(described.topics[0]?.partitions).toHaveLength(5);
      const configs = await admin.describeConfigs({
        includeSynonyms: true,
        resources: [{ type: ConfigResourceTypes.TOPIC, name: topic }],
      });
      const retention = configs.resources[0]?.configEntries.find(({ configName }) => configName === "retention.ms");
      expect(retention).toMatchObject({ configValue: "1000000", configSource: 1 });
      await admin.alterConfigs({
        validateOnly: false,
        resources: [
          {
            type: ConfigResourceTypes.TOPIC,
            name: topic,
            configEntries: [{ name: "cleanup.policy", value: "compact" }],
          },
        ],
      });
      await admin.deleteTopics({ topics: [topic] });
      expect(await admin.listTopics()).not.toContain(topic);
    });
  });

  test("tells the cluster", async () => {
    const described = await withAdmin((admin) => admin.describeCluster());
    expect(described.brokers).toHaveLength(1);
    expect(described.clusterId).toBe(cluster.clusterId);
  });

  test("produces into a topic that does not exist yet and consumes in a group, which goes on where it was", async () => {
    const topic = "orders";
    const producer = kafka.producer();
    await producer.connect();
    const messages = Array.from({ length: 20 }, (_, id) => ({
      key: `k${id}`,
      value: `v${id}`,
      headers: { source: "test", empty: "" },
    }));
    await producer.send({ topic, messages, compression: CompressionTypes.GZIP });
    await producer.send({ topic, messages: [{ key: "gone", value: null }] });

    const first = kafka.consumer({ groupId: "billing" });
    await first.connect();
    await first.subscribe({ topic, fromBeginning: true });
    const received = await collect(first, 21);
    expect(new Set(received.map(({ message }) => message.key?.toString())).size).toBe(21);
    expect(received.find(({ message }) => message.key?.toString() === "gone")?.message.value).toBeNull();
    const sample = received.find(({ message }) => message.key?.toString() === "k7")?.message;
    expect(sample?.value?.toString()).toBe("v7");
    expect(sample?.headers).toMatchObject({ source: Buffer.from("test") });
    await first.disconnect();

    await producer.send({ topic, messages: [{ key: "late", value: "late" }] });
    const second = kafka.consumer({ groupId: "billing" });
    await second.connect();
    await second.subscribe({ topic, fromBeginning: true });
    const later = await collect(second, 1);
    expect(later.map(({ message }) => message.key?.toString())).toEqual(["late"]);
    await second.disconnect();
    await producer.disconnect();
  });

  test("an idempotent producer keeps the order within a partition", async () => {
    const topic = "idempotent";
    await withAdmin((admin) => admin.createTopics({ topics: [{ topic, numPartitions: 1 }] }));
    const producer = kafka.producer({ idempotent: true, maxInFlightRequests: 1 });
    await producer.connect();
    for (let round = 0; round < 10; round++) await producer.send({ topic, messages: [{ value: String(round) }] });
    await producer.disconnect();
    const consumer = kafka.consumer({ groupId: "idempotent-readers" });
    await consumer.connect();
    await consumer.subscribe({ topic, fromBeginning: true });
    const received = await collect(consumer, 10);
    expect(received.map(({ message }) => message.value?.toString())).toEqual(
      Array.from({ length: 10 }, (_, round) => String(round)),
    );
    await consumer.disconnect();
  });

  test("three consumers of a group share the partitions and read everything once", async () => {
    const topic = "shared";
    await withAdmin((admin) => admin.createTopics({ topics: [{ topic, numPartitions: 6 }] }));
    const consumers = [1, 2, 3].map(() => kafka.consumer({ groupId: "sharers" }));
    const assigned = new Map<Consumer, number[]>();
    const settled = new Promise<void>((resolve) => {
      for (const consumer of consumers) {
        consumer.on("consumer.group_join", ({ payload }) => {
          assigned.set(consumer, payload.memberAssignment[topic] ?? []);
          const counts = [...assigned.values()].map((partitions) => partitions.length);
          if (counts.length === 3 && counts.every((count) => count === 2)) resolve();
        });
      }
    });
    const seen: string[] = [];
    let allSeen: () => void = () => undefined;
    const finished = new Promise<void>((resolve) => {
      allSeen = resolve;
    });
    await Promise.all(
      consumers.map(async (consumer) => {
        await consumer.connect();
        await consumer.subscribe({ topic, fromBeginning: true });
        await consumer.run({
          eachMessage: ({ message }) => {
            seen.push(message.value?.toString() ?? "");
            if (seen.length === 60) allSeen();
            return Promise.resolve();
          },
        });
      }),
    );
    await settled;
    const producer = kafka.producer();
    await producer.connect();
    await producer.send({
      topic,
      messages: Array.from({ length: 60 }, (_, id) => ({ value: String(id), partition: id % 6 })),
    });
    await finished;
    expect(new Set(seen).size).toBe(60);
    const group = await withAdmin((admin) => admin.describeGroups(["sharers"]));
    expect(group.groups[0]).toMatchObject({ state: "Stable", protocolType: "consumer" });
    expect(group.groups[0]?.members).toHaveLength(3);
    await Promise.all([...consumers.map((consumer) => consumer.disconnect()), producer.disconnect()]);
  });

  test("reads offsets of a topic and of a group, resets them, deletes records and the group", async () => {
    const topic = "offsets";
    const producer = kafka.producer();
    await producer.connect();
    await withAdmin(async (admin) => {
      const configEntries = [{ name: "retention.ms", value: "-1" }];
      await admin.createTopics({ topics: [{ topic, numPartitions: 1, configEntries }] });
      await producer.send({
        topic,
        messages: [1, 2, 3, 4].map((id) => ({ value: String(id), timestamp: String(1_700_000_000_000 + id * 1000) })),
      });
      expect(await admin.fetchTopicOffsets(topic)).toEqual([{ partition: 0, offset: "4", low: "0", high: "4" }]);
      expect(await admin.fetchTopicOffsetsByTimestamp(topic, 1_700_000_002_500)).toEqual([
        { partition: 0, offset: "2" },
      ]);
      await admin.setOffsets({ groupId: "manual", topic, partitions: [{ partition: 0, offset: "3" }] });
      const offsets = await admin.fetchOffsets({ groupId: "manual", topics: [topic] });
      expect(offsets[0]?.partitions[0]).toMatchObject({ partition: 0, offset: "3" });
      await admin.deleteTopicRecords({ topic, partitions: [{ partition: 0, offset: "2" }] });
      expect(await admin.fetchTopicOffsets(topic)).toEqual([{ partition: 0, offset: "4", low: "2", high: "4" }]);
      expect((await admin.listGroups()).groups.map(({ groupId }) => groupId)).toContain("manual");
      await admin.deleteGroups(["manual"]);
      expect((await admin.listGroups()).groups.map(({ groupId }) => groupId)).not.toContain("manual");
    });
    await producer.disconnect();
  });
});
