import { expect, test } from "vitest";
import type { BatchFacts, ReadRecord } from "../../client/read-records.ts";
import { DistinctCount } from "./distinct-count.ts";
import { addSize, noSizes, summariseSizes } from "./size-histogram.ts";
import { keptTally, statisticsOf, Tally } from "./tally.ts";

const batch: BatchFacts = {
  baseOffset: 0,
  recordCount: 2,
  sizeBytes: 100,
  codec: "gzip",
  leaderEpoch: 0,
  producerId: -1,
  producerEpoch: -1,
  isTransactional: false,
  timestampType: "create",
};
const record = (key: string | null, value: string | null, timestampMs: number, of = batch): ReadRecord => ({
  offset: 0,
  timestampMs,
  key: key === null ? null : Buffer.from(key),
  value: value === null ? null : Buffer.from(value),
  headers: [],
  batch: of,
});

test("counts sizes, keys, hours, partitions and batches, and goes on from what it kept", () => {
  const first = new Tally();
  first.add(0, record("a", "12345", 10));
  first.add(0, record("b", "1", 20));
  // As it comes out of the store.
  const kept = keptTally.parse(JSON.parse(JSON.stringify(first.checkpoint())));
  const second = new Tally(kept);
  second.add(1, record("a", null, 3_600_000, { ...batch, codec: "none" }));
  second.add(1, record(null, "123", -1, { ...batch, codec: "none" }));
  expect(statisticsOf(second.checkpoint())).toEqual({
    records: 4,
    nullKeys: 1,
    tombstones: 1,
    distinctKeys: 2,
    keySizes: { min: 1, p50: 1, p95: 1, p99: 1, max: 1, total: 3 },
    valueSizes: { min: 1, p50: 3, p95: 5, p99: 5, max: 5, total: 9 },
    firstMs: 10,
    lastMs: 3_600_000,
    partitions: [
      { partition: 0, records: 2, bytes: 8 },
      { partition: 1, records: 2, bytes: 4 },
    ],
    hours: [
      { startMs: 0, records: 2 },
      { startMs: 3_600_000, records: 1 },
    ],
    codecs: [
      { codec: "gzip", batches: 1, records: 2, storedBytes: 100, contentBytes: 8 },
      { codec: "none", batches: 2, records: 2, storedBytes: 200, contentBytes: 4 },
    ],
  });
});

test("percentiles are right to a sixteenth", () => {
  const sizes = noSizes();
  for (let size = 1; size <= 10_000; size++) addSize(sizes, size);
  const { p50, p95, p99, max } = summariseSizes(sizes) ?? { p50: 0, p95: 0, p99: 0, max: 0 };
  for (const [found, true_] of [
    [p50, 5_000],
    [p95, 9_500],
    [p99, 9_900],
  ] as const) {
    expect(found).toBeLessThanOrEqual(true_);
    expect(found).toBeGreaterThan(true_ * (1 - 1 / 16));
  }
  expect(max).toBe(10_000);
  expect(summariseSizes(noSizes())).toBeNull();
});

test("different keys are estimated to a few in a hundred", () => {
  for (const count of [10, 3_000, 100_000]) {
    const keys = new DistinctCount();
    for (let i = 0; i < count; i++) for (let twice = 0; twice < 2; twice++) keys.add(Buffer.from(`key-${i}`));
    expect(Math.abs(new DistinctCount(keys.kept).estimate - count)).toBeLessThanOrEqual(Math.max(1, count * 0.05));
  }
});
