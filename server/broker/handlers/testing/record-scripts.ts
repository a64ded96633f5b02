import type { RequestInput, ResponseOf } from "../../../wire/api.ts";
import { DeleteRecords } from "../../../wire/apis/delete-records.ts";
import { DescribeProducers } from "../../../wire/apis/describe-producers.ts";
import { Fetch } from "../../../wire/apis/fetch.ts";
import { InitProducerId } from "../../../wire/apis/init-producer-id.ts";
import { ListOffsets } from "../../../wire/apis/list-offsets.ts";
import { OffsetForLeaderEpoch } from "../../../wire/apis/offset-for-leader-epoch.ts";
import { Produce } from "../../../wire/apis/produce.ts";
import { COORDINATOR_LOAD_IN_PROGRESS } from "../../../wire/errors.ts";
import { buildBatch } from "../../../wire/record-batch-builder.ts";
import { batchOf } from "../../testing/test-client.ts";
import type { Script, Talk } from "./talk.ts";

/** How long a request may take. */
const TIMEOUT_MS = 15_000;
/** An id that no topic has. */
const MISSING_ID = "AAAAAAAAAAAAAAAAAAAAXw";

async function produce(
  talk: Talk,
  label: string,
  topic: string,
  records: Uint8Array | null,
  version = 12,
  acks = -1,
  index = 0,
) {
  await talk.note(
    label,
    Produce,
    { acks, timeoutMs: TIMEOUT_MS, topicData: [{ name: topic, partitionData: [{ index, records }] }] },
    version,
  );
}

async function fetch(
  talk: Talk,
  label: string,
  topic: string,
  partition: object,
  request: RequestInput<typeof Fetch> = {},
  version = 12,
) {
  const partitions = [{ partition: 0, fetchOffset: 0, partitionMaxBytes: 1_000_000, ...partition }];
  await talk.note(label, Fetch, { maxWaitMs: 100, minBytes: 1, topics: [{ topic, partitions }], ...request }, version);
}

/** Kafka asks to come again while it fetches its first block of ids. */
async function newProducer(talk: Talk): Promise<ResponseOf<typeof InitProducerId>> {
  for (;;) {
    const answer = await talk.note("an id", InitProducerId, { transactionalId: null, transactionTimeoutMs: 1000 }, 4);
    if (answer.errorCode !== COORDINATOR_LOAD_IN_PROGRESS) return answer;
  }
}

function batchWith(change: (batch: Buffer) => void, values: readonly string[] = ["value"]): Uint8Array {
  const batch = Buffer.from(batchOf(values));
  change(batch);
  return batch;
}

/** What clients do with records. */
export const recordScripts: Readonly<Record<string, Script>> = {
  "what a producer may send": async (talk) => {
    await talk.createTopic("p");
    const nowMs = Date.now();
    await produce(talk, "a batch", "p", batchOf(["a", "b"]));
    for (const version of [3, 4, 5, 6, 7, 8, 9, 10, 11])
      await produce(talk, `in v${version}`, "p", batchOf(["a"]), version);
    await produce(talk, "acks 1", "p", batchOf(["a"]), 12, 1);
    await produce(talk, "acks 2", "p", batchOf(["a"]), 12, 2);
    await produce(talk, "unknown topic", "nowhere", batchOf(["a"]));
    await produce(talk, "unknown partition", "p", batchOf(["a"]), 12, -1, 9);
    await produce(
      talk,
      "a bad checksum",
      "p",
      batchWith((batch) => batch.writeUInt8(0xee, batch.length - 2)),
    );
    await produce(talk, "two batches", "p", Buffer.concat([batchOf(["a"]), batchOf(["b"])]));
    await produce(talk, "a control batch", "p", batchOf(["a"], { isControl: true }));
    await produce(
      talk,
      "a base offset",
      "p",
      batchWith((batch) => batch.writeUInt8(7, 7)),
    );
    await produce(talk, "an id without sequence", "p", batchOf(["a"], { producerId: 5, producerEpoch: 0 }));
    await produce(talk, "zstd in v6", "p", batchOf(["a"], { codec: "zstd" }), 6);
    await produce(talk, "zstd in v7", "p", batchOf(["a"], { codec: "zstd" }), 7);
    await produce(talk, "too far ahead", "p", batchOf(["a"], { timestampMs: nowMs + 7_200_000 }));
    await produce(talk, "long ago", "p", batchOf(["a"], { timestampMs: 1 }));
    await talk.createTopic("small", { "max.message.bytes": "200" });
    await produce(talk, "too large", "small", batchOf(["x".repeat(300)]));
    await talk.createTopic("segments", { "segment.bytes": "1048576", "max.message.bytes": "2000000" });
    await produce(talk, "larger than a segment", "segments", batchOf(["x".repeat(1_100_000)]));
    await talk.createTopic("compacted", { "cleanup.policy": "compact" });
    const keyless = [true, false, true].map((hasKey) => ({
      timestampMs: nowMs,
      key: hasKey ? Buffer.from("k") : null,
      value: null,
    }));
    await produce(talk, "without keys", "compacted", buildBatch(keyless));
    await talk.createTopic("needy", { "min.insync.replicas": "1" });
    await produce(talk, "enough replicas", "needy", batchOf(["a"]));
  },
  "what an idempotent producer may send": async (talk) => {
    await talk.createTopic("i");
    const { producerId } = await newProducer(talk);
    await talk.note(
      "an empty transactional id",
      InitProducerId,
      { transactionalId: "", transactionTimeoutMs: 1000 },
      4,
    );
    const send = (label: string, baseSequence: number, producerEpoch = 0, values = ["a"]) =>
      produce(talk, label, "i", batchOf(values, { producerId, producerEpoch, baseSequence }));
    await send("first", 0);
    await send("second", 1, 0, ["a", "b"]);
    await send("second again", 1, 0, ["a", "b"]);
    await send("first again", 0);
    await send("half of the second", 1);
    await send("a gap", 9);
    await send("a new epoch with a gap", 3, 1);
    await send("a new epoch", 0, 1);
    await send("the old epoch", 3);
    await talk.note("what is remembered", DescribeProducers, {
      topics: [
        { name: "i", partitionIndexes: [0, 4] },
        { name: "nowhere", partitionIndexes: [0] },
      ],
    });
    await produce(
      talk,
      "an id that nobody gave, in the middle",
      "i",
      batchOf(["a"], { producerId: 777_777, producerEpoch: 3, baseSequence: 40 }),
    );
  },
  "what a consumer may ask": async (talk) => {
    const id = await talk.createTopic("f", {}, 2);
    for (const values of [["a", "b"], ["c"], ["d"]]) await talk.client.produce("f", values);
    for (const version of [4, 5, 6, 7, 8, 9, 10, 11, 12]) await fetch(talk, `in v${version}`, "f", {}, {}, version);
    const byId = (topicId: string, partition = 0) => ({
      topics: [{ topicId, partitions: [{ partition, fetchOffset: 0, partitionMaxBytes: 1000 }] }],
    });
    for (const version of [13, 14, 15, 16, 17, 18]) await fetch(talk, `in v${version}`, "f", {}, byId(id), version);
    await fetch(talk, "an unknown id", "f", {}, byId(MISSING_ID), 16);
    await fetch(talk, "an unknown partition of an id", "f", {}, byId(id, 9), 16);
    await fetch(talk, "inside a batch", "f", { fetchOffset: 1 });
    await fetch(talk, "at the end", "f", { fetchOffset: 4 });
    await fetch(talk, "beyond the end", "f", { fetchOffset: 5 });
    await fetch(talk, "before the start", "f", { fetchOffset: -5 });
    await fetch(talk, "an unknown topic", "nowhere", {});
    await fetch(talk, "an unknown partition", "f", { partition: 7 });
    await fetch(talk, "an older epoch", "f", { currentLeaderEpoch: -1 });
    await fetch(talk, "a newer epoch", "f", { currentLeaderEpoch: 9 });
    await fetch(
      talk,
      "a newer epoch in v16",
      "f",
      {},
      {
        topics: [
          { topicId: id, partitions: [{ partition: 0, fetchOffset: 0, currentLeaderEpoch: 9, partitionMaxBytes: 9 }] },
        ],
      },
      16,
    );
    await fetch(talk, "an epoch that never was", "f", { lastFetchedEpoch: 5, currentLeaderEpoch: 0 });
    await fetch(talk, "only what is committed", "f", {}, { isolationLevel: 1 });
    await fetch(talk, "one byte", "f", { partitionMaxBytes: 1 });
    await fetch(talk, "one byte of all", "f", {}, { maxBytes: 1 });
    await fetch(talk, "nothing", "f", {}, { topics: [] });
  },
  "fetch sessions": async (talk) => {
    await talk.createTopic("s", {}, 2);
    await talk.client.produce("s", ["a"]);
    const partitions = [0, 1].map((partition) => ({ partition, fetchOffset: 0, partitionMaxBytes: 1000 }));
    const opened = await talk.note(
      "opened",
      Fetch,
      { maxWaitMs: 0, minBytes: 1, sessionEpoch: 0, topics: [{ topic: "s", partitions }] },
      12,
    );
    const go = (label: string, sessionEpoch: number, more: RequestInput<typeof Fetch> = {}) =>
      talk.note(label, Fetch, { maxWaitMs: 0, minBytes: 1, sessionId: opened.sessionId, sessionEpoch, ...more }, 12);
    await go("again", 1);
    await go("moved on", 2, {
      topics: [{ topic: "s", partitions: [{ partition: 0, fetchOffset: 1, partitionMaxBytes: 1000 }] }],
    });
    await talk.client.produce("s", ["b"]);
    await go("something new", 3);
    await go("a wrong epoch", 9);
    await go("an unknown partition", 4, {
      topics: [{ topic: "s", partitions: [{ partition: 6, fetchOffset: 0, partitionMaxBytes: 1000 }] }],
    });
    await go("the unknown one forgotten", 5, { forgottenTopicsData: [{ topic: "s", partitions: [6] }] });
    await go("all forgotten", 6, { forgottenTopicsData: [{ topic: "s", partitions: [0, 1] }] });
    await go("gone", 7);
    await talk.note("no such session", Fetch, { maxWaitMs: 0, sessionId: 123, sessionEpoch: 1 }, 12);
    await talk.note("closing none", Fetch, { maxWaitMs: 0, minBytes: 1, sessionId: 0, sessionEpoch: -1 }, 12);
  },
  "where offsets are": async (talk) => {
    await talk.createTopic("o");
    for (const second of [1, 2, 3])
      await talk.client.produce("o", ["a", "b"], { timestampMs: 1_700_000_000_000 + second * 1000 });
    const list = (label: string, partition: object, version = 11, name = "o") =>
      talk.note(
        label,
        ListOffsets,
        { replicaId: -1, topics: [{ name, partitions: [{ partitionIndex: 0, ...partition }] }] },
        version,
      );
    for (const timestamp of [-1, -2, -3, -4, -5, -6, -7, 0, 1_700_000_001_500, 1_700_000_003_000, 1_800_000_000_000])
      await list(`time ${timestamp}`, { timestamp });
    for (const version of [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]) {
      for (const timestamp of [-1, -3, -4, -5, -6])
        await list(`time ${timestamp} in v${version}`, { timestamp }, version);
    }
    await list("an unknown topic", { timestamp: -1 }, 11, "nowhere");
    await list("an unknown partition", { timestamp: -1, partitionIndex: 5 });
    await list("a newer epoch", { timestamp: -1, currentLeaderEpoch: 8 });
    const twice = { partitionIndex: 0, timestamp: -1 };
    await talk.note(
      "a partition twice",
      ListOffsets,
      { replicaId: -1, topics: [{ name: "o", partitions: [twice, twice] }] },
      7,
    );
    for (const leaderEpoch of [0, 1, 9, -1]) {
      const partitions = [{ partition: 0, leaderEpoch }];
      await talk.note(`the end of epoch ${leaderEpoch}`, OffsetForLeaderEpoch, {
        replicaId: -1,
        topics: [{ topic: "o", partitions }],
      });
    }
    const wrong = [
      { partition: 0, leaderEpoch: 0, currentLeaderEpoch: 7 },
      { partition: 8, leaderEpoch: 0 },
    ];
    await talk.note("epochs of what is not", OffsetForLeaderEpoch, {
      replicaId: -1,
      topics: [
        { topic: "o", partitions: wrong },
        { topic: "nowhere", partitions: wrong },
      ],
    });
    await talk.note("an end when empty", OffsetForLeaderEpoch, {
      replicaId: -1,
      topics: [{ topic: "o", partitions: [{ partition: 0, leaderEpoch: 0 }] }],
    });
  },
  "deleting records": async (talk) => {
    await talk.createTopic("d");
    await talk.client.produce("d", ["a", "b", "c"]);
    await talk.createTopic("compacted-only", { "cleanup.policy": "compact" });
    const remove = (label: string, name: string, offset: number, partitionIndex = 0) =>
      talk.note(label, DeleteRecords, {
        timeoutMs: TIMEOUT_MS,
        topics: [{ name, partitions: [{ partitionIndex, offset }] }],
      });
    await remove("two", "d", 2);
    await remove("one, when two are gone", "d", 1);
    await remove("too many", "d", 9);
    await remove("a negative number", "d", -4);
    await remove("an unknown topic", "nowhere", 0);
    await remove("an unknown partition", "d", 0, 6);
    await remove("of a compacted topic", "compacted-only", 0);
    await remove("all", "d", -1);
    await fetch(talk, "read below the start", "d", { fetchOffset: 0 });
  },
};
