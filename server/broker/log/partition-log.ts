import assert from "node:assert/strict";
import type { Disk, Log, LogFields } from "../../environment/environment.ts";
import { OFFSET_OUT_OF_RANGE } from "../../wire/errors.ts";
import { BatchView } from "../../wire/record-batch.ts";
import { isRefusal, type Refusal } from "../refusal.ts";
import type { TopicPartition } from "../topic-partition.ts";
import { abortedTransactionsIn } from "./aborted-transactions.ts";
import type { AppendedBatch, AppendOptions, AppendRefusal } from "./append.ts";
import { checkFollowerBatches, placeBatches, prepareClientBatch } from "./batch-placement.ts";
import { Durability } from "./durability.ts";
import { LEADER_EPOCH_FILE, type LeaderEpochs } from "./leader-epochs.ts";
import type { LogConfig, Offset } from "./log-config.ts";
import { loadLog, restoreProducers, type LoadedLog } from "./log-loader.ts";
import { LogReader, type LogRead, type ReadLimits, type TimestampOffset } from "./log-read.ts";
import { OpenFiles } from "./open-files.ts";
import type { OpenLog } from "./open-log.ts";
import { PARTITION_METADATA_FILE, readPartitionMetadata, writePartitionMetadata } from "./partition-metadata.ts";
import type { ProducerSnapshots } from "./producer-snapshots.ts";
import type { CompletedTransaction, ProducerStates } from "./producer-state.ts";
import { syncFiles } from "./replace-file.ts";
import { deletableSegments } from "./retention.ts";
import type { Segment } from "./segment.ts";
import { SegmentList } from "./segment-list.ts";
import { RELATIVE_OFFSET_MAX } from "./segment-indexes.ts";
import type { AbortedTransactionEntry } from "./transaction-index.ts";

/**
 * One partition's log (Kafka's UnifiedLog) in Kafka's files. Single owner, synchronous but for `flush` and `close`. A method that throws DiskError
 * has changed nothing that readers see; the log must then be taken offline.
 */
export class PartitionLog {
  readonly topicPartition: TopicPartition;
  readonly directory: string;
  config: LogConfig;
  readonly leaderEpochs: LeaderEpochs;
  readonly producerStates: ProducerStates;
  /** Oldest first; the last is written to. For reading only. */
  readonly segments: readonly Segment[];
  /** Compaction has looked at all below; undefined before its first pass. */
  cleanedOffset: Offset | undefined;
  readonly #disk: Disk;
  readonly #log: Log;
  readonly #onFlushed: () => void;
  readonly #snapshots: ProducerSnapshots;
  readonly #durability: Durability;
  readonly #list: SegmentList;
  readonly #reader: LogReader;
  #topicId: string | undefined;
  #isTopicIdUnsynced = false;
  #logStartOffset: Offset;
  #logEndOffset: Offset;
  #highWatermark: Offset;
  #isClosed = false;
  #isDamageTold = false;

  private constructor(options: OpenLog, files: OpenFiles, loaded: LoadedLog, topicId: string | undefined) {
    this.topicPartition = options.topicPartition;
    this.directory = options.directory;
    this.#topicId = topicId;
    this.#disk = options.disk;
    this.config = options.config;
    this.leaderEpochs = loaded.epochs;
    this.producerStates = loaded.producers;
    this.#log = options.log;
    this.#onFlushed = options.onFlushed ?? (() => {});
    this.#snapshots = loaded.snapshots;
    this.#list = new SegmentList(files, options.directory, loaded.segments);
    this.segments = this.#list.segments;
    this.cleanedOffset = options.cleanedOffset;
    this.#reader = new LogReader(this.segments);
    this.#logStartOffset = loaded.logStartOffset;
    this.#logEndOffset = loaded.logEndOffset;
    this.#highWatermark = loaded.logStartOffset;
    const parts = {
      isDirty: () => this.#list.isDirty,
      sync: () => this.#sync(),
      onDiskError: options.onDiskError ?? (() => {}),
      onCut: options.onCut ?? (() => {}),
    };
    this.#durability = new Durability(parts, loaded.recoveryPoint, options.nowMs);
  }

  /** Opens the directory, made when missing; recovers it unless it was closed in order. Throws DiskError, CheckpointError for a damaged partition.metadata. */
  static open(options: OpenLog): PartitionLog {
    const { disk, directory, log, config, recoveryPoint, cleanShutdown, nowMs } = options;
    const files = options.files ?? new OpenFiles(disk);
    disk.makeDirectory(directory);
    const known = readPartitionMetadata(disk, directory);
    if (known === undefined && options.topicId !== undefined) writePartitionMetadata(disk, directory, options.topicId);
    const logStartOffset = options.logStartOffset ?? 0;
    const cleanedOffset = options.cleanedOffset ?? 0;
    const place = { files, log, directory, config, nowMs };
    const loaded = loadLog({ ...place, logStartOffset, recoveryPoint, cleanedOffset, cleanShutdown });
    const opened = new PartitionLog(options, files, loaded, known ?? options.topicId);
    opened.#isTopicIdUnsynced = known === undefined && options.topicId !== undefined;
    return opened;
  }

  /** From partition.metadata; undefined for a log made without one. */
  get topicId(): string | undefined {
    return this.#topicId;
  }
  get logStartOffset(): Offset {
    return this.#logStartOffset;
  }
  get logEndOffset(): Offset {
    return this.#logEndOffset;
  }
  get highWatermark(): Offset {
    return this.#highWatermark;
  }
  /** What read_committed readers may see: up to the first open transaction, at most the high watermark. */
  get lastStableOffset(): Offset {
    const unstable = this.producerStates.firstUnstableOffset;
    if (unstable === undefined || unstable >= this.#highWatermark) return this.#highWatermark;
    return Math.max(unstable, this.#logStartOffset);
  }
  /** Closed, or taken offline: nothing may be read or written. */
  get isClosed(): boolean {
    return this.#isClosed;
  }
  /** All below is durable. */
  get recoveryPoint(): Offset {
    return this.#durability.recoveryPoint;
  }
  /** Up to here records may be answered for: the log end, or under log.flush.policy=group what is on disk. */
  get promisedEndOffset(): Offset {
    return this.config.flushPolicy === "group" ? Math.min(this.recoveryPoint, this.#logEndOffset) : this.#logEndOffset;
  }
  get sizeBytes(): number {
    return this.#list.sizeBytes;
  }
  get segmentCount(): number {
    return this.#list.segments.length;
  }
  /** Epoch of the newest batch or leader; undefined before the first. */
  get latestEpoch(): number | undefined {
    return this.leaderEpochs.latest?.epoch;
  }

  /** Gives a log without a topic id one; durable with the next flush. Throws DiskError. */
  assignTopicId(topicId: string): void {
    assert(this.#topicId === undefined, "a log keeps its topic id");
    writePartitionMetadata(this.#disk, this.directory, topicId);
    this.#topicId = topicId;
    this.#isTopicIdUnsynced = true;
  }

  /** Patches offsets and epochs in `records` in place, checks (broker.md 2.3, 2.4) and writes. Throws DiskError: then nothing was appended. */
  appendAsLeader(records: Uint8Array, options: AppendOptions): AppendedBatch | AppendRefusal {
    const batch = new BatchView();
    let bytes = records;
    if (options.origin === "client") {
      const prepared = prepareClientBatch(records, batch, this.config, options, this.topicPartition);
      if (isRefusal(prepared)) return prepared;
      bytes = prepared.bytes;
      if (batch.producerId >= 0) {
        const duplicate = this.producerStates.findDuplicate(batch);
        if (duplicate !== undefined) {
          const { lastOffset, offsetDelta, timestampMs } = duplicate;
          return { baseOffset: lastOffset - offsetDelta, lastOffset, logAppendTimeMs: timestampMs, duplicate: true };
        }
      }
    }
    const isAppendTime = this.config.messageTimestampType === "LogAppendTime" && options.origin !== "raft";
    const place = {
      firstOffset: this.#logEndOffset,
      leaderEpoch: options.leaderEpoch,
      ...(isAppendTime ? { appendTimeMs: options.nowMs } : {}),
    };
    const placed = placeBatches(bytes, batch, place, this.producerStates, options.origin);
    if (isRefusal(placed)) return placed;
    const baseOffset = this.#logEndOffset;
    this.#write(bytes, placed.lastOffset, placed.maxTimestampMs, options.nowMs);
    return {
      baseOffset,
      lastOffset: placed.lastOffset,
      logAppendTimeMs: isAppendTime ? options.nowMs : -1,
      duplicate: false,
    };
  }

  /** Appends batches as the leader sent them, offsets and epochs kept. Throws WireError when they are damaged or out of order, DiskError. */
  appendAsFollower(records: Uint8Array, nowMs: number): void {
    if (records.length === 0) return;
    const checked = checkFollowerBatches(records, this.#logEndOffset);
    this.#write(records, checked.lastOffset, checked.maxTimestampMs, nowMs);
  }

  /** OFFSET_OUT_OF_RANGE below the log start and above the log end. A read inside a batch answers that whole batch. Throws DiskError. */
  read(fromOffset: Offset, limits: ReadLimits): LogRead | Refusal {
    if (fromOffset < this.#logStartOffset || fromOffset > this.#logEndOffset) {
      const message = `Offset ${fromOffset} is not in the range ${this.#logStartOffset} to ${this.#logEndOffset}`;
      return { errorCode: OFFSET_OUT_OF_RANGE, message };
    }
    const read = this.#reader.read(fromOffset, limits);
    if (isRefusal(read) && !this.#isDamageTold) this.#tellDamage(read);
    return read;
  }

  /** Bytes from `fromOffset` to `toOffset`, as exact as the indexes are, never 0 for a range with records: for min_bytes. */
  bytesBetween(fromOffset: Offset, toOffset: Offset): number {
    return this.#reader.bytesBetween(Math.max(fromOffset, this.#logStartOffset), toOffset, this.#logEndOffset);
  }

  /** Aborted transactions that overlap [fromOffset, toOffset). */
  abortedTransactions(fromOffset: Offset, toOffset: Offset): AbortedTransactionEntry[] {
    return abortedTransactionsIn(
      { segments: this.segments, snapshots: this.#snapshots, log: this.#log },
      fromOffset,
      toOffset,
    );
  }

  /** First record below `maxOffset` at or after `timestampMs`. Throws DiskError, WireError at damaged records. */
  offsetForTimestamp(timestampMs: number, maxOffset: Offset): TimestampOffset | undefined {
    return this.#reader.offsetForTimestamp(timestampMs, this.#logStartOffset, maxOffset);
  }

  /** The first record with the largest timestamp in the log (ListOffsets -3). Throws DiskError, WireError at damaged records. */
  offsetOfMaxTimestamp(): TimestampOffset | undefined {
    return this.#reader.offsetOfMaxTimestamp();
  }

  /** KIP-101/279: the largest known epoch that is at most `epoch`, and its end; undefined when `epoch` is above all known. */
  endOffsetForEpoch(epoch: number): { readonly epoch: number; readonly endOffset: Offset } | undefined {
    return this.leaderEpochs.endOffsetFor(epoch, this.#logEndOffset);
  }

  /** A leader's epoch begins at the log end; it is on disk before the first record of it, so that a broker may lead 20,000 logs in one step. */
  startEpoch(epoch: number): void {
    if (epoch > (this.latestEpoch ?? -1)) this.leaderEpochs.add(epoch, this.#logEndOffset);
  }

  /** Sets the high watermark, held between log start and log end. */
  updateHighWatermark(offset: Offset): void {
    this.#highWatermark = Math.max(this.#logStartOffset, Math.min(offset, this.#logEndOffset));
    this.producerStates.highWatermarkMoved(this.#highWatermark);
  }

  /** Moves the log start forward (DeleteRecords, or a follower told by its leader) and removes whole segments below. OFFSET_OUT_OF_RANGE above the high watermark. Answers the log start. */
  deleteRecordsBefore(offset: Offset, nowMs: number): Offset | Refusal {
    if (offset < 0 || offset > this.#highWatermark) {
      return {
        errorCode: OFFSET_OUT_OF_RANGE,
        message: `Offset ${offset} is not in the range 0 to ${this.#highWatermark}`,
      };
    }
    if (offset > this.#logStartOffset) {
      this.#moveLogStart(offset);
      this.#removeOldest(
        deletableSegments(this.segments, this.#retentionFacts(nowMs), {
          ...this.config,
          cleanupPolicy: { delete: false, compact: false },
        }),
        nowMs,
      );
    }
    return this.#logStartOffset;
  }

  /** Forgets producers that wrote nothing for producer.id.expiration.ms. */
  expireProducers(nowMs: number): void {
    this.producerStates.expire(nowMs, this.config.producerIdExpirationMs);
  }

  /** Applies retention. Segment files stay as `.deleted` until `removeDeletedFiles`. Answers the segments removed. Throws DiskError. */
  deleteOldSegments(nowMs: number): number {
    const removed = this.#removeOldest(
      deletableSegments(this.segments, this.#retentionFacts(nowMs), this.config),
      nowMs,
    );
    this.#list.dropIdleIndexes();
    return removed;
  }

  /** Removes `.deleted` files older than file.delete.delay.ms. Throws DiskError. */
  removeDeletedFiles(nowMs: number): void {
    this.#list.removeRetired(nowMs, this.config.fileDeleteDelayMs);
  }

  /**
   * Puts a compacted segment, whose files are at stage `.swap`, in the place of those that it was made from; `finishSwap` follows when the
   * directory is durable. False when one of them is not in the log any more, and then nothing is changed. Throws DiskError.
   */
  swapIn(cleaned: Segment, replaced: readonly Segment[], nowMs: number): boolean {
    if (this.#isClosed || replaced.some((segment) => !this.segments.includes(segment))) return false;
    this.#reader.forget();
    this.#list.replace(replaced, cleaned, nowMs);
    const gone = new Set(replaced.slice(1).map((segment) => segment.baseOffset));
    this.#snapshots.remove((offset) => gone.has(offset));
    return true;
  }

  /** Gives a segment that was swapped in its own names, if it still is in the log. Throws DiskError. */
  finishSwap(cleaned: Segment): void {
    if (!this.#isClosed && this.segments.includes(cleaned)) cleaned.moveTo("");
  }

  /** Throws away all from `offset` on (a follower that diverged). A batch that holds `offset` goes whole. Throws DiskError. */
  truncateTo(offset: Offset, nowMs: number): void {
    // Also with nothing to cut: an epoch of this broker's own as leader, under which it wrote nothing, is not the leader's.
    if (offset >= this.#logEndOffset) return this.leaderEpochs.truncateFromEnd(this.#logEndOffset);
    if (offset < this.#list.baseOffset) return this.truncateFullyAndStartAt(offset, nowMs);
    this.#reader.forget();
    while (this.segments.length > 1 && this.#list.active.baseOffset >= offset) this.#list.dropNewest();
    this.#logEndOffset = Math.min(offset, this.#list.active.truncateTo(offset));
    this.#logStartOffset = Math.min(this.#logStartOffset, this.#logEndOffset);
    this.#durability.cutTo(this.#logEndOffset);
    if (this.cleanedOffset !== undefined) this.cleanedOffset = Math.min(this.cleanedOffset, this.#logEndOffset);
    this.leaderEpochs.truncateFromEnd(this.#logEndOffset);
    this.#snapshots.remove((known) => known > this.#logEndOffset);
    restoreProducers(this.segments, this.producerStates, this.#snapshots, this.#logEndOffset);
    this.updateHighWatermark(this.#highWatermark);
    this.#log.info(this.#fields({ logEndOffset: this.#logEndOffset }), "log truncated");
  }

  /** Empties the log and goes on at `offset` (a follower below its leader's log start). Throws DiskError. */
  truncateFullyAndStartAt(offset: Offset, nowMs: number): void {
    this.leaderEpochs.clear();
    this.#startAt(offset, nowMs);
    this.#log.info(this.#fields({ logEndOffset: offset }), "log emptied");
  }

  /** Makes all appended so far durable and moves the recovery point. Rejects with DiskError. */
  flush(): Promise<void> {
    return this.#durability.flush(this.#logEndOffset);
  }

  /** As `flush`, in the background: a failure goes to `onDiskError`. */
  flushSoon(nowMs: number): void {
    this.#durability.flushSoon(this.#logEndOffset, nowMs);
  }

  /** Under log.flush.policy=group: begins to make all durable that is not, and tells `onFlushed`. */
  keepPromise(): void {
    if (this.config.flushPolicy !== "group" || this.promisedEndOffset >= this.#logEndOffset) return;
    this.#durability.flushInGroups(() => this.#logEndOffset, this.#onFlushed);
  }

  /** Whether flush.ms has passed with unflushed records. */
  isFlushDue(nowMs: number): boolean {
    return this.#durability.isDue(this.#logEndOffset, nowMs, this.config.flushMs);
  }

  /** Writes indexes and producer snapshot and syncs all: the directory then opens clean. Files are closed also when it rejects. */
  async close(): Promise<void> {
    this.#isClosed = true;
    try {
      this.#list.writeIndexes();
      this.#takeSnapshot();
      await this.flush();
    } finally {
      this.closeFiles();
    }
  }

  /** Closes the files as they are: after a failure of the disk, or before the directory is removed. */
  closeFiles(): void {
    this.#isClosed = true;
    this.#durability.close();
    this.#list.close();
  }

  async #sync(): Promise<void> {
    const names = [
      ...(this.leaderEpochs.isUnsynced ? [LEADER_EPOCH_FILE] : []),
      ...(this.#isTopicIdUnsynced ? [PARTITION_METADATA_FILE] : []),
    ];
    this.leaderEpochs.isUnsynced = false;
    this.#isTopicIdUnsynced = false;
    await Promise.all([this.#list.sync(), this.#snapshots.sync(), syncFiles(this.#disk, this.directory, names)]);
  }

  /** Once: a reader asks again and again. */
  #tellDamage({ message }: Refusal): void {
    this.#isDamageTold = true;
    this.#log.error(
      this.#fields({ reason: message }),
      "records are damaged on disk; with other replicas, stop this broker, remove the partition's directory and start it again: it is copied anew",
    );
  }

  // A log of its own for each of 10,000 partitions would cost memory; these lines are rare.
  #fields(fields: LogFields): LogFields {
    return { ...this.topicPartition, ...fields };
  }

  /** Writes batches whose offsets are final and applies them to all that is derived from them. */
  #write(bytes: Uint8Array, lastOffset: Offset, maxTimestampMs: number, nowMs: number): void {
    assert(!this.#isClosed, "a closed log is not written to");
    const next = { sizeBytes: bytes.length, lastOffset, maxTimestampMs, nowMs };
    if (this.#list.active.shouldRoll(next, this.config)) this.#roll(nowMs, lastOffset - RELATIVE_OFFSET_MAX);
    const batch = new BatchView();
    // Epochs first: one that begins where nothing was written yet does no harm, should the write fail.
    for (let at = 0; at < bytes.length; at += batch.sizeBytes) {
      const epoch = batch.point(bytes, at).partitionLeaderEpoch;
      if (epoch >= 0 && epoch !== this.latestEpoch) this.leaderEpochs.add(epoch, batch.baseOffset);
    }
    this.leaderEpochs.writeIfChanged();
    const segment = this.#list.active;
    segment.append(bytes, this.config.indexIntervalBytes);
    for (let at = 0; at < bytes.length; at += batch.sizeBytes) {
      if (batch.point(bytes, at).producerId < 0) continue;
      const completed = this.producerStates.apply(batch);
      if (completed !== undefined) this.#completeTransaction(segment, completed);
    }
    this.#logEndOffset = lastOffset + 1;
    if (this.config.flushPolicy === "group") this.keepPromise();
    else if (this.#logEndOffset - this.recoveryPoint >= this.config.flushMessages) this.flushSoon(nowMs);
  }

  #completeTransaction(segment: Segment, completed: CompletedTransaction): void {
    if (completed.isAborted) {
      const lastStableOffset = this.producerStates.stableOffsetAfter(completed);
      segment.addAbortedTransaction({ ...completed, lastStableOffset });
    }
    this.producerStates.complete(completed);
  }

  /**
   * Closes the active segment in Kafka's form and begins the next one at the log end, or at `baseOffsetMin` where a gap of compaction is wider
   * than a segment's offsets; syncing goes on in the background.
   */
  #roll(nowMs: number, baseOffsetMin = 0): void {
    const closed = this.#list.active;
    const baseOffset = Math.max(this.#logEndOffset, baseOffsetMin);
    if (closed.sizeBytes === 0) {
      this.#list.dropNewest();
    } else {
      closed.writeIndexes();
      this.#takeSnapshot();
    }
    this.#list.add(baseOffset, nowMs);
    if (this.#log.debugOn)
      this.#log.debug(this.#fields({ baseOffset, closedBytes: closed.sizeBytes }), "segment rolled");
    this.flushSoon(nowMs);
    closed.dropIndexes();
  }

  #takeSnapshot(): void {
    if (this.#logEndOffset <= (this.#snapshots.latestOffset ?? 0)) return;
    this.#snapshots.write(this.#logEndOffset, this.producerStates.toSnapshot());
  }

  #retentionFacts(nowMs: number) {
    return {
      logStartOffset: this.#logStartOffset,
      logEndOffset: this.#logEndOffset,
      highWatermark: this.#highWatermark,
      nowMs,
    };
  }

  #removeOldest(count: number, nowMs: number): number {
    if (count === 0) return 0;
    if (count === this.segments.length) this.#roll(nowMs);
    this.#reader.forget();
    const removed = new Set(this.#list.retireOldest(count, nowMs).map((segment) => segment.baseOffset));
    this.#snapshots.remove((offset) => removed.has(offset));
    const { baseOffset } = this.#list;
    if (baseOffset > this.#logStartOffset) this.#moveLogStart(baseOffset);
    this.#durability.removedBelow(Math.min(baseOffset, this.#logEndOffset));
    this.#log.info(this.#fields({ segments: count, logStartOffset: this.#logStartOffset }), "old segments deleted");
    return count;
  }

  #moveLogStart(offset: Offset): void {
    this.#logStartOffset = offset;
    this.leaderEpochs.truncateFromStart(offset);
  }

  #startAt(offset: Offset, nowMs: number): void {
    this.#reader.forget();
    while (this.segments.length > 0) this.#list.dropNewest();
    this.#list.add(offset, nowMs);
    this.#snapshots.remove(() => true);
    this.producerStates.clear();
    this.cleanedOffset = undefined;
    this.#logStartOffset = offset;
    this.#logEndOffset = offset;
    this.#durability.startAt(offset);
    this.#highWatermark = offset;
  }
}
