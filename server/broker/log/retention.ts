import type { LogConfig, Offset } from "./log-config.ts";

/** What retention looks at in a segment, oldest first. `ageFromMs` may cost a read of the disk, and is asked for the oldest only. */
export type RetainedSegment = { readonly baseOffset: Offset; readonly sizeBytes: number; readonly ageFromMs: number };

/** The log around them. */
export type RetentionFacts = {
  readonly logStartOffset: Offset;
  readonly logEndOffset: Offset;
  /** Nothing at or above it is ever deleted. */
  readonly highWatermark: Offset;
  readonly nowMs: number;
};

/**
 * How many of the oldest segments go (Kafka's UnifiedLog.deleteOldSegments): those below the log start always; by retention.ms and retention.bytes
 * where cleanup.policy has delete. The last segment goes too when its records are old, but never while it is empty.
 */
export function deletableSegments(
  segments: readonly RetainedSegment[],
  facts: RetentionFacts,
  config: LogConfig,
): number {
  const endOf = (index: number): Offset => segments[index + 1]?.baseOffset ?? facts.logEndOffset;
  const mayGo = (index: number): boolean => {
    const segment = segments[index];
    if (segment === undefined || endOf(index) > facts.highWatermark) return false;
    return index < segments.length - 1 || segment.sizeBytes > 0;
  };
  const countFrom = (start: number, goes: (segment: RetainedSegment, index: number) => boolean): number => {
    let count = start;
    for (
      let segment = segments[count];
      segment !== undefined && mayGo(count) && goes(segment, count);
      segment = segments[count]
    )
      count++;
    return count;
  };

  let count = countFrom(0, (_, index) => index < segments.length - 1 && endOf(index) <= facts.logStartOffset);
  if (!config.cleanupPolicy.delete) return count;
  const { retentionMs, retentionBytes } = config;
  if (retentionMs !== "unlimited") count = countFrom(count, (segment) => facts.nowMs - segment.ageFromMs > retentionMs);
  if (retentionBytes !== "unlimited") {
    let excess = segments.slice(count).reduce((sum, segment) => sum + segment.sizeBytes, 0) - retentionBytes;
    count = countFrom(count, (segment) => {
      excess -= segment.sizeBytes;
      return excess >= 0;
    });
  }
  return count;
}
