import type { ReadRecord } from "../../client/read-records.ts";
import { inParallel } from "../in-parallel.ts";
import type { PlacedRecord } from "./merge-by-time.ts";
import type { PartitionSource } from "./partition-source.ts";

/** First requests that are under way at once: a topic may have a thousand partitions. */
const FIRST_READS = 24;

/**
 * Takes up to `limit` records of all sources by timestamp, newest or oldest first. Inside a partition the source's own order stands, whatever
 * the timestamps say: offsets are the truth there.
 */
export async function mergeSources(
  sources: readonly PartitionSource[],
  { limit, newestFirst }: { readonly limit: number; readonly newestFirst: boolean },
): Promise<PlacedRecord[]> {
  const heads: { source: PartitionSource; record: ReadRecord }[] = [];
  const first = await inParallel(sources, FIRST_READS, (source) => source.head());
  for (const [index, source] of sources.entries()) {
    const record = first[index];
    if (record) heads.push({ source, record });
  }
  const sign = newestFirst ? 1 : -1;
  const merged: PlacedRecord[] = [];
  while (merged.length < limit) {
    let best = heads[0];
    if (best === undefined) break;
    for (const head of heads) if (sign * (head.record.timestampMs - best.record.timestampMs) > 0) best = head;
    const { source, record } = best;
    merged.push({ topic: source.topic, partition: source.partition, record });
    source.advance();
    const next = await source.head();
    if (next) best.record = next;
    else heads.splice(heads.indexOf(best), 1);
  }
  return merged;
}
