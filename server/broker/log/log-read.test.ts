import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { loadCompression } from "../../wire/compression.ts";
import { OFFSET_OUT_OF_RANGE } from "../../wire/errors.ts";
import { batchesIn } from "../../wire/record-batch.ts";
import { isRefusal } from "../refusal.ts";
import type { LogRead, ReadLimits } from "./log-read.ts";
import type { PartitionLog } from "./partition-log.ts";
import { batchOf, NOW_MS, openTestLog, produce, recordsIn } from "./testing/test-log.ts";

beforeAll(loadCompression);

function read(log: PartitionLog, from: number, limits: Partial<ReadLimits> = {}): LogRead {
  const answer = log.read(from, { maxBytes: 1_000_000, maxOffset: log.logEndOffset, atLeastOneBatch: true, ...limits });
  if (isRefusal(answer)) throw new Error(`refused with ${answer.errorCode}`);
  return answer;
}

function offsets(bytes: Uint8Array): string {
  const found: string[] = [];
  for (const batch of batchesIn(bytes)) found.push(`${batch.baseOffset}-${batch.lastOffset}`);
  return found.join(" ");
}

/** Batches 0-2, 3-5, 6-8, 9-11 of equal size. */
function fourBatches(): { log: PartitionLog; batchBytes: number } {
  const log = openTestLog();
  for (let index = 0; index < 4; index++) produce(log, batchOf(["a", "b", "c"]));
  return { log, batchBytes: log.sizeBytes / 4 };
}

describe("a read", () => {
  test("from inside a batch answers that whole batch", () => {
    const { log, batchBytes } = fourBatches();
    expect(offsets(read(log, 4, { maxBytes: batchBytes }).bytes)).toBe("3-5");
    expect(offsets(read(log, 5, { maxBytes: batchBytes * 2 }).bytes)).toBe("3-5 6-8");
  });

  test("is cut at the last batch that fits", () => {
    const { log, batchBytes } = fourBatches();
    expect(offsets(read(log, 0, { maxBytes: batchBytes * 3 - 1 }).bytes)).toBe("0-2 3-5");
    expect(read(log, 0, { maxBytes: batchBytes * 3 }).nextOffset).toBe(9);
  });

  test("answers the first batch whole however small the limit, and only when asked to", () => {
    const { log } = fourBatches();
    expect(offsets(read(log, 3, { maxBytes: 1 }).bytes)).toBe("3-5");
    expect(offsets(read(log, 3, { maxBytes: 0 }).bytes)).toBe("3-5");
    expect(read(log, 3, { maxBytes: 1, atLeastOneBatch: false })).toEqual({ bytes: new Uint8Array(0), nextOffset: 3 });
  });

  test("stops in front of the batch that reaches the bound", () => {
    const { log } = fourBatches();
    expect(offsets(read(log, 0, { maxOffset: 6 }).bytes)).toBe("0-2 3-5");
    expect(offsets(read(log, 0, { maxOffset: 5 }).bytes)).toBe("0-2");
    expect(offsets(read(log, 6, { maxOffset: 6 }).bytes)).toBe("");
  });

  test("at the end is empty, outside the log it is refused", () => {
    const { log } = fourBatches();
    expect(read(log, 12).bytes).toHaveLength(0);
    const limits = { maxBytes: 1, maxOffset: 12, atLeastOneBatch: true };
    expect(log.read(13, limits)).toMatchObject({ errorCode: OFFSET_OUT_OF_RANGE });
    expect(log.read(-1, limits)).toMatchObject({ errorCode: OFFSET_OUT_OF_RANGE });
    log.deleteRecordsBefore(4, NOW_MS);
    expect(log.read(3, limits)).toMatchObject({ errorCode: OFFSET_OUT_OF_RANGE });
    expect(offsets(read(log, 4, { maxOffset: 6 }).bytes)).toBe("3-5");
  });

  test("owns its bytes: later appends and reads leave them alone", () => {
    const { log } = fourBatches();
    const first = read(log, 0);
    const copy = [...first.bytes];
    produce(log, batchOf(["z"]));
    read(log, 3);
    expect([...first.bytes]).toEqual(copy);
  });

  test("goes on where the last one stopped, segment after segment", () => {
    const log = openTestLog({ segmentBytes: 400 });
    for (let index = 0; index < 30; index++) produce(log, batchOf([`v${index}`]));
    expect(log.segmentCount).toBeGreaterThan(4);
    const found: string[] = [];
    for (let offset = 0; offset < log.logEndOffset;) {
      const { bytes, nextOffset } = read(log, offset, { maxBytes: 200 });
      found.push(...recordsIn(bytes));
      expect(nextOffset).toBeGreaterThan(offset);
      offset = nextOffset;
    }
    expect(found).toEqual(Array.from({ length: 30 }, (_, index) => `${index}:v${index}`));
  });
});

describe("a lookup in the index answers the same as a scan of the whole log", () => {
  const shape = fc.record({
    batches: fc.array(
      fc.record({
        records: fc.integer({ min: 1, max: 4 }),
        valueBytes: fc.integer({ min: 0, max: 300 }),
        gap: fc.constantFrom(0, 0, 0, 7),
        timeStep: fc.integer({ min: -50, max: 100 }),
      }),
      {
        minLength: 1,
        maxLength: 40,
      },
    ),
    segmentBytes: fc.integer({ min: 400, max: 3000 }),
    indexIntervalBytes: fc.integer({ min: 0, max: 900 }),
  });

  /** A log as compaction leaves it: with gaps between batches, and times that go up and down. */
  function build({
    batches,
    segmentBytes,
    indexIntervalBytes,
  }: typeof shape extends fc.Arbitrary<infer T> ? T : never) {
    const log = openTestLog({ segmentBytes, indexIntervalBytes });
    const records: { offset: number; timestampMs: number; base: number; last: number }[] = [];
    let next = 0;
    let timestampMs = NOW_MS;
    for (const { records: count, valueBytes, gap, timeStep } of batches) {
      const base = next + gap;
      timestampMs += timeStep;
      log.appendAsFollower(
        batchOf(
          Array.from({ length: count }, () => "x".repeat(valueBytes)),
          { baseOffset: base, timestampMs, partitionLeaderEpoch: 1 },
        ),
        NOW_MS,
      );
      for (let index = 0; index < count; index++)
        records.push({ offset: base + index, timestampMs: timestampMs + index, base, last: base + count - 1 });
      next = base + count;
    }
    log.updateHighWatermark(log.logEndOffset);
    return { log, records };
  }

  test("by offset", () => {
    fc.assert(
      fc.property(shape, fc.nat(), (drawn, seed) => {
        const { log, records } = build(drawn);
        for (let round = 0; round < 8; round++) {
          const from = (seed + round * 13) % log.logEndOffset;
          const expected = records.find(({ last }) => last >= from);
          const [first] = batchesIn(read(log, from, { maxBytes: 1 }).bytes);
          expect(first?.baseOffset).toBe(expected?.base);
        }
        log.closeFiles();
      }),
      { numRuns: 60 },
    );
  });

  test("by time", () => {
    fc.assert(
      fc.property(shape, fc.integer({ min: -100, max: 2000 }), (drawn, afterMs) => {
        const { log, records } = build(drawn);
        const target = NOW_MS + afterMs;
        const expected = records.find(({ timestampMs }) => timestampMs >= target);
        expect(log.offsetForTimestamp(target, log.logEndOffset)?.offset).toBe(expected?.offset);
        const newest = Math.max(...records.map(({ timestampMs }) => timestampMs));
        expect(log.offsetOfMaxTimestamp()).toMatchObject({
          timestampMs: newest,
          offset: records.find(({ timestampMs }) => timestampMs === newest)?.offset,
        });
        log.closeFiles();
      }),
      { numRuns: 60 },
    );
  });

  test("after the log was closed and opened again", async () => {
    const { log, records } = build({
      batches: Array.from({ length: 30 }, (_, index) => ({
        records: 2,
        valueBytes: 100,
        gap: index % 5 === 0 ? 7 : 0,
        timeStep: 10,
      })),
      segmentBytes: 1500,
      indexIntervalBytes: 300,
    });
    await log.close();
    const again = openTestLog({}, { directory: log.directory, recoveryPoint: log.logEndOffset, cleanShutdown: true });
    for (const { offset, timestampMs, base } of records) {
      expect([...batchesIn(read(again, offset, { maxBytes: 1 }).bytes)][0]?.baseOffset).toBe(base);
      expect(again.offsetForTimestamp(timestampMs, again.logEndOffset)?.offset).toBe(
        records.find((record) => record.timestampMs >= timestampMs)?.offset,
      );
    }
  });
});

describe("the bytes between two offsets", () => {
  test("are exact where a reader stands and never 0 before the end", () => {
    const { log, batchBytes } = fourBatches();
    read(log, 0, { maxBytes: batchBytes * 2 });
    expect(log.bytesBetween(6, 12)).toBe(batchBytes * 2);
    expect(log.bytesBetween(12, 12)).toBe(0);
    expect(log.bytesBetween(11, 12)).toBeGreaterThan(0);
  });
});

describe("a search by time", () => {
  test("finds a record inside a compressed batch, and none behind the bound", () => {
    const log = openTestLog();
    produce(log, batchOf(["a", "b", "c"], { codec: "zstd" }));
    expect(log.offsetForTimestamp(NOW_MS + 1, 3)).toEqual({ offset: 1, timestampMs: NOW_MS + 1, leaderEpoch: 0 });
    expect(log.offsetForTimestamp(NOW_MS + 2, 2)).toBeUndefined();
    expect(log.offsetForTimestamp(NOW_MS + 3, 3)).toBeUndefined();
    expect(log.offsetForTimestamp(0, 3)?.offset).toBe(0);
  });

  test("leaves out deleted records", () => {
    const log = openTestLog();
    produce(log, batchOf(["a", "b", "c"]));
    log.deleteRecordsBefore(2, NOW_MS);
    expect(log.offsetForTimestamp(0, 3)?.offset).toBe(2);
  });

  test("of an empty log finds nothing", () => {
    expect(openTestLog().offsetForTimestamp(0, 0)).toBeUndefined();
    expect(openTestLog().offsetOfMaxTimestamp()).toBeUndefined();
  });
});
