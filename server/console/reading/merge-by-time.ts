import type { ReadRecord } from "../../client/read-records.ts";

/** A record with the topic and partition that it is of. */
export type PlacedRecord = { readonly topic: string; readonly partition: number; readonly record: ReadRecord };

/** Merges lists of records, one a partition, oldest first. Inside a list its own order stands: offsets are the truth there, not timestamps. */
export function mergeByTime(lists: readonly (readonly PlacedRecord[])[]): PlacedRecord[] {
  const heads = lists.filter((list) => list.length > 0).map((list) => ({ list, index: 0 }));
  const merged: PlacedRecord[] = [];
  for (;;) {
    let best: PlacedRecord | undefined;
    let bestHead: (typeof heads)[number] | undefined;
    for (const head of heads) {
      const next = head.list[head.index];
      if (next && (best === undefined || next.record.timestampMs < best.record.timestampMs)) {
        best = next;
        bestHead = head;
      }
    }
    if (best === undefined || bestHead === undefined) return merged;
    merged.push(best);
    bestHead.index += 1;
  }
}
