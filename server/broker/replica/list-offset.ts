import { LEADER_NOT_AVAILABLE, NONE, OFFSET_NOT_AVAILABLE, UNSUPPORTED_VERSION } from "../../wire/errors.ts";
import type { Offset } from "../log/log-config.ts";
import type { PartitionLog } from "../log/partition-log.ts";

/** Which records a reader may see: up to the high watermark, or up to the last stable offset. */
export type Isolation = "uncommitted" | "committed";

/** ListOffsets of one partition. Timestamps -1 to -6 as in Kafka's protocol; `version` is the request's. */
export type ListOffsetQuery = {
  readonly timestamp: number;
  readonly isolation: Isolation;
  readonly currentLeaderEpoch?: number;
  readonly version: number;
  /** Broker id of a follower that asks, which may see up to the log end. */
  readonly replicaId?: number;
};
/** `offset` and `timestamp` are -1 where there is none. */
export type ListedOffset = {
  readonly errorCode: number;
  readonly offset: Offset;
  readonly timestamp: number;
  readonly leaderEpoch: number;
};

/** Timestamps that name a place instead of a time, and the version of ListOffsets that brought each. */
const LATEST = -1;
const EARLIEST = -2;
const MAX_TIMESTAMP = -3;
const EARLIEST_LOCAL = -4;
const LATEST_TIERED = -5;
const EARLIEST_PENDING_UPLOAD = -6;
const FIRST_VERSION: ReadonlyMap<number, number> = new Map([
  [MAX_TIMESTAMP, 7],
  [EARLIEST_LOCAL, 8],
  [LATEST_TIERED, 9],
  [EARLIEST_PENDING_UPLOAD, 11],
]);
/** First version with OFFSET_NOT_AVAILABLE. */
const OFFSET_NOT_AVAILABLE_VERSION = 5;

/** What is asked of a log. */
export type ListedLog = Pick<
  PartitionLog,
  | "logStartOffset"
  | "logEndOffset"
  | "highWatermark"
  | "lastStableOffset"
  | "offsetForTimestamp"
  | "offsetOfMaxTimestamp"
> & { readonly leaderEpochs: Pick<PartitionLog["leaderEpochs"], "epochAt"> };

/** The log of a leader that nobody has written to or read from: as it will begin. */
export function unmadeLog(leaderEpoch: number): ListedLog {
  const nothing = () => undefined;
  return {
    logStartOffset: 0,
    logEndOffset: 0,
    highWatermark: 0,
    lastStableOffset: 0,
    offsetForTimestamp: nothing,
    offsetOfMaxTimestamp: nothing,
    leaderEpochs: { epochAt: () => leaderEpoch },
  };
}

/** The leader's facts beside its log. */
export type ListOffsetFacts = { readonly leaderEpoch: number; readonly epochStartOffset: Offset };

/** Finds the offset (Kafka's Partition.fetchOffsetForTimestamp). There is no tiered storage. Throws DiskError, WireError at damaged records. */
export function listOffset(log: ListedLog, query: ListOffsetQuery, facts: ListOffsetFacts): ListedOffset {
  const { timestamp, version } = query;
  if (timestamp < EARLIEST_PENDING_UPLOAD || (FIRST_VERSION.get(timestamp) ?? 0) > version)
    return refused(UNSUPPORTED_VERSION);
  const isFollower = (query.replicaId ?? -1) >= 0;
  const isBehind = !isFollower && facts.epochStartOffset > log.highWatermark;
  const notYet = version >= OFFSET_NOT_AVAILABLE_VERSION ? OFFSET_NOT_AVAILABLE : LEADER_NOT_AVAILABLE;
  const bound = isFollower
    ? log.logEndOffset
    : query.isolation === "committed"
      ? log.lastStableOffset
      : log.highWatermark;
  switch (timestamp) {
    case LATEST:
      return isBehind ? refused(notYet) : found(bound, -1, facts.leaderEpoch);
    case EARLIEST:
    case EARLIEST_LOCAL:
      return found(log.logStartOffset, -1, log.leaderEpochs.epochAt(log.logStartOffset) ?? -1);
    case LATEST_TIERED:
    case EARLIEST_PENDING_UPLOAD:
      return found(-1, -1, -1);
  }
  const record =
    timestamp === MAX_TIMESTAMP ? log.offsetOfMaxTimestamp() : log.offsetForTimestamp(timestamp, log.logEndOffset);
  if (record === undefined) return found(-1, -1, -1);
  if (record.offset < bound) return found(record.offset, record.timestampMs, record.leaderEpoch);
  // The record is there and not yet committed: after an election that may only be because the high watermark is not known yet.
  return isBehind ? refused(notYet) : found(-1, -1, -1);
}

function found(offset: Offset, timestamp: number, leaderEpoch: number): ListedOffset {
  return { errorCode: NONE, offset, timestamp, leaderEpoch };
}

function refused(errorCode: number): ListedOffset {
  return { errorCode, offset: -1, timestamp: -1, leaderEpoch: -1 };
}
