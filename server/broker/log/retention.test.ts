import { readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { OFFSET_OUT_OF_RANGE } from "../../wire/errors.ts";
import { defaultLogConfig } from "./log-config.ts";
import { deletableSegments } from "./retention.ts";
import { batchOf, contentOf, NOW_MS, openTestLog, produce } from "./testing/test-log.ts";

const HOUR_MS = 3_600_000;

describe("segments that may go", () => {
  const segments = [0, 10, 20, 30].map((baseOffset, index) => ({
    baseOffset,
    sizeBytes: 100,
    ageFromMs: NOW_MS - (4 - index) * HOUR_MS,
  }));
  const facts = { logStartOffset: 0, logEndOffset: 40, highWatermark: 40, nowMs: NOW_MS };
  const config = { ...defaultLogConfig, retentionMs: "unlimited" as const };

  test("are those older than retention.ms by their newest record, the last one too", () => {
    const count = (retentionMs: number): number => deletableSegments(segments, facts, { ...config, retentionMs });
    expect([count(4 * HOUR_MS), count(4 * HOUR_MS - 1), count(3 * HOUR_MS - 1), count(0)]).toEqual([0, 1, 2, 4]);
  });

  test("are the oldest while what stays is at least retention.bytes", () => {
    const count = (retentionBytes: number): number => deletableSegments(segments, facts, { ...config, retentionBytes });
    expect([count(400), count(301), count(300), count(299), count(200), count(0)]).toEqual([0, 0, 1, 1, 2, 4]);
  });

  test("never reach the high watermark", () => {
    const count = (highWatermark: number): number =>
      deletableSegments(segments, { ...facts, highWatermark }, { ...config, retentionMs: 0 });
    expect([count(9), count(10), count(29), count(39), count(40)]).toEqual([0, 1, 2, 3, 4]);
  });

  test("are only those below the log start where the topic is compacted alone", () => {
    const compacted = { ...config, retentionMs: 0, retentionBytes: 0, cleanupPolicy: { delete: false, compact: true } };
    expect(deletableSegments(segments, facts, compacted)).toBe(0);
    expect(deletableSegments(segments, { ...facts, logStartOffset: 25 }, compacted)).toBe(2);
  });

  test("do not include an empty last segment", () => {
    const empty = [{ baseOffset: 0, sizeBytes: 0, ageFromMs: 0 }];
    expect(
      deletableSegments(empty, { ...facts, logEndOffset: 0, highWatermark: 0 }, { ...config, retentionMs: 0 }),
    ).toBe(0);
  });
});

describe("retention on a log", () => {
  test("files are renamed first and removed after file.delete.delay.ms", () => {
    const log = openTestLog({ segmentBytes: 200, retentionMs: HOUR_MS, fileDeleteDelayMs: 60_000 });
    for (let index = 0; index < 6; index++) produce(log, batchOf([`v${index}`], { timestampMs: NOW_MS }));
    const segments = log.segmentCount;
    expect(log.deleteOldSegments(NOW_MS + HOUR_MS)).toBe(0);
    expect(log.deleteOldSegments(NOW_MS + HOUR_MS + 1)).toBe(segments);
    expect([log.logStartOffset, log.logEndOffset, log.segmentCount, log.sizeBytes]).toEqual([6, 6, 1, 0]);
    const deleted = (): string[] => readdirSync(log.directory).filter((name) => name.endsWith(".deleted"));
    expect(deleted().filter((name) => name.includes(".log."))).toHaveLength(segments);
    log.removeDeletedFiles(NOW_MS + HOUR_MS + 60_000);
    expect(deleted()).not.toEqual([]);
    log.removeDeletedFiles(NOW_MS + HOUR_MS + 60_001);
    expect(deleted()).toEqual([]);
    expect(produce(log, batchOf(["next"])).baseOffset).toBe(6);
    expect(contentOf(log)).toEqual(["6:next"]);
  });

  test("DeleteRecords moves the log start, also into a batch, and drops whole segments", () => {
    const log = openTestLog({ segmentBytes: 300 });
    for (let index = 0; index < 6; index++) produce(log, batchOf(["a", "b", "c"]), { leaderEpoch: index });
    expect(log.deleteRecordsBefore(10, NOW_MS)).toBe(10);
    expect([log.logStartOffset, contentOf(log, 10)[0]]).toEqual([10, "9:a"]);
    expect(log.deleteRecordsBefore(4, NOW_MS)).toBe(10);
    expect(log.deleteRecordsBefore(19, NOW_MS)).toMatchObject({ errorCode: OFFSET_OUT_OF_RANGE });
    expect(log.leaderEpochs.entries.map(({ startOffset }) => startOffset)).toEqual([10, 12, 15]);
    expect(log.deleteRecordsBefore(18, NOW_MS)).toBe(18);
    expect(contentOf(log)).toEqual([]);
  });

  test("a log start inside a segment survives a restart by its checkpoint", async () => {
    const log = openTestLog();
    for (let index = 0; index < 4; index++) produce(log, batchOf([`v${index}`]));
    log.deleteRecordsBefore(2, NOW_MS);
    await log.close();
    const again = openTestLog(
      {},
      { directory: log.directory, logStartOffset: 2, recoveryPoint: 4, cleanShutdown: true },
    );
    expect([again.logStartOffset, contentOf(again)]).toEqual([2, ["2:v2", "3:v3"]]);
  });
});

describe("rolling", () => {
  test("by size: a segment never grows beyond segment.bytes", () => {
    const log = openTestLog({ segmentBytes: 1000 });
    const batchBytes = produce(log, batchOf(["x".repeat(100)])) && log.sizeBytes;
    const perSegment = Math.floor(1000 / batchBytes);
    for (let index = 1; index < perSegment * 3; index++) produce(log, batchOf(["x".repeat(100)]));
    expect(log.segmentCount).toBe(3);
  });

  test("by time: from the first record's timestamp to the new one's", () => {
    const log = openTestLog({ segmentMs: HOUR_MS, messageTimestampAfterMaxMs: Number.MAX_SAFE_INTEGER });
    produce(log, batchOf(["a"], { timestampMs: NOW_MS }));
    produce(log, batchOf(["b"], { timestampMs: NOW_MS + HOUR_MS }));
    expect(log.segmentCount).toBe(1);
    produce(log, batchOf(["c"], { timestampMs: NOW_MS + HOUR_MS + 1 }));
    expect(log.segmentCount).toBe(2);
  });

  test("by a full index", () => {
    const log = openTestLog({ indexIntervalBytes: 0, segmentIndexBytes: 40 });
    for (let index = 0; index < 12; index++)
      produce(log, batchOf([`v${index}`], { timestampMs: NOW_MS - 100 + index }));
    expect(log.segmentCount).toBeGreaterThan(2);
    expect(contentOf(log)).toHaveLength(12);
  });

  test("by offsets that a segment cannot name", () => {
    const log = openTestLog();
    log.appendAsFollower(batchOf(["a"], { baseOffset: 0 }), NOW_MS);
    log.appendAsFollower(batchOf(["b"], { baseOffset: 2 ** 31 - 1 }), NOW_MS);
    expect(log.segmentCount).toBe(1);
    log.appendAsFollower(batchOf(["c"], { baseOffset: 2 ** 31 }), NOW_MS);
    log.appendAsFollower(batchOf(["d"], { baseOffset: 2 ** 33 }), NOW_MS);
    expect(log.segmentCount).toBe(3);
    expect(contentOf(log)).toEqual(["0:a", `${2 ** 31 - 1}:b`, `${2 ** 31}:c`, `${2 ** 33}:d`]);
  });
});
