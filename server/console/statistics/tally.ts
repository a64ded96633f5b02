import * as z from "zod/mini";
import type { TopicStatistics } from "../../../lib/contracts/statistics.ts";
import type { BatchFacts, ReadRecord } from "../../client/read-records.ts";
import { DistinctCount } from "./distinct-count.ts";
import { addSize, noSizes, summariseSizes } from "./size-histogram.ts";

const HOUR_MS = 3_600_000;
/** Hours that are told apart; older ones are dropped, since a timestamp may be anything. */
const HOURS_MAX = 2_000;

const keptSizes = z.object({
  counts: z.record(z.string(), z.number()),
  count: z.number(),
  total: z.number(),
  min: z.number(),
  max: z.number(),
});

/** All that is counted, as it is kept with the job. */
export const keptTally = z.object({
  records: z.number(),
  nullKeys: z.number(),
  tombstones: z.number(),
  keys: z.string(),
  keySizes: keptSizes,
  valueSizes: keptSizes,
  firstMs: z.nullable(z.number()),
  lastMs: z.nullable(z.number()),
  partitions: z.record(z.string(), z.object({ records: z.number(), bytes: z.number() })),
  hours: z.record(z.string(), z.number()),
  codecs: z.record(
    z.string(),
    z.object({ batches: z.number(), records: z.number(), storedBytes: z.number(), contentBytes: z.number() }),
  ),
});
export type KeptTally = z.infer<typeof keptTally>;

/** Counts the records of a topic, one after the other; what was counted before can be taken up. */
export class Tally {
  private readonly kept: KeptTally;
  private readonly keys: DistinctCount;
  private batch: BatchFacts | undefined;

  constructor(kept?: KeptTally) {
    this.kept = kept ?? {
      ...{ records: 0, nullKeys: 0, tombstones: 0, keys: "", firstMs: null, lastMs: null },
      ...{ keySizes: noSizes(), valueSizes: noSizes(), partitions: {}, hours: {}, codecs: {} },
    };
    this.keys = new DistinctCount(kept?.keys);
  }

  add(partition: number, record: ReadRecord): void {
    const { kept } = this;
    const { key, value, timestampMs, batch } = record;
    const contentBytes = (key?.length ?? 0) + (value?.length ?? 0);
    kept.records += 1;
    if (key === null) kept.nullKeys += 1;
    else {
      this.keys.add(key);
      addSize(kept.keySizes, key.length);
    }
    if (value === null) kept.tombstones += 1;
    else addSize(kept.valueSizes, value.length);
    const own = (kept.partitions[partition] ??= { records: 0, bytes: 0 });
    own.records += 1;
    own.bytes += contentBytes;
    const codec = (kept.codecs[batch.codec] ??= { batches: 0, records: 0, storedBytes: 0, contentBytes: 0 });
    codec.records += 1;
    codec.contentBytes += contentBytes;
    if (batch !== this.batch) {
      this.batch = batch;
      codec.batches += 1;
      codec.storedBytes += batch.sizeBytes;
    }
    if (timestampMs >= 0) this.addTime(timestampMs);
  }

  /** To be kept with a checkpoint. */
  checkpoint(): KeptTally {
    this.dropOldHours();
    return { ...this.kept, keys: this.keys.kept };
  }

  private addTime(timestampMs: number): void {
    const { kept } = this;
    kept.firstMs = Math.min(kept.firstMs ?? timestampMs, timestampMs);
    kept.lastMs = Math.max(kept.lastMs ?? timestampMs, timestampMs);
    const hour = Math.floor(timestampMs / HOUR_MS);
    kept.hours[hour] = (kept.hours[hour] ?? 0) + 1;
  }

  private dropOldHours(): void {
    const hours = Object.keys(this.kept.hours);
    if (hours.length <= HOURS_MAX) return;
    hours.sort((a, b) => Number(a) - Number(b));
    for (const hour of hours.slice(0, hours.length - HOURS_MAX)) delete this.kept.hours[hour];
  }
}

/** What was counted, in figures. */
export function statisticsOf(kept: KeptTally): TopicStatistics {
  const numbered = <Value>(entries: Readonly<Record<string, Value>>) =>
    Object.entries(entries)
      .map(([name, value]) => [Number(name), value] as const)
      .sort(([a], [b]) => a - b);
  return {
    records: kept.records,
    nullKeys: kept.nullKeys,
    tombstones: kept.tombstones,
    distinctKeys: Math.min(new DistinctCount(kept.keys).estimate, kept.records - kept.nullKeys),
    keySizes: summariseSizes(kept.keySizes),
    valueSizes: summariseSizes(kept.valueSizes),
    firstMs: kept.firstMs,
    lastMs: kept.lastMs,
    partitions: numbered(kept.partitions).map(([partition, counted]) => ({ partition, ...counted })),
    hours: numbered(kept.hours).map(([hour, records]) => ({ startMs: hour * HOUR_MS, records })),
    codecs: Object.entries(kept.codecs)
      .map(([codec, counted]) => ({ codec, ...counted }))
      .sort((a, b) => b.records - a.records),
  };
}
