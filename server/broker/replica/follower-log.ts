import type { Offset } from "../log/log-config.ts";
import type { PartitionLog } from "../log/partition-log.ts";

/** A leader's answer to a follower's fetch from the end of its log, where there is no error. */
export type Fetched = {
  /** Whole batches; empty when there is nothing new. */
  readonly records: Uint8Array;
  readonly highWatermark: Offset;
  readonly logStartOffset: Offset;
  /** The common history ends before the follower's log does: the largest epoch that both know of, and its end at the leader. */
  readonly diverging: { readonly epoch: number; readonly endOffset: Offset } | undefined;
};

/** From where to where the leader's log goes. */
export type LeaderRange = { readonly startOffset: Offset; readonly endOffset: Offset };

/** Takes over records, high watermark and log start, or cuts off what the leader does not have. Throws WireError, DiskError. */
export function takeFetched(log: PartitionLog, fetched: Fetched, nowMs: number): void {
  if (fetched.diverging !== undefined) return log.truncateTo(commonEnd(log, fetched.diverging), nowMs);
  if (fetched.records.length > 0) log.appendAsFollower(fetched.records, nowMs);
  if (fetched.highWatermark !== log.highWatermark) log.updateHighWatermark(fetched.highWatermark);
  if (fetched.logStartOffset > log.logStartOffset)
    log.deleteRecordsBefore(Math.min(fetched.logStartOffset, log.highWatermark), nowMs);
}

/**
 * Brings a log into the leader's range, after OFFSET_OUT_OF_RANGE: one that is longer was written under a leader whose records are lost (unclean
 * election); one that ends before the leader's begins was away for longer than the retention.
 */
export function fitToLeader(log: PartitionLog, leader: LeaderRange, nowMs: number): void {
  if (log.logEndOffset > leader.endOffset) log.truncateTo(leader.endOffset, nowMs);
  else if (log.logEndOffset < leader.startOffset) log.truncateFullyAndStartAt(leader.startOffset, nowMs);
}

/**
 * Where to cut (AbstractFetcherThread.getOffsetTruncationState). When the epoch that the leader names is not known here, what follows the one before it
 * goes, and the next fetch finds the next step; each round has fewer epochs.
 */
function commonEnd(log: PartitionLog, leader: { readonly epoch: number; readonly endOffset: Offset }): Offset {
  const own = log.endOffsetForEpoch(leader.epoch);
  if (own === undefined) return Math.min(leader.endOffset, log.logEndOffset);
  if (own.epoch !== leader.epoch) return Math.min(own.endOffset, log.logEndOffset);
  return Math.min(own.endOffset, leader.endOffset, log.logEndOffset);
}
