import { NONE, OFFSET_OUT_OF_RANGE, UNSUPPORTED_COMPRESSION_TYPE } from "../../wire/errors.ts";
import type { Offset } from "../log/log-config.ts";
import type { PartitionLog } from "../log/partition-log.ts";
import { isRefusal } from "../refusal.ts";
import type { Isolation } from "./list-offset.ts";
import type { Partition } from "./partition.ts";

/** First version of Fetch that may answer zstd (KIP-110). */
const ZSTD_FETCH_VERSION = 10;
const NO_RECORDS = new Uint8Array(0);

/** Fetch of one partition. */
export type ReadOptions = {
  readonly fetchOffset: Offset;
  readonly maxBytes: number;
  readonly atLeastOneBatch: boolean;
  /** As in `ReadLimits`. */
  readonly lend?: (sizeBytes: number) => Uint8Array;
  readonly isolation: Isolation;
  /** -1 or absent: no check. */
  readonly currentLeaderEpoch?: number;
  /** Epoch of the last record the fetcher has; -1 or absent: no check (KIP-595). */
  readonly lastFetchedEpoch?: number;
  /** Broker id of a follower; absent or -1 for consumers. */
  readonly replicaId?: number;
  /** Epoch of the follower's registration (Fetch v15+); absent or -1 where it does not say. */
  readonly replicaEpoch?: number;
  /** Log start offset of the follower. */
  readonly followerLogStartOffset?: Offset;
  /** The rack of a consumer that may read from followers; absent where it may not (KIP-392). */
  readonly rack?: string;
  /** Version of Fetch, for topics with zstd; absent: newest. */
  readonly apiVersion?: number;
};

/** An aborted transaction that overlaps a read (Fetch `aborted_transactions`). */
export type AbortedTransaction = { readonly producerId: number; readonly firstOffset: Offset };

/** A partition's part of a Fetch response. On an error all offsets are -1 and `records` is empty. */
export type PartitionRead = {
  readonly errorCode: number;
  readonly highWatermark: Offset;
  readonly lastStableOffset: Offset;
  readonly logStartOffset: Offset;
  readonly records: Uint8Array;
  /** Only for isolation "committed"; else null, as Kafka answers. */
  readonly abortedTransactions: readonly AbortedTransaction[] | null;
  /** The fetcher has to truncate: largest common epoch and its end. */
  readonly divergingEpoch?: { readonly epoch: number; readonly endOffset: Offset };
  /** Nothing was read for a throttled follower; there will be something in so many milliseconds. */
  readonly throttledMs?: number;
  /** A consumer should rather read from this replica: nothing was read for it here (KIP-392). */
  readonly preferredReplica?: number;
  /** For `current_leader` on errors 6 and 74; -1 when unknown. */
  readonly currentLeader: { readonly leaderId: number; readonly leaderEpoch: number };
};

/** Where a reader has to stop: a follower at the log end, a consumer at the high watermark or the last stable offset. */
export function readBound(log: PartitionLog, options: Pick<ReadOptions, "isolation" | "replicaId">): Offset {
  if ((options.replicaId ?? -1) >= 0) return log.logEndOffset;
  return options.isolation === "committed" ? log.lastStableOffset : log.highWatermark;
}

/** Reads from a leader's opened log; epochs of the asker are checked already. Throws DiskError. */
export function readPartition(partition: Partition, options: ReadOptions): PartitionRead {
  const { log } = partition;
  const { fetchOffset, maxBytes, atLeastOneBatch } = options;
  if (log.config.compressionType === "zstd" && (options.apiVersion ?? ZSTD_FETCH_VERSION) < ZSTD_FETCH_VERSION) {
    return failedRead(UNSUPPORTED_COMPRESSION_TYPE, partition);
  }
  const isAtEnd = fetchOffset === log.logEndOffset && options.lastFetchedEpoch === log.latestEpoch;
  // A follower that has everything asks for each of its partitions with every fetch: most of what a leader of many partitions does.
  if (isAtEnd && (options.replicaId ?? -1) >= 0) return readOf(partition, NO_RECORDS, null);
  const diverging = divergence(log, options);
  if (diverging === "unknown") return failedRead(OFFSET_OUT_OF_RANGE, partition);
  if (diverging !== undefined) return { ...readOf(partition, NO_RECORDS, null), divergingEpoch: diverging };
  const maxOffset = readBound(log, options);
  const read = log.read(fetchOffset, { maxBytes, maxOffset, atLeastOneBatch, lend: options.lend });
  if (isRefusal(read)) return failedRead(read.errorCode, partition);
  const isCommitted = options.isolation === "committed" && (options.replicaId ?? -1) < 0;
  const abortedTransactions = isCommitted ? log.abortedTransactions(fetchOffset, read.nextOffset) : null;
  return readOf(partition, read.bytes, abortedTransactions);
}

/** Tells a consumer to read elsewhere. */
export function redirectedRead(partition: Partition, preferredReplica: number): PartitionRead {
  return { ...readOf(partition, NO_RECORDS, null), preferredReplica };
}

/** A read that found an error. */
export function failedRead(errorCode: number, partition: Partition | undefined): PartitionRead {
  return {
    errorCode,
    highWatermark: -1,
    lastStableOffset: -1,
    logStartOffset: -1,
    records: NO_RECORDS,
    abortedTransactions: null,
    currentLeader: { leaderId: partition?.leaderId ?? -1, leaderEpoch: partition?.leaderEpoch ?? -1 },
  };
}

function readOf(
  partition: Partition,
  records: Uint8Array,
  abortedTransactions: readonly AbortedTransaction[] | null,
): PartitionRead {
  const { log, leaderId, leaderEpoch } = partition;
  const { highWatermark, lastStableOffset, logStartOffset } = log;
  return {
    errorCode: NONE,
    highWatermark,
    lastStableOffset,
    logStartOffset,
    records,
    abortedTransactions,
    currentLeader: { leaderId, leaderEpoch },
  };
}

/** The common history of fetcher and leader, when it ends before the fetcher's end; "unknown" when the leader has never heard of its epoch. */
function divergence(
  log: PartitionLog,
  options: ReadOptions,
): { readonly epoch: number; readonly endOffset: Offset } | "unknown" | undefined {
  const { lastFetchedEpoch = -1, fetchOffset } = options;
  if (lastFetchedEpoch < 0) return undefined;
  const known = log.endOffsetForEpoch(lastFetchedEpoch);
  if (known === undefined) return "unknown";
  return known.epoch < lastFetchedEpoch || known.endOffset < fetchOffset ? known : undefined;
}
