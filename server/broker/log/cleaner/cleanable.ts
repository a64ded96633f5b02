import type { LogConfig, Offset } from "../log-config.ts";

/** What is asked of a segment. The timestamps may cost a read of the disk, and are asked for only where a lag is set. */
export type CleanableSegment = {
  readonly baseOffset: Offset;
  readonly sizeBytes: number;
  readonly maxTimestampMs: number;
  readonly firstTimestampMs: number;
};

/** A log that is asked whether it needs compaction. */
export type CleanableLog = {
  /** Oldest first; the last is written to and is never compacted. */
  readonly segments: readonly CleanableSegment[];
  readonly logStartOffset: Offset;
  readonly logEndOffset: Offset;
  readonly lastStableOffset: Offset;
  /** From cleaner-offset-checkpoint: all below was looked at already; undefined before the first time. */
  readonly cleanedOffset: Offset | undefined;
  readonly config: LogConfig;
};

/** The part of a log to look at next, in whole segments, and how much it is worth. */
export type CleanableRange = {
  readonly firstDirtyOffset: Offset;
  /** Exclusive; where a segment begins. */
  readonly firstUncleanableOffset: Offset;
  readonly cleanableBytes: number;
  /** Share of the log, without what may not be compacted yet, that is dirty: 0 to 1. */
  readonly dirtyRatio: number;
  /** max.compaction.lag.ms has passed for a record in it. */
  readonly isOverdue: boolean;
};

/** What compaction could look at, due or not (Kafka's LogCleanerManager.cleanableOffsets and LogToClean). */
export function cleanableRange(log: CleanableLog, nowMs: number): CleanableRange {
  const firstDirtyOffset = firstDirtyOffsetOf(log);
  const firstUncleanableOffset = firstUncleanableOf(log, firstDirtyOffset, nowMs);
  let cleanBytes = 0;
  let cleanableBytes = 0;
  for (const [index, segment] of log.segments.entries()) {
    if (segment.baseOffset >= firstUncleanableOffset) break;
    const endOffset = log.segments[index + 1]?.baseOffset ?? log.logEndOffset;
    if (endOffset <= firstDirtyOffset) cleanBytes += segment.sizeBytes;
    else cleanableBytes += segment.sizeBytes;
  }
  return {
    firstDirtyOffset,
    firstUncleanableOffset,
    cleanableBytes,
    dirtyRatio: cleanableBytes === 0 ? 0 : cleanableBytes / (cleanBytes + cleanableBytes),
    isOverdue: isOverdue(log, firstDirtyOffset, nowMs),
  };
}

/** Whether the range is worth a pass now. */
export function isCleaningDue(range: CleanableRange, config: LogConfig): boolean {
  return range.cleanableBytes > 0 && (range.isOverdue || range.dirtyRatio > config.minCleanableDirtyRatio);
}

/** A checkpoint outside of the log is of another history, so all of it is looked at. */
function firstDirtyOffsetOf({ cleanedOffset, logStartOffset, logEndOffset }: CleanableLog): Offset {
  if (cleanedOffset === undefined || cleanedOffset < logStartOffset || cleanedOffset > logEndOffset)
    return logStartOffset;
  return cleanedOffset;
}

/** Where the segment begins that holds the last stable offset, is written to, or is younger than min.compaction.lag.ms. */
function firstUncleanableOf(log: CleanableLog, firstDirtyOffset: Offset, nowMs: number): Offset {
  const { segments, lastStableOffset, config } = log;
  const active = segments.at(-1)?.baseOffset ?? 0;
  for (const [index, { baseOffset }] of segments.entries()) {
    if (baseOffset === active) break;
    const endOffset = segments[index + 1]?.baseOffset ?? active;
    if (endOffset <= firstDirtyOffset) continue;
    const isYoung =
      config.minCompactionLagMs > 0 && (segments[index]?.maxTimestampMs ?? -1) > nowMs - config.minCompactionLagMs;
    if (endOffset > lastStableOffset || isYoung) return baseOffset;
  }
  return active;
}

function isOverdue({ segments, config }: CleanableLog, firstDirtyOffset: Offset, nowMs: number): boolean {
  if (config.maxCompactionLagMs >= nowMs) return false;
  return segments.slice(0, -1).some((segment, index) => {
    const isDirty = (segments[index + 1]?.baseOffset ?? 0) > firstDirtyOffset;
    const firstMs = isDirty ? segment.firstTimestampMs : -1;
    return firstMs > 0 && firstMs < nowMs - config.maxCompactionLagMs;
  });
}
