import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { InitProducerId } from "../../wire/apis/init-producer-id.ts";
import { Produce } from "../../wire/apis/produce.ts";
import {
  CORRUPT_MESSAGE,
  INVALID_PRODUCER_EPOCH,
  INVALID_RECORD,
  INVALID_REQUIRED_ACKS,
  INVALID_TIMESTAMP,
  MESSAGE_TOO_LARGE,
  NONE,
  NOT_ENOUGH_REPLICAS,
  OUT_OF_ORDER_SEQUENCE_NUMBER,
  TRANSACTION_ABORTABLE,
  UNKNOWN_TOPIC_ID,
  UNKNOWN_TOPIC_OR_PARTITION,
  UNSUPPORTED_COMPRESSION_TYPE,
} from "../../wire/errors.ts";
import { buildBatch } from "../../wire/record-batch-builder.ts";
import { startCluster, type TestCluster } from "../testing/start-cluster.ts";
import { batchOf, TestClient } from "../testing/test-client.ts";

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

/** Sends these bytes as the records of partition 0 and gives the partition's answer. */
async function send(
  topic: string,
  records: Uint8Array | null,
  { acks = -1, version = 12, index = 0, transactionalId = null as string | null } = {},
) {
  const topicData = [{ name: topic, partitionData: [{ index, records }] }];
  const { responses } = await client.ask(Produce, { acks, timeoutMs: 5000, transactionalId, topicData }, version);
  return responses[0]?.partitionResponses[0];
}

describe("Produce", () => {
  test.each([1, -1])("appends with acks=%i and tells offset and log start", async (acks) => {
    const topic = `acks${acks}`;
    await client.createTopic(topic);
    expect(await client.produce(topic, ["a", "b"], { acks })).toMatchObject({
      errorCode: NONE,
      baseOffset: 0,
      logStartOffset: 0,
      logAppendTimeMs: -1,
    });
    expect(await client.produce(topic, ["c"], { acks })).toMatchObject({ errorCode: NONE, baseOffset: 2 });
  });

  test("names topics by id from version 13 on", async () => {
    const topicId = await client.createTopic("by-id");
    const topicData = (id: string) => [{ topicId: id, partitionData: [{ index: 0, records: batchOf(["a"]) }] }];
    const good = await client.ask(Produce, { acks: 1, timeoutMs: 5000, topicData: topicData(topicId) }, 13);
    expect(good.responses[0]).toMatchObject({ topicId, partitionResponses: [{ errorCode: NONE, baseOffset: 0 }] });
    const bad = await client.ask(
      Produce,
      { acks: 1, timeoutMs: 5000, topicData: topicData("AAAAAAAAAAAAAAAAAAAAXw") },
      13,
    );
    expect(bad.responses[0]?.partitionResponses[0]).toMatchObject({ errorCode: UNKNOWN_TOPIC_ID, baseOffset: -1 });
  });

  test("refuses an unknown topic, an unknown partition and acks that do not exist", async () => {
    await client.createTopic("known");
    expect(await send("unknown", batchOf(["a"]))).toMatchObject({
      errorCode: UNKNOWN_TOPIC_OR_PARTITION,
      baseOffset: -1,
    });
    expect(await send("known", batchOf(["a"]), { index: 9 })).toMatchObject({ errorCode: UNKNOWN_TOPIC_OR_PARTITION });
    expect(await send("known", batchOf(["a"]), { acks: 2 })).toMatchObject({ errorCode: INVALID_REQUIRED_ACKS });
  });

  test("refuses damaged, misplaced and several batches", async () => {
    await client.createTopic("damaged");
    const flipped = batchOf(["hello"]);
    flipped[flipped.length - 3] = 0xee;
    expect(await send("damaged", flipped)).toMatchObject({ errorCode: CORRUPT_MESSAGE });
    expect(await send("damaged", Buffer.concat([batchOf(["a"]), batchOf(["b"])]))).toMatchObject({
      errorCode: INVALID_RECORD,
    });
    expect(await send("damaged", batchOf(["a"], { isControl: true }))).toMatchObject({ errorCode: INVALID_RECORD });
    expect(await send("damaged", batchOf(["a"]))).toMatchObject({ errorCode: NONE, baseOffset: 0 });
  });

  test("refuses what is larger than the topic allows, and zstd from clients that cannot know it", async () => {
    await client.createTopic("small", { "max.message.bytes": "200" });
    expect(await send("small", batchOf(["x".repeat(300)]))).toMatchObject({ errorCode: MESSAGE_TOO_LARGE });
    expect(await send("small", batchOf(["x"], { codec: "zstd" }), { version: 6 })).toMatchObject({
      errorCode: UNSUPPORTED_COMPRESSION_TYPE,
    });
    expect(await send("small", batchOf(["x"], { codec: "zstd" }), { version: 7 })).toMatchObject({ errorCode: NONE });
  });

  test("refuses timestamps too far ahead and names the record", async () => {
    await client.createTopic("times");
    const answer = await send("times", batchOf(["a"], { timestampMs: Date.now() + 2 * 3_600_000 }));
    expect(answer).toMatchObject({ errorCode: INVALID_TIMESTAMP });
  });

  test("refuses records without a key where the topic is compacted, and says which", async () => {
    await client.createTopic("compacted", { "cleanup.policy": "compact" });
    const records = buildBatch([
      { timestampMs: Date.now(), key: Buffer.from("k"), value: Buffer.from("v") },
      { timestampMs: Date.now(), key: null, value: Buffer.from("v") },
    ]);
    const answer = await send("compacted", records);
    expect(answer?.errorCode).toBe(INVALID_RECORD);
    expect(answer?.recordErrors.map(({ batchIndex }) => batchIndex)).toEqual([1]);
  });

  test("sets the time itself where the topic says so", async () => {
    await client.createTopic("appended", { "message.timestamp.type": "LogAppendTime" });
    const before = Date.now();
    const answer = await client.produce("appended", ["a"], { timestampMs: 5 });
    expect(answer.logAppendTimeMs).toBeGreaterThanOrEqual(before);
  });

  test("recognises what an idempotent producer sent before, and a gap", async () => {
    await client.createTopic("idempotent");
    const { producerId, producerEpoch, errorCode } = await client.ask(InitProducerId, {
      transactionalId: null,
      transactionTimeoutMs: 1000,
    });
    expect(errorCode).toBe(NONE);
    const produce = (baseSequence: number, epoch = producerEpoch) =>
      client.produce("idempotent", ["a"], { producerId, producerEpoch: epoch, baseSequence });
    expect(await produce(0)).toMatchObject({ errorCode: NONE, baseOffset: 0 });
    expect(await produce(1)).toMatchObject({ errorCode: NONE, baseOffset: 1 });
    expect(await produce(0)).toMatchObject({ errorCode: NONE, baseOffset: 0 });
    expect(await produce(5)).toMatchObject({ errorCode: OUT_OF_ORDER_SEQUENCE_NUMBER });
    expect(await produce(0, producerEpoch + 1)).toMatchObject({ errorCode: NONE, baseOffset: 2 });
    expect(await produce(2)).toMatchObject({ errorCode: INVALID_PRODUCER_EPOCH });
  });

  test("acks=all needs min.insync.replicas, as far as there can be so many", async () => {
    await client.createTopic("min-isr", { "min.insync.replicas": "1" });
    expect(await client.produce("min-isr", ["a"])).toMatchObject({ errorCode: NONE });
    expect(NOT_ENOUGH_REPLICAS).toBe(19);
  });

  test("has no transactions: transactional batches and producers are refused", async () => {
    await client.createTopic("transactional");
    const records = batchOf(["a"], { producerId: 1, producerEpoch: 0, baseSequence: 0, isTransactional: true });
    expect(await send("transactional", records, { transactionalId: "t" })).toMatchObject({
      errorCode: TRANSACTION_ABORTABLE,
    });
    expect(await client.ask(InitProducerId, { transactionalId: "t", transactionTimeoutMs: 1000 })).toMatchObject({
      errorCode: 35,
      producerId: -1,
    });
    expect(await client.ask(InitProducerId, { transactionalId: "", transactionTimeoutMs: 1000 })).toMatchObject({
      errorCode: 42,
    });
  });

  test("answers nothing for acks=0, and closes the connection when it fails", async () => {
    await client.createTopic("silent");
    const own = await TestClient.connect(cluster.bootstrap);
    const topicData = (name: string) => [{ name, partitionData: [{ index: 0, records: batchOf(["a"]) }] }];
    // The client waits for an answer that never comes; the broken connection is what ends the wait.
    const silent = own.ask(Produce, { acks: 0, timeoutMs: 1, topicData: topicData("silent") }, 9);
    const broken = own.ask(Produce, { acks: 0, timeoutMs: 1, topicData: topicData("nowhere") }, 9);
    await expect(Promise.all([silent, broken])).rejects.toMatchObject({ kind: "disconnected" });
    expect(await client.produce("silent", ["b"])).toMatchObject({ baseOffset: 1 });
  });
});
