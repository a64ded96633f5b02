import { describe, expect, test } from "vitest";
import type { ReadRecord } from "../../client/read-records.ts";
import { mergeByTime } from "./merge-by-time.ts";
import { mergeSources } from "./merge-sources.ts";
import type { PartitionSource } from "./partition-source.ts";

const batch = {
  baseOffset: 0,
  recordCount: 1,
  sizeBytes: 1,
  codec: "none",
  leaderEpoch: 0,
  producerId: -1,
  producerEpoch: -1,
  isTransactional: false,
  timestampType: "create",
} as const;

const record = (offset: number, timestampMs: number): ReadRecord => ({
  offset,
  timestampMs,
  key: null,
  value: null,
  headers: [],
  batch,
});

/** A partition that is all in memory; counts how far it was read. */
class Listed implements PartitionSource {
  readonly topic = "t";
  readonly problem = null;
  readonly firstPosition = 0;
  taken = 0;
  constructor(
    readonly partition: number,
    private readonly records: readonly ReadRecord[],
  ) {}
  get edgeOffset(): number {
    return this.taken;
  }
  prime(): void {}
  head(): Promise<ReadRecord | undefined> {
    return Promise.resolve(this.records[this.taken]);
  }
  advance(): void {
    this.taken += 1;
  }
}

const names = (merged: readonly { partition: number; record: ReadRecord }[]) =>
  merged.map(({ partition, record: { offset } }) => `${partition}:${offset}`);

describe("merging by time", () => {
  test("keeps each partition's own order, whatever its timestamps say", async () => {
    const first = [record(0, 10), record(1, 5), record(2, 30)];
    const second = [record(0, 7), record(1, 20)];
    const expected = ["1:0", "0:0", "0:1", "1:1", "0:2"];
    const place = (partition: number, records: ReadRecord[]) =>
      records.map((one) => ({ topic: "t", partition, record: one }));
    expect(names(mergeByTime([place(0, first), place(1, second), []]))).toEqual(expected);
    const sources = [new Listed(0, first), new Listed(1, second), new Listed(2, [])];
    expect(names(await mergeSources(sources, { limit: 10, newestFirst: false }))).toEqual(expected);
    const backward = [new Listed(0, first.toReversed()), new Listed(1, second.toReversed())];
    expect(names(await mergeSources(backward, { limit: 10, newestFirst: true }))).toEqual([
      "0:2",
      "1:1",
      "1:0",
      "0:1",
      "0:0",
    ]);
  });

  test("takes no more than its limit of any partition", async () => {
    const sources = [0, 1].map((partition) => new Listed(partition, [record(0, 1), record(1, 2), record(2, 3)]));
    expect(names(await mergeSources(sources, { limit: 2, newestFirst: false }))).toEqual(["0:0", "1:0"]);
    expect(sources.map(({ taken }) => taken)).toEqual([1, 1]);
  });
});
