import type { Disk, Log } from "../../environment/environment.ts";
import type { Refusal } from "../refusal.ts";
import type { TopicPartition } from "../topic-partition.ts";
import type { AppendedBatch, AppendOptions, AppendRefusal } from "./append.ts";
import type { LogConfig, Offset } from "./log-config.ts";

/** What a log needs to be opened. */
export type OpenLog = {
  readonly disk: Disk;
  readonly log: Log;
  /** The partition's own directory; made when missing. */
  readonly directory: string;
  readonly topicPartition: TopicPartition;
  /** Written to partition.metadata when the directory has none. */
  readonly topicId?: string;
  readonly config: LogConfig;
  /** From log-start-offset-checkpoint; 0 when it names none. */
  readonly logStartOffset?: Offset;
  /** From recovery-point-offset-checkpoint: all below is durable. Segments from it on are scanned unless `cleanShutdown`. */
  readonly recoveryPoint: Offset;
  readonly cleanShutdown: boolean;
  readonly nowMs: number;
  /** Told when a write or sync in the background failed; the log must not be written to again. */
  readonly onDiskError?: (error: unknown) => void;
};

/** Whole batches in offset order; the caller owns the bytes. `nextOffset` follows the last batch (the asked offset when there is none). */
export type LogRead = { readonly bytes: Uint8Array; readonly nextOffset: Offset };

/** How much `read` may answer. */
export type ReadLimits = {
  readonly maxBytes: number;
  /** Exclusive: no batch that reaches it. */
  readonly maxOffset: Offset;
  /** Answers the first batch even when it alone is over `maxBytes` (KIP-74). */
  readonly atLeastOneBatch: boolean;
};

/** A record found by time. `leaderEpoch` is its batch's, -1 when unknown. */
export type TimestampOffset = { readonly offset: Offset; readonly timestampMs: number; readonly leaderEpoch: number };

/** An aborted transaction that overlaps a read (Fetch `aborted_transactions`). */
export type AbortedTransaction = { readonly producerId: number; readonly firstOffset: Offset };

/** One partition's log (Kafka's UnifiedLog) in Kafka's files. Single owner, synchronous but for `flush`. */
export declare class PartitionLog {
  static open(options: OpenLog): PartitionLog;
  readonly topicPartition: TopicPartition;
  readonly directory: string;
  /** From partition.metadata; undefined for a log made without one. */
  readonly topicId: string | undefined;
  config: LogConfig;
  get logStartOffset(): Offset;
  get logEndOffset(): Offset;
  get highWatermark(): Offset;
  get lastStableOffset(): Offset;
  get recoveryPoint(): Offset;
  get sizeBytes(): number;
  /** Epoch of the newest batch or leader change; undefined before the first. */
  get latestEpoch(): number | undefined;
  /** Patches offsets and epochs in `records` in place, checks (broker.md 2.3, 2.4) and writes. Throws DiskError: then nothing was appended and the log must be taken offline. */
  appendAsLeader(records: Uint8Array, options: AppendOptions): AppendedBatch | AppendRefusal;
  /** Appends batches as the leader sent them. Throws WireError when they are damaged or out of order, DiskError. */
  appendAsFollower(records: Uint8Array, nowMs: number): void;
  /** OFFSET_OUT_OF_RANGE below the log start and above the log end. A read inside a batch answers that whole batch. */
  read(fromOffset: Offset, limits: ReadLimits): LogRead | Refusal;
  /** Bytes from `fromOffset` to `maxOffset`, cheap and roughly right (positions of the index): for min_bytes. */
  bytesBetween(fromOffset: Offset, maxOffset: Offset): number;
  /** Aborted transactions that overlap [fromOffset, toOffset). */
  abortedTransactions(fromOffset: Offset, toOffset: Offset): AbortedTransaction[];
  /** First record below `maxOffset` with a timestamp at or after `timestampMs`. Decompresses a batch. */
  offsetForTimestamp(timestampMs: number, maxOffset: Offset): TimestampOffset | undefined;
  /** The record with the largest timestamp below `maxOffset` (ListOffsets -3). */
  offsetOfMaxTimestamp(maxOffset: Offset): TimestampOffset | undefined;
  /** KIP-101/279: largest epoch known that is at most `epoch`, with its end offset; undefined when the log knows none. */
  endOffsetForEpoch(epoch: number): { readonly epoch: number; readonly endOffset: Offset } | undefined;
  /** A leader's epoch begins at the log end. */
  startEpoch(epoch: number): void;
  /** Moves forward only (a follower may be told less after truncation: then to the log end). */
  updateHighWatermark(offset: Offset): void;
  /** Moves the log start (DeleteRecords, follower told by leader); whole segments below go at once. OFFSET_OUT_OF_RANGE above the high watermark. */
  deleteRecordsBefore(offset: Offset): Offset | Refusal;
  /** Retention by time and size, and segments below the log start; files stay as `.deleted` until `removeDeletedFiles`. Answers segments removed. */
  deleteOldSegments(nowMs: number): number;
  /** Removes `.deleted` files older than file.delete.delay.ms. */
  removeDeletedFiles(nowMs: number): void;
  /** Throws away all from `offset` on (a follower that diverged). */
  truncateTo(offset: Offset): void;
  /** Empties the log and goes on at `offset` (a follower below its leader's log start). */
  truncateFullyAndStartAt(offset: Offset): void;
  /** Makes all appended so far durable and moves the recovery point. */
  flush(): Promise<void>;
  /** Writes indexes, producer snapshot and syncs; afterwards the directory opens clean. Files are closed also when it rejects. */
  close(): Promise<void>;
}
