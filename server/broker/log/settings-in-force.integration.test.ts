import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Fetch } from "../../wire/apis/fetch.ts";
import { IncrementalAlterConfigs } from "../../wire/apis/incremental-alter-configs.ts";
import { ListOffsets } from "../../wire/apis/list-offsets.ts";
import { NONE } from "../../wire/errors.ts";
import { BatchView } from "../../wire/record-batch.ts";
import { until } from "../../testing/until.ts";
import { isRefusal } from "../refusal.ts";
import { startCluster, type TestCluster } from "../testing/start-cluster.ts";
import { TestClient } from "../testing/test-client.ts";
import type { PartitionLog } from "./partition-log.ts";

const TOPIC = 2;
const BROKER = 4;

let cluster: TestCluster;
let client: TestClient;
beforeAll(async () => {
  cluster = await startCluster({
    config: {
      "log.retention.check.interval.ms": "100",
      "log.segment.delete.delay.ms": "0",
      "log.cleaner.backoff.ms": "100",
    },
  });
  client = await TestClient.connect(cluster.bootstrap);
});
afterAll(async () => {
  client.close();
  await cluster.stop();
});

async function set(resourceType: number, resourceName: string, name: string, value: string): Promise<void> {
  const configs = [{ name, configOperation: 0, value }];
  const answer = await client.ask(IncrementalAlterConfigs, { resources: [{ resourceType, resourceName, configs }] });
  expect(answer.responses[0]?.errorCode).toBe(NONE);
}

function logOf(topic: string): PartitionLog {
  const partition = cluster.brokers[0]?.services.replicas.leader({ topic, partition: 0 });
  if (partition === undefined || isRefusal(partition)) throw new Error(`${topic} is not led here`);
  return partition.log;
}

/** Small segments, below Kafka's smallest segment.bytes. */
const SMALL = { "internal.segment.bytes": "300" };

async function fill(topic: string, count = 8): Promise<void> {
  for (let index = 0; index < count; index++) await client.produce(topic, ["v".repeat(150)]);
}

async function startsAbove(topic: string, offset: number): Promise<number> {
  await until(() => logOf(topic).logStartOffset > offset);
  return logOf(topic).logStartOffset;
}

describe("a topic's setting holds from the moment it is changed", () => {
  test("retention.bytes", async () => {
    await client.createTopic("by-bytes", SMALL);
    await fill("by-bytes");
    await set(TOPIC, "by-bytes", "retention.bytes", "500");
    expect(await startsAbove("by-bytes", 3)).toBeLessThan(8);
    const { topics } = await client.ask(ListOffsets, {
      replicaId: -1,
      topics: [{ name: "by-bytes", partitions: [{ partitionIndex: 0, timestamp: -2 }] }],
    });
    expect(topics[0]?.partitions[0]?.offset).toBe(logOf("by-bytes").logStartOffset);
  });

  test("retention.ms, and the broker's log.retention.ms for topics without one", async () => {
    await client.createTopic("by-time", SMALL);
    await client.createTopic("by-brokers-time", SMALL);
    await client.createTopic("kept", { ...SMALL, "retention.ms": "-1" });
    for (const topic of ["by-time", "by-brokers-time", "kept"]) await fill(topic);
    await set(TOPIC, "by-time", "retention.ms", "1");
    await startsAbove("by-time", 6);
    await set(BROKER, "", "log.retention.ms", "1");
    await startsAbove("by-brokers-time", 6);
    await set(BROKER, "", "log.retention.ms", "604800000");
    expect(logOf("kept").logStartOffset).toBe(0);
  });

  test("cleanup.policy=compact, and a ratio of 0", async () => {
    await client.createTopic("compacted", { ...SMALL, "cleanup.policy": "delete" });
    await fill("compacted");
    const bytesBefore = logOf("compacted").sizeBytes;
    await set(TOPIC, "compacted", "cleanup.policy", "compact");
    await until(() => logOf("compacted").sizeBytes < bytesBefore);
    expect(logOf("compacted").logStartOffset).toBe(0);
  });

  test("flush.ms and flush.messages", async () => {
    await client.createTopic("flushed");
    await client.produce("flushed", ["a"]);
    expect(logOf("flushed").recoveryPoint).toBe(0);
    await set(TOPIC, "flushed", "flush.messages", "1");
    await until(() => logOf("flushed").config.flushMessages === 1);
    await client.produce("flushed", ["b"]);
    await until(() => logOf("flushed").recoveryPoint === 2);
    await set(TOPIC, "flushed", "flush.messages", "1000");
    await set(TOPIC, "flushed", "flush.ms", "1");
    await client.produce("flushed", ["c"]);
    await until(() => logOf("flushed").recoveryPoint === 3);
  });

  test("message.timestamp.type=LogAppendTime: producer and reader are told the broker's time", async () => {
    const topicId = await client.createTopic("appended");
    expect((await client.produce("appended", ["a"], { timestampMs: 1 })).logAppendTimeMs).toBe(-1);
    await set(TOPIC, "appended", "message.timestamp.type", "LogAppendTime");
    await until(() => logOf("appended").config.messageTimestampType === "LogAppendTime");
    const beforeMs = Date.now();
    // Far out of what a producer's own time may be.
    for (const codec of ["none", "gzip", "zstd"] as const) {
      const answer = await client.produce("appended", ["b", "c"], { timestampMs: 2 ** 42, codec });
      expect(answer).toMatchObject({ errorCode: NONE, recordErrors: [] });
      expect(answer.logAppendTimeMs).toBeGreaterThanOrEqual(beforeMs);
    }
    const partitions = [{ partition: 0, fetchOffset: 1, partitionMaxBytes: 1_000_000 }];
    const fetched = await client.ask(Fetch, { topics: [{ topicId, partitions }], maxWaitMs: 0, minBytes: 0 });
    const batch = new BatchView().point(fetched.responses[0]?.partitions[0]?.records ?? new Uint8Array());
    expect([batch.timestampType, batch.isCrcValid(), batch.count]).toEqual(["LogAppendTime", true, 2]);
  });
});

describe("log.flush.policy=group", () => {
  test.each([1, 3])("answers with %i broker(s) only for what is on disk there", async (brokers) => {
    const grouped = await startCluster({ brokers, config: { "log.flush.policy": "group" } });
    const producer = await TestClient.connect(grouped.bootstrap);
    try {
      await producer.createTopic("safe");
      const leader = grouped.brokers.find(
        ({ services }) => !isRefusal(services.replicas.leader({ topic: "safe", partition: 0 })),
      );
      const sender = leader === grouped.brokers[0] ? producer : await TestClient.connect(addressOf(grouped, leader));
      for (const acks of [1, -1]) {
        const answers = await Promise.all(
          Array.from({ length: 5 }, () => sender.produce("safe", ["a", "b"], { acks })),
        );
        expect(answers.map(({ errorCode }) => errorCode)).toEqual([0, 0, 0, 0, 0]);
        const log = leader?.services.replicas.partition({ topic: "safe", partition: 0 })?.log;
        expect(log?.recoveryPoint).toBe(log?.logEndOffset);
        if (acks === -1) expect(log?.highWatermark).toBe(log?.logEndOffset);
      }
      if (sender !== producer) sender.close();
    } finally {
      producer.close();
      await grouped.stop();
    }
  });
});

function addressOf(grouped: TestCluster, broker: TestCluster["brokers"][number] | undefined): string {
  return grouped.bootstrap.split(",")[(broker?.nodeId ?? 1) - 1] ?? "";
}
