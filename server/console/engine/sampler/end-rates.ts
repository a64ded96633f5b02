import { type ClusterSnapshot, partitionKey } from "./snapshot.ts";

/** Seconds after which the mark that rates are counted from moves on. */
const MARK_EVERY = 30;

/** Two marks of a partition's end: rates are counted from the older, which is half a minute to a minute ago. */
type Marks = { old: Mark; young: Mark; now: Mark };
type Mark = { readonly at: number; readonly end: number };

/** How fast partitions are written, over about the last minute. */
export class EndRates {
  private readonly marks = new Map<string, Marks>();

  tell({ offsets, readAtMs }: ClusterSnapshot): void {
    if (offsets === null || offsets.readAtMs < readAtMs) return;
    const at = readAtMs / 1_000;
    const known = new Set<string>();
    for (const [topic, partitions] of offsets.value)
      for (const [partition, { end }] of partitions) {
        const key = partitionKey(topic, partition);
        known.add(key);
        this.mark(key, { at, end });
      }
    for (const key of this.marks.keys()) if (!known.has(key)) this.marks.delete(key);
  }

  /** Records a second; null before two sweeps, and when the partition began anew. */
  perSecond(key: string): number | null {
    const own = this.marks.get(key);
    if (own === undefined || own.now.at <= own.old.at || own.now.end < own.old.end) return null;
    return (own.now.end - own.old.end) / (own.now.at - own.old.at);
  }

  private mark(key: string, now: Mark): void {
    const own = this.marks.get(key);
    // A partition that was not told for long, or is shorter than it was, begins anew.
    if (own === undefined || now.end < own.now.end || now.at - own.now.at > 3 * MARK_EVERY) {
      this.marks.set(key, { old: now, young: now, now });
      return;
    }
    if (now.at - own.young.at >= MARK_EVERY) {
      own.old = own.young;
      own.young = now;
    }
    own.now = now;
  }
}
