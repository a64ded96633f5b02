import { beforeAll, describe, expect, test } from "vitest";
import { loadCompression } from "../../wire/compression.ts";
import { LEADER_NOT_AVAILABLE, NONE, OFFSET_NOT_AVAILABLE, UNSUPPORTED_VERSION } from "../../wire/errors.ts";
import type { PartitionLog } from "../log/partition-log.ts";
import { batchOf, NOW_MS, openTestLog, produce } from "../log/testing/test-log.ts";
import { listOffset, type ListOffsetQuery } from "./list-offset.ts";

const FACTS = { leaderEpoch: 4, epochStartOffset: 0 };

beforeAll(loadCompression);

/** Offsets 0 to 5; 3 is the newest by time; from 4 on a transaction is open. */
function log(): PartitionLog {
  const opened = openTestLog();
  produce(opened, batchOf(["a", "b", "c"], { codec: "lz4" }), { leaderEpoch: 3 });
  produce(opened, batchOf(["d"], { timestampMs: NOW_MS + 50 }), { leaderEpoch: 4 });
  produce(
    opened,
    batchOf(["e", "f"], {
      timestampMs: NOW_MS + 10,
      producerId: 1,
      producerEpoch: 0,
      baseSequence: 0,
      isTransactional: true,
    }),
    { leaderEpoch: 4 },
  );
  return opened;
}

function query(timestamp: number, options: Partial<ListOffsetQuery> = {}): ListOffsetQuery {
  return { timestamp, isolation: "uncommitted", version: 11, ...options };
}

describe("a place by name", () => {
  test.each([
    { name: "latest", asked: query(-1), answer: { offset: 6, timestamp: -1, leaderEpoch: 4 } },
    {
      name: "latest committed",
      asked: query(-1, { isolation: "committed" }),
      answer: { offset: 4, timestamp: -1, leaderEpoch: 4 },
    },
    { name: "earliest", asked: query(-2), answer: { offset: 0, timestamp: -1, leaderEpoch: 3 } },
    { name: "the newest by time", asked: query(-3), answer: { offset: 3, timestamp: NOW_MS + 50, leaderEpoch: 4 } },
    { name: "earliest local", asked: query(-4), answer: { offset: 0, timestamp: -1, leaderEpoch: 3 } },
    {
      name: "latest tiered, of which there is none",
      asked: query(-5),
      answer: { offset: -1, timestamp: -1, leaderEpoch: -1 },
    },
    {
      name: "earliest pending upload, of which there is none",
      asked: query(-6),
      answer: { offset: -1, timestamp: -1, leaderEpoch: -1 },
    },
  ])("$name", ({ asked, answer }) => {
    expect(listOffset(log(), asked, FACTS)).toEqual({ errorCode: NONE, ...answer });
  });

  test.each([
    { timestamp: -3, version: 6 },
    { timestamp: -4, version: 7 },
    { timestamp: -5, version: 8 },
    { timestamp: -6, version: 10 },
    { timestamp: -7, version: 11 },
  ])("$timestamp is unknown to version $version", ({ timestamp, version }) => {
    expect(listOffset(log(), query(timestamp, { version }), FACTS).errorCode).toBe(UNSUPPORTED_VERSION);
  });
});

describe("a time", () => {
  test.each([
    { name: "before all is the first record", asked: query(0), offset: 0 },
    { name: "inside a compressed batch is that record", asked: query(NOW_MS + 1), offset: 1 },
    { name: "between two batches is the next record", asked: query(NOW_MS + 3), offset: 3 },
    { name: "after all is nothing", asked: query(NOW_MS + 51), offset: -1 },
    {
      name: "whose record is not committed is nothing",
      asked: query(NOW_MS + 11, { isolation: "committed" }),
      offset: 3,
    },
  ])("$name", ({ asked, offset }) => {
    expect(listOffset(log(), asked, FACTS)).toMatchObject({ errorCode: NONE, offset });
  });
});

describe("while a new leader's high watermark is behind its epoch", () => {
  const facts = { leaderEpoch: 4, epochStartOffset: 6 };
  function behind(): PartitionLog {
    const opened = log();
    opened.updateHighWatermark(3);
    return opened;
  }

  test("latest is not known yet, but for followers", () => {
    expect(listOffset(behind(), query(-1), facts).errorCode).toBe(OFFSET_NOT_AVAILABLE);
    expect(listOffset(behind(), query(-1, { version: 4 }), facts).errorCode).toBe(LEADER_NOT_AVAILABLE);
    expect(listOffset(behind(), query(-1, { replicaId: 2 }), facts)).toMatchObject({ errorCode: NONE, offset: 6 });
  });

  test("a time above it is not known yet, one below is", () => {
    expect(listOffset(behind(), query(NOW_MS + 20), facts).errorCode).toBe(OFFSET_NOT_AVAILABLE);
    expect(listOffset(behind(), query(NOW_MS), facts)).toMatchObject({ errorCode: NONE, offset: 0 });
    expect(listOffset(behind(), query(-2), facts)).toMatchObject({ errorCode: NONE, offset: 0 });
  });
});
