import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DeleteRecords } from "../../wire/apis/delete-records.ts";
import { ListOffsets } from "../../wire/apis/list-offsets.ts";
import { OffsetForLeaderEpoch } from "../../wire/apis/offset-for-leader-epoch.ts";
import {
  INVALID_REQUEST,
  INVALID_TOPIC_EXCEPTION,
  NONE,
  OFFSET_OUT_OF_RANGE,
  POLICY_VIOLATION,
  UNKNOWN_LEADER_EPOCH,
  UNKNOWN_TOPIC_OR_PARTITION,
} from "../../wire/errors.ts";
import { startCluster, type TestCluster } from "../testing/start-cluster.ts";
import { TestClient } from "../testing/test-client.ts";

let cluster: TestCluster;
let client: TestClient;
beforeAll(async () => {
  cluster = await startCluster();
  client = await TestClient.connect(cluster.bootstrap);
});
afterAll(async () => {
  client.close();
  await cluster.stop();
});

async function list(
  name: string,
  timestamp: number,
  partition: { currentLeaderEpoch?: number; partitionIndex?: number } = {},
) {
  const topics = [{ name, partitions: [{ partitionIndex: 0, timestamp, ...partition }] }];
  return (await client.ask(ListOffsets, { replicaId: -1, topics })).topics[0]?.partitions[0];
}

describe("ListOffsets", () => {
  test("finds the ends and times", async () => {
    await client.createTopic("times", { "retention.ms": "-1" });
    for (const second of [1, 2, 3])
      await client.produce("times", ["a", "b"], { timestampMs: 1_700_000_000_000 + second * 1000 });
    expect(await list("times", -1)).toMatchObject({ errorCode: NONE, offset: 6, timestamp: -1 });
    expect(await list("times", -2)).toMatchObject({ errorCode: NONE, offset: 0 });
    expect(await list("times", 1_700_000_001_500)).toMatchObject({ offset: 2, timestamp: 1_700_000_002_000 });
    expect(await list("times", 1_700_000_009_000)).toMatchObject({ errorCode: NONE, offset: -1, timestamp: -1 });
    expect(await list("times", -3)).toMatchObject({ timestamp: 1_700_000_003_000 });
    expect(await list("times", -4)).toMatchObject({ errorCode: NONE, offset: 0 });
    expect(await list("times", -5)).toMatchObject({ errorCode: NONE, offset: -1 });
  });

  test("refuses what does not exist, a wrong epoch, and a partition asked for twice", async () => {
    await client.createTopic("refused");
    expect(await list("missing", -1)).toMatchObject({ errorCode: UNKNOWN_TOPIC_OR_PARTITION, offset: -1 });
    expect(await list("refused", -1, { partitionIndex: 4 })).toMatchObject({ errorCode: UNKNOWN_TOPIC_OR_PARTITION });
    expect(await list("refused", -1, { currentLeaderEpoch: 50 })).toMatchObject({ errorCode: UNKNOWN_LEADER_EPOCH });
    const twice = { partitionIndex: 0, timestamp: -1 };
    const { topics } = await client.ask(ListOffsets, { topics: [{ name: "refused", partitions: [twice, twice] }] });
    expect(topics[0]?.partitions.map(({ errorCode }) => errorCode)).toEqual([INVALID_REQUEST]);
  });
});

describe("DeleteRecords", () => {
  async function deleteBefore(name: string, offset: number) {
    const { topics } = await client.ask(DeleteRecords, {
      timeoutMs: 1000,
      topics: [{ name, partitions: [{ partitionIndex: 0, offset }] }],
    });
    return topics[0]?.partitions[0];
  }

  test("moves the log start, to the high watermark with -1", async () => {
    await client.createTopic("shrinking");
    await client.produce("shrinking", ["a", "b", "c"]);
    expect(await deleteBefore("shrinking", 2)).toMatchObject({ errorCode: NONE, lowWatermark: 2 });
    expect(await list("shrinking", -2)).toMatchObject({ offset: 2 });
    expect(await deleteBefore("shrinking", -1)).toMatchObject({ errorCode: NONE, lowWatermark: 3 });
  });

  test("refuses what is beyond the high watermark, unknown, internal or only compacted", async () => {
    await client.createTopic("guarded");
    expect(await deleteBefore("guarded", 1)).toMatchObject({ errorCode: OFFSET_OUT_OF_RANGE, lowWatermark: -1 });
    expect(await deleteBefore("guarded", -7)).toMatchObject({ errorCode: OFFSET_OUT_OF_RANGE });
    expect(await deleteBefore("missing", 0)).toMatchObject({ errorCode: UNKNOWN_TOPIC_OR_PARTITION });
    expect(await deleteBefore("__consumer_offsets", 0)).toMatchObject({ errorCode: INVALID_TOPIC_EXCEPTION });
    await client.createTopic("compacted", { "cleanup.policy": "compact" });
    expect(await deleteBefore("compacted", 0)).toMatchObject({ errorCode: POLICY_VIOLATION });
  });
});

describe("OffsetForLeaderEpoch", () => {
  test("tells where an epoch ends", async () => {
    await client.createTopic("epochs");
    await client.produce("epochs", ["a", "b"]);
    const ask = async (leaderEpoch: number, topic = "epochs") => {
      const { topics } = await client.ask(OffsetForLeaderEpoch, {
        replicaId: -1,
        topics: [{ topic, partitions: [{ partition: 0, leaderEpoch }] }],
      });
      return topics[0]?.partitions[0];
    };
    expect(await ask(0)).toMatchObject({ errorCode: NONE, leaderEpoch: 0, endOffset: 2 });
    expect(await ask(5)).toMatchObject({ errorCode: NONE, leaderEpoch: -1, endOffset: -1 });
    expect(await ask(0, "missing")).toMatchObject({ errorCode: UNKNOWN_TOPIC_OR_PARTITION });
  });
});
