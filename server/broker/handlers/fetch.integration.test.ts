import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { RequestInput } from "../../wire/api.ts";
import { DeleteRecords } from "../../wire/apis/delete-records.ts";
import { DeleteTopics } from "../../wire/apis/delete-topics.ts";
import { Fetch } from "../../wire/apis/fetch.ts";
import {
  FENCED_LEADER_EPOCH,
  FETCH_SESSION_ID_NOT_FOUND,
  INVALID_FETCH_SESSION_EPOCH,
  NONE,
  OFFSET_OUT_OF_RANGE,
  UNKNOWN_LEADER_EPOCH,
  UNKNOWN_TOPIC_ID,
  UNKNOWN_TOPIC_OR_PARTITION,
} from "../../wire/errors.ts";
import { BatchView } from "../../wire/record-batch.ts";
import { recordsOf } from "../../wire/record-cursor.ts";
import { startCluster, type TestCluster } from "../testing/start-cluster.ts";
import { TestClient } from "../testing/test-client.ts";

let cluster: TestCluster;
let client: TestClient;
let reader: TestClient;
beforeAll(async () => {
  cluster = await startCluster();
  client = await TestClient.connect(cluster.bootstrap);
  reader = await TestClient.connect(cluster.bootstrap);
});
afterAll(async () => {
  client.close();
  reader.close();
  await cluster.stop();
});

type PartitionRequest = NonNullable<
  NonNullable<NonNullable<RequestInput<typeof Fetch>["topics"]>[number]["partitions"]>[number]
>;

/** Fetches partition 0 of a topic by name. */
async function fetch(topic: string, partition: PartitionRequest, options: RequestInput<typeof Fetch> = {}) {
  const partitions = [{ partition: 0, partitionMaxBytes: 1_000_000, ...partition }];
  return reader.ask(Fetch, { maxWaitMs: 0, minBytes: 1, topics: [{ topic, partitions }], ...options }, 12);
}

async function fetchOne(topic: string, partition: PartitionRequest, options: RequestInput<typeof Fetch> = {}) {
  const { responses } = await fetch(topic, partition, options);
  const answer = responses[0]?.partitions[0];
  if (answer === undefined) throw new Error("the partition is not in the answer");
  return answer;
}

function valuesOf(records: Uint8Array | null): string[] {
  const bytes = records ?? new Uint8Array(0);
  const values: string[] = [];
  const view = new BatchView();
  for (let at = 0; at < bytes.byteLength; at += view.point(bytes, at).sizeBytes) {
    for (const record of recordsOf(view.point(bytes, at))) values.push(Buffer.from(record.value ?? []).toString());
  }
  return values;
}

describe("Fetch", () => {
  test("gives records with high watermark and log start", async () => {
    await client.createTopic("plain");
    await client.produce("plain", ["a", "b"]);
    await client.produce("plain", ["c"]);
    const answer = await fetchOne("plain", { fetchOffset: 0 });
    expect(answer).toMatchObject({ errorCode: NONE, highWatermark: 3, logStartOffset: 0, abortedTransactions: null });
    expect(valuesOf(answer.records)).toEqual(["a", "b", "c"]);
    expect(valuesOf((await fetchOne("plain", { fetchOffset: 2 })).records)).toEqual(["c"]);
  });

  test("gives the whole batch that the offset lies in", async () => {
    await client.createTopic("inside");
    await client.produce("inside", ["a", "b", "c"]);
    expect(valuesOf((await fetchOne("inside", { fetchOffset: 1 })).records)).toEqual(["a", "b", "c"]);
  });

  test("gives at least one batch however small the limits are, and keeps to them after that", async () => {
    await client.createTopic("limits");
    for (const value of ["a", "b", "c"]) await client.produce("limits", [value.repeat(100)]);
    expect(valuesOf((await fetchOne("limits", { fetchOffset: 0, partitionMaxBytes: 1 })).records)).toHaveLength(1);
    expect(valuesOf((await fetchOne("limits", { fetchOffset: 0 }, { maxBytes: 1 })).records)).toHaveLength(1);
    expect(valuesOf((await fetchOne("limits", { fetchOffset: 0, partitionMaxBytes: 400 })).records)).toHaveLength(2);
  });

  test("gives several readers at once large answers that are each whole", async () => {
    await client.createTopic("large");
    const values = Array.from({ length: 10 }, (_, n) => `${n}`.repeat(200_000));
    for (const value of values) await client.produce("large", [value]);
    const readers = await Promise.all(Array.from({ length: 4 }, () => TestClient.connect(cluster.bootstrap)));
    const readAll = (one: TestClient) =>
      // All asked for before the first has come: each leaves while the next is read from disk.
      Promise.all(
        [0, 3, 6, 1, 5].map(async (fetchOffset) => {
          const partitions = [{ partition: 0, partitionMaxBytes: 900_000, fetchOffset }];
          const request = { maxWaitMs: 0, minBytes: 1, topics: [{ topic: "large", partitions }] };
          const { responses } = await one.ask(Fetch, request, 12);
          const records = responses[0]?.partitions[0]?.records ?? null;
          expect(valuesOf(records)).toEqual(values.slice(fetchOffset, fetchOffset + 4));
        }),
      );
    for (let round = 0; round < 5; round += 1) await Promise.all(readers.map(readAll));
    for (const one of readers) one.close();
  });

  test("refuses offsets outside the log", async () => {
    await client.createTopic("bounds");
    await client.produce("bounds", ["a", "b", "c"]);
    expect((await fetchOne("bounds", { fetchOffset: 4 })).errorCode).toBe(OFFSET_OUT_OF_RANGE);
    expect(await fetchOne("bounds", { fetchOffset: 3 })).toMatchObject({ errorCode: NONE, highWatermark: 3 });
    await client.ask(DeleteRecords, {
      timeoutMs: 1000,
      topics: [{ name: "bounds", partitions: [{ partitionIndex: 0, offset: 2 }] }],
    });
    expect((await fetchOne("bounds", { fetchOffset: 1 })).errorCode).toBe(OFFSET_OUT_OF_RANGE);
    expect(await fetchOne("bounds", { fetchOffset: 2 })).toMatchObject({ errorCode: NONE, logStartOffset: 2 });
  });

  test("refuses unknown topics, partitions and ids", async () => {
    await client.createTopic("known");
    expect((await fetchOne("unknown", { fetchOffset: 0 })).errorCode).toBe(UNKNOWN_TOPIC_OR_PARTITION);
    expect((await fetchOne("known", { partition: 5, fetchOffset: 0 })).errorCode).toBe(UNKNOWN_TOPIC_OR_PARTITION);
    const topics = [
      { topicId: "AAAAAAAAAAAAAAAAAAAAXw", partitions: [{ partition: 0, fetchOffset: 0, partitionMaxBytes: 100 }] },
    ];
    const { responses } = await reader.ask(Fetch, { maxWaitMs: 0, minBytes: 1, topics }, 16);
    expect(responses[0]?.partitions[0]?.errorCode).toBe(UNKNOWN_TOPIC_ID);
  });

  test("checks the leader epoch that the client knows", async () => {
    await client.createTopic("epochs");
    await client.produce("epochs", ["a"]);
    expect((await fetchOne("epochs", { fetchOffset: 0, currentLeaderEpoch: 99 })).errorCode).toBe(UNKNOWN_LEADER_EPOCH);
    expect((await fetchOne("epochs", { fetchOffset: 0, currentLeaderEpoch: 0 })).errorCode).toBe(NONE);
    expect(FENCED_LEADER_EPOCH).toBe(74);
  });

  test("answers read_committed with a list of aborted transactions", async () => {
    await client.createTopic("committed");
    await client.produce("committed", ["a"]);
    const answer = await fetchOne("committed", { fetchOffset: 0 }, { isolationLevel: 1 });
    expect(answer).toMatchObject({ errorCode: NONE, lastStableOffset: 1, abortedTransactions: [] });
    expect(valuesOf(answer.records)).toEqual(["a"]);
  });

  test("waits for records, and answers when they come", async () => {
    await client.createTopic("waiting");
    const waiting = fetchOne("waiting", { fetchOffset: 0 }, { maxWaitMs: 15_000 });
    await client.produce("waiting", ["late"]);
    expect(valuesOf((await waiting).records)).toEqual(["late"]);
  });

  test("waits until there are min_bytes", async () => {
    await client.createTopic("enough");
    const waiting = fetchOne("enough", { fetchOffset: 0 }, { maxWaitMs: 15_000, minBytes: 250 });
    await client.produce("enough", ["a".repeat(100)]);
    await client.produce("enough", ["b".repeat(100)]);
    expect(valuesOf((await waiting).records)).toHaveLength(2);
  });

  test("answers without records when the wait is over", async () => {
    await client.createTopic("quiet");
    const answer = await fetchOne("quiet", { fetchOffset: 0 }, { maxWaitMs: 20 });
    expect(answer).toMatchObject({ errorCode: NONE, highWatermark: 0 });
    expect(valuesOf(answer.records)).toEqual([]);
  });

  test("a waiting fetch ends when its topic is deleted", async () => {
    await client.createTopic("deleted");
    const waiting = fetchOne("deleted", { fetchOffset: 0 }, { maxWaitMs: 15_000 });
    await client.ask(DeleteTopics, { topics: [{ name: "deleted" }], timeoutMs: 5000 });
    expect((await waiting).errorCode).toBe(UNKNOWN_TOPIC_OR_PARTITION);
  });

  test("keeps a session, and names in later answers only what changed", async () => {
    await client.createTopic("session", {}, 2);
    await client.produce("session", ["a"]);
    const partitions = [0, 1].map((partition) => ({ partition, fetchOffset: 0, partitionMaxBytes: 1000 }));
    const first = await reader.ask(
      Fetch,
      { maxWaitMs: 0, minBytes: 1, sessionEpoch: 0, topics: [{ topic: "session", partitions }] },
      12,
    );
    expect(first.sessionId).toBeGreaterThan(0);
    expect(first.responses[0]?.partitions.map(({ partitionIndex }) => partitionIndex)).toEqual([0, 1]);
    const { sessionId } = first;
    const moved = [{ topic: "session", partitions: [{ partition: 0, fetchOffset: 1, partitionMaxBytes: 1000 }] }];
    const second = await reader.ask(
      Fetch,
      { maxWaitMs: 0, minBytes: 1, sessionId, sessionEpoch: 1, topics: moved },
      12,
    );
    expect(second).toMatchObject({ sessionId, errorCode: NONE, responses: [] });
    await client.produce("session", ["b"]);
    const third = await reader.ask(Fetch, { maxWaitMs: 0, minBytes: 1, sessionId, sessionEpoch: 2 }, 12);
    expect(third.responses[0]?.partitions.map(({ partitionIndex }) => partitionIndex)).toEqual([0]);
    expect(await reader.ask(Fetch, { maxWaitMs: 0, sessionId, sessionEpoch: 9 }, 12)).toMatchObject({
      errorCode: INVALID_FETCH_SESSION_EPOCH,
    });
    expect(
      await reader.ask(Fetch, { maxWaitMs: 0, sessionId: sessionId === 1 ? 2 : 1, sessionEpoch: 3 }, 12),
    ).toMatchObject({
      errorCode: FETCH_SESSION_ID_NOT_FOUND,
    });
  });
});
