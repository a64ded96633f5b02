import { BATCH_OVERHEAD_BYTES, BatchView } from "../../wire/record-batch.ts";
import type { LogConfig, Offset } from "./log-config.ts";
import {
  type CLEANED_SUFFIX,
  DELETED_SUFFIX,
  offsetFileName,
  SEGMENT_SUFFIXES,
  type SWAP_SUFFIX,
} from "./log-files.ts";
import type { LogFile, OpenFiles } from "./open-files.ts";
import { RELATIVE_OFFSET_MAX, SegmentIndexes, type PathOf } from "./segment-indexes.ts";
import { scanBatches } from "./segment-scan.ts";
import type { TimeIndexEntry } from "./time-index.ts";
import type { AbortedTransactionEntry } from "./transaction-index.ts";

/** Kafka's index.interval.bytes default, for indexes rebuilt without the topic's settings at hand. */
const INDEX_INTERVAL_BYTES = 4096;

/** What `shouldRoll` needs of the batches to come. */
export type NextAppend = {
  readonly sizeBytes: number;
  readonly lastOffset: Offset;
  readonly maxTimestampMs: number;
  readonly nowMs: number;
};

/** What the names of a segment's files end with: nothing in a log, else the stage of a compaction. */
export type SegmentStage = "" | typeof CLEANED_SUFFIX | typeof SWAP_SUFFIX;

/** One `.log` file with its indexes: whole batches in offset order from `baseOffset` on. Only a log's last segment is written to. */
export class Segment {
  readonly baseOffset: Offset;
  /** Wall clock of its making in this process: the age for segment.ms while it has no timestamps. */
  readonly createdMs: number;
  sizeBytes: number;
  readonly #files: OpenFiles;
  readonly #directory: string;
  #stage: SegmentStage;
  #log: LogFile;
  readonly #pathOf: PathOf = (suffix) => this.path(suffix);
  /** Read from their files, or rebuilt, when first needed. */
  #indexes: SegmentIndexes | undefined;
  /** What is known of indexes that were dropped. */
  #dropped: { readonly maxTimestamp: TimeIndexEntry | undefined } | undefined;
  /** Largest timestamp of the first batch: from it segment.ms counts. -1 when that batch has none, undefined while unknown. */
  #firstTimestampMs: number | undefined;
  /** Changes of the files, and how many of them are durable. */
  #changes = 0;
  #durableChanges = 0;
  /** Index files that were written and nobody has synced since. */
  #hasUnsyncedIndexes = true;

  private constructor(
    files: OpenFiles,
    directory: string,
    baseOffset: Offset,
    createdMs: number,
    stage: SegmentStage = "",
  ) {
    this.#files = files;
    this.#directory = directory;
    this.baseOffset = baseOffset;
    this.createdMs = createdMs;
    this.#stage = stage;
    this.sizeBytes = 0;
    this.#log = files.file(this.path(".log"));
  }

  /** A new, empty segment with its file. Throws DiskError. */
  static create(
    files: OpenFiles,
    directory: string,
    baseOffset: Offset,
    nowMs: number,
    stage: SegmentStage = "",
  ): Segment {
    const segment = new Segment(files, directory, baseOffset, nowMs, stage);
    const file = files.use(segment.#log);
    // Leftovers of a segment that was rolled and not written to.
    files.disk.truncate(file, 0);
    segment.#indexes = SegmentIndexes.empty(baseOffset);
    segment.#changes++;
    return segment;
  }

  /** A segment whose `.log` exists. Indexes are not read yet. Throws DiskError. */
  static open(
    files: OpenFiles,
    directory: string,
    baseOffset: Offset,
    nowMs: number,
    stage: SegmentStage = "",
  ): Segment {
    const segment = new Segment(files, directory, baseOffset, nowMs, stage);
    segment.sizeBytes = files.disk.sizeBytes(files.use(segment.#log));
    return segment;
  }

  path(suffix: string): string {
    return `${this.#directory}/${offsetFileName(this.baseOffset, suffix)}${this.#stage}`;
  }

  /**
   * Appends whole batches whose offsets are final, in one write. Throws DiskError and leaves every field as it was; a torn tail is cut by
   * recovery.
   */
  append(batches: Uint8Array, indexIntervalBytes: number): void {
    this.#files.disk.write(this.#files.use(this.#log), this.sizeBytes, batches);
    this.#changes++;
    // A view of its own: one that is kept would keep the received memory too.
    const batch = new BatchView();
    for (let at = 0; at < batches.length; at += batch.sizeBytes) {
      this.noteBatch(batch.point(batches, at), indexIntervalBytes);
    }
  }

  /** Counts a batch that lies at the end of the file already, and indexes it: what `append` does after its write, and recovery for each batch found. */
  noteBatch(batch: BatchView, indexIntervalBytes: number): void {
    if (this.sizeBytes === 0) this.#firstTimestampMs = batch.maxTimestampMs;
    this.#loaded().note(batch, this.sizeBytes, indexIntervalBytes);
    this.sizeBytes += batch.sizeBytes;
  }

  /** Adds an aborted transaction to the index and its file. Throws DiskError. */
  addAbortedTransaction(entry: AbortedTransactionEntry): void {
    this.#loaded().addAborted(this.#files.disk, this.#pathOf, entry);
    this.#hasUnsyncedIndexes = true;
  }

  /** Whether the transaction index can be of this segment; else `clearTransactions`, and add what its markers say. */
  get hasSoundTransactions(): boolean {
    return this.#loaded().transactions.isSane(this.baseOffset);
  }

  /** Forgets the transaction index, with its file. Throws DiskError. */
  clearTransactions(): void {
    const indexes = this.#loaded();
    indexes.write(this.#files.disk, this.#pathOf);
    this.#files.disk.remove(this.path(".txnindex"));
    this.#indexes = indexes.withoutTransactions();
  }

  /** Adds those of [fromOffset, toOffset) whose marker is in this segment; true when later segments have none. */
  collectAborted(fromOffset: Offset, toOffset: Offset, into: AbortedTransactionEntry[]): boolean {
    return this.#loaded().transactions.collect(fromOffset, toOffset, into);
  }

  /** Newest timestamp in the segment, -1 without any. */
  get maxTimestampMs(): number {
    return this.maxTimestamp?.timestampMs ?? -1;
  }

  /** The newest timestamp with the last offset of its batch. Once known it costs no index. */
  get maxTimestamp(): TimeIndexEntry | undefined {
    if (this.#indexes !== undefined) return this.#indexes.maxTimestamp;
    if (this.#dropped === undefined) {
      const { maxTimestamp } = this.#loaded();
      this.dropIndexes();
      return maxTimestamp;
    }
    return this.#dropped.maxTimestamp;
  }

  /** Newest timestamp of the first batch; -1 when it has none. */
  get firstTimestampMs(): number {
    if (this.#firstTimestampMs !== undefined) return this.#firstTimestampMs;
    let first = -1;
    this.scan(0, (batch) => {
      first = batch.maxTimestampMs;
      return "stop";
    });
    this.#firstTimestampMs = first;
    return first;
  }

  /** What retention.ms counts from: the newest timestamp, or the making of a segment without any. */
  get ageFromMs(): number {
    const newestMs = this.maxTimestampMs;
    return newestMs >= 0 ? newestMs : this.createdMs;
  }

  /** Kafka's LogSegment.shouldRoll: whether a batch of these measures belongs into a new segment. */
  shouldRoll(next: NextAppend, config: LogConfig): boolean {
    const isBeyondOffsets = next.lastOffset - this.baseOffset > RELATIVE_OFFSET_MAX;
    if (this.sizeBytes === 0 || isBeyondOffsets) return isBeyondOffsets;
    if (this.sizeBytes + next.sizeBytes > config.segmentBytes) return true;
    const firstMs = this.firstTimestampMs;
    const waitedMs = firstMs >= 0 ? next.maxTimestampMs - firstMs : next.nowMs - this.createdMs;
    return waitedMs > segmentMsMax(config) - this.#jitterMs(config) || this.#loaded().isFull(config.segmentIndexBytes);
  }

  /** Position of the first batch whose last offset is at or above `offset`; the end of the file when there is none. */
  positionOf(offset: Offset): number {
    const from = this.#loaded().offsets.lookup(offset);
    return this.scan(from, (batch) => (batch.lastOffset >= offset ? "stop" : undefined));
  }

  /** Roughly where `offset` lies: the nearest index entry at or before it. */
  approximatePosition(offset: Offset): number {
    return this.#loaded().offsets.lookup(offset);
  }

  /** Position from which a scan finds the first record at or after `timestampMs`. */
  positionForTimestamp(timestampMs: number): number {
    const { offsets, times } = this.#loaded();
    return offsets.lookup(times.lookup(timestampMs));
  }

  /** Shows the batches from `position` on to `visit` until it answers "stop"; answers where it ended. Ends at damage as at the end of the file. */
  scan(position: number, visit: (batch: BatchView, position: number) => "stop" | void): number {
    return scanBatches(this.#files.disk, this.#files.use(this.#log), { from: position, to: this.sizeBytes }, visit)
      .position;
  }

  /** Fills `into` from `position`; answers the bytes read. */
  read(position: number, into: Uint8Array): number {
    return this.#files.disk.read(this.#files.use(this.#log), position, into);
  }

  /** Size of the batch at `position` without checking it; 0 at the end of the file. */
  batchBytesAt(position: number): number {
    const head = new Uint8Array(BATCH_OVERHEAD_BYTES);
    if (this.read(position, head) < head.length) return 0;
    return new BatchView().point(head).sizeBytes;
  }

  /** The offset behind the last batch: from the last index entry on, as Kafka does at a clean start. */
  readNextOffset(): Offset {
    let next = this.baseOffset;
    this.#scanTail((batch) => {
      next = batch.nextOffset;
    });
    return next;
  }

  /** Whether sound headers lead from the last index entry to the very end of the file. */
  isWhole(): boolean {
    return this.#scanTail(() => {}) === this.sizeBytes;
  }

  /** Drops the batches at and after the one that holds `offset`; answers the offset where the segment now ends. Throws DiskError. */
  truncateTo(offset: Offset): Offset {
    const position = this.positionOf(offset);
    let endOffset = offset;
    this.scan(position, (batch) => {
      endOffset = Math.min(offset, batch.baseOffset);
      return "stop";
    });
    const indexes = this.#loaded();
    this.#hasUnsyncedIndexes = true;
    const { disk } = this.#files;
    disk.truncate(this.#files.use(this.#log), position);
    this.#changes++;
    this.sizeBytes = position;
    if (position === 0) this.#firstTimestampMs = undefined;
    indexes.truncate(disk, this.#pathOf, { position, offset }, (from, visit) => this.scan(from, visit));
    return endOffset;
  }

  /** Begins the segment anew over its file: recovery then finds each batch, calls `noteBatch`, and cuts with `cutFile`. */
  beginRecovery(): number {
    const fileBytes = this.sizeBytes;
    // What a killed process wrote is not durable because a new one has read it.
    this.#changes++;
    this.sizeBytes = 0;
    this.#indexes = SegmentIndexes.empty(this.baseOffset);
    this.#firstTimestampMs = undefined;
    this.#files.disk.remove(this.path(".txnindex"));
    return fileBytes;
  }

  /** The file as it lies, for recovery's scan. */
  scanFile(fileBytes: number, visit: (batch: BatchView) => "stop" | "damaged" | void): void {
    scanBatches(this.#files.disk, this.#files.use(this.#log), { from: 0, to: fileBytes }, visit);
  }

  /** Cuts the file to the batches noted. Throws DiskError. */
  cutFile(): void {
    this.#files.disk.truncate(this.#files.use(this.#log), this.sizeBytes);
  }

  /** Writes the index files, with the newest timestamp as last entry, when they are behind: at roll and at close. Throws DiskError. */
  writeIndexes(): void {
    if (this.#indexes?.write(this.#files.disk, this.#pathOf) !== true) return;
    this.#hasUnsyncedIndexes = true;
    this.#changes++;
  }

  /** Frees the memory of the indexes of a segment that is no longer written to; they are read again on use. */
  dropIndexes(): void {
    if (this.#indexes?.isWritten !== true) return;
    this.#dropped = { maxTimestamp: this.#indexes.maxTimestamp };
    this.#indexes = undefined;
  }

  /** Whether a crash of the machine could take back a change, a cut included. */
  get isDirty(): boolean {
    return this.#changes > this.#durableChanges;
  }

  /** Drops what lies behind `endOffset`, where the next segment begins, if there is anything. Throws DiskError. */
  endAt(endOffset: Offset): void {
    if (this.positionOf(endOffset) < this.sizeBytes) this.truncateTo(endOffset);
  }

  /** Makes the batches and the index files written durable. Rejects with DiskError. */
  async sync(): Promise<void> {
    const changes = this.#changes;
    const syncsIndexes = this.#hasUnsyncedIndexes;
    this.#hasUnsyncedIndexes = false;
    await this.#files.sync(this.#log);
    for (const suffix of [".index", ".timeindex", ".txnindex"] as const) {
      const path = this.path(suffix);
      if (!syncsIndexes || !this.#files.disk.exists(path)) continue;
      const file = this.#files.file(path);
      try {
        await this.#files.sync(file);
      } finally {
        this.#files.close(file);
      }
    }
    this.#durableChanges = Math.max(this.#durableChanges, changes);
  }

  /** Closes the file. */
  close(): void {
    this.#files.close(this.#log);
  }

  /**
   * Renames the files to those of another stage. `.log` comes last on the way to `.swap` and first from there: a `.log.swap` says that all of
   * them are whole and belong into the log. Throws DiskError.
   */
  moveTo(stage: SegmentStage): void {
    this.close();
    const { disk } = this.#files;
    const suffixes = stage === "" ? SEGMENT_SUFFIXES : SEGMENT_SUFFIXES.toReversed();
    const from = new Map(suffixes.map((suffix) => [suffix, this.path(suffix)]));
    this.#stage = stage;
    for (const [suffix, path] of from) if (disk.exists(path)) disk.rename(path, this.path(suffix));
    this.#log = this.#files.file(this.path(".log"));
  }

  /** Removes the files. Throws DiskError. */
  remove(): void {
    this.close();
    for (const suffix of SEGMENT_SUFFIXES) this.#files.disk.remove(this.path(suffix));
  }

  /** Renames the files to `.deleted`; answers their new paths. Throws DiskError. */
  retire(): string[] {
    this.close();
    const retired: string[] = [];
    for (const suffix of SEGMENT_SUFFIXES) {
      const path = this.path(suffix);
      if (!this.#files.disk.exists(path)) continue;
      this.#files.disk.rename(path, path + DELETED_SUFFIX);
      retired.push(path + DELETED_SUFFIX);
    }
    return retired;
  }

  #loaded(): SegmentIndexes {
    if (this.#indexes !== undefined) return this.#indexes;
    const { indexes, isTrusted } = SegmentIndexes.read(this.#files.disk, this.#pathOf, this);
    this.#indexes = isTrusted ? indexes : this.#rebuilt(indexes);
    return this.#indexes;
  }

  /** Indexes of a segment whose batches are trusted and whose index files are not. The transaction index is kept as found. */
  #rebuilt({ transactions }: SegmentIndexes): SegmentIndexes {
    const indexes = SegmentIndexes.empty(this.baseOffset, transactions);
    this.scan(0, (batch, position) => indexes.note(batch, position, INDEX_INTERVAL_BYTES));
    return indexes;
  }

  #scanTail(visit: (batch: BatchView) => void): number {
    const { offsets } = this.#loaded();
    return this.scan(offsets.lookup(offsets.lastOffset), visit);
  }

  /** Spreads the rolling of many partitions; the same for a segment however often it is asked. */
  #jitterMs(config: LogConfig): number {
    if (config.segmentJitterMs <= 0) return 0;
    let hash = this.baseOffset % 2 ** 31;
    for (const char of this.#directory) hash = (Math.imul(hash, 31) + char.charCodeAt(0)) | 0;
    return Math.abs(hash) % Math.min(config.segmentJitterMs, Math.max(1, config.segmentMs));
  }
}

/** What is to be compacted within max.compaction.lag.ms must leave the segment that is written to by then (Kafka's LogConfig.maxSegmentMs). */
function segmentMsMax({ cleanupPolicy, segmentMs, maxCompactionLagMs }: LogConfig): number {
  return cleanupPolicy.compact ? Math.min(segmentMs, maxCompactionLagMs) : segmentMs;
}
