import assert from "node:assert/strict";
import type { BatchView } from "../../wire/record-batch.ts";
import { BATCH_OVERHEAD_BYTES, BatchView as View } from "../../wire/record-batch.ts";
import type { LogConfig, Offset } from "./log-config.ts";
import { DELETED_SUFFIX, offsetFileName, SEGMENT_SUFFIXES } from "./log-files.ts";
import { OFFSET_INDEX_ENTRY_BYTES, OffsetIndex } from "./offset-index.ts";
import { overwriteFile, type LogFile, type OpenFiles } from "./open-files.ts";
import { scanBatches } from "./segment-scan.ts";
import { TIME_INDEX_ENTRY_BYTES, TimeIndex } from "./time-index.ts";
import { TransactionIndex, type AbortedTransactionEntry } from "./transaction-index.ts";

/** Relative offsets are signed 32 bit numbers. */
export const RELATIVE_OFFSET_MAX = 2 ** 31 - 1;

/** The indexes of a segment; read from their files, or rebuilt, when first needed. */
type Indexes = { readonly offsets: OffsetIndex; readonly times: TimeIndex; readonly transactions: TransactionIndex };

/** The newest timestamp in a segment with the last offset of its batch. */
type MaxTimestamp = { readonly timestampMs: number; readonly offset: Offset };

/** One `.log` file with its indexes: whole batches in offset order from `baseOffset` on. Only a log's last segment is written to. */
export class Segment {
  readonly baseOffset: Offset;
  /** Wall clock of its making in this process: the age for segment.ms while it has no timestamps. */
  readonly createdMs: number;
  sizeBytes: number;
  readonly #files: OpenFiles;
  readonly #directory: string;
  readonly #log: LogFile;
  #indexes: Indexes | undefined;
  /** Whether the index files hold what `#indexes` holds. */
  #indexesWritten = true;
  #maxTimestamp: MaxTimestamp | undefined;
  /** Largest timestamp of the first batch: from it segment.ms counts. -1 when that batch has none, undefined while unknown. */
  #firstTimestampMs: number | undefined;
  #bytesSinceIndexEntry = 0;
  /** Changes of the files, and how many of them are durable. */
  #changes = 0;
  #durableChanges = 0;

  private constructor(files: OpenFiles, directory: string, baseOffset: Offset, createdMs: number) {
    this.#files = files;
    this.#directory = directory;
    this.baseOffset = baseOffset;
    this.createdMs = createdMs;
    this.sizeBytes = 0;
    this.#log = files.file(this.path(".log"));
  }

  /** A new, empty segment with its file. Throws DiskError. */
  static create(files: OpenFiles, directory: string, baseOffset: Offset, nowMs: number): Segment {
    const segment = new Segment(files, directory, baseOffset, nowMs);
    const file = files.use(segment.#log);
    // Leftovers of a segment that was rolled and not written to.
    files.disk.truncate(file, 0);
    segment.#indexes = emptyIndexes(baseOffset);
    segment.#indexesWritten = false;
    segment.#changes++;
    return segment;
  }

  /** A segment whose `.log` exists. Indexes are not read yet. Throws DiskError. */
  static open(files: OpenFiles, directory: string, baseOffset: Offset, nowMs: number): Segment {
    const segment = new Segment(files, directory, baseOffset, nowMs);
    segment.sizeBytes = files.disk.sizeBytes(files.use(segment.#log));
    return segment;
  }

  path(suffix: string): string {
    return `${this.#directory}/${offsetFileName(this.baseOffset, suffix)}`;
  }

  /**
   * Appends whole batches whose offsets are final, in one write. Throws DiskError and leaves every field as it was; a torn tail is cut by
   * recovery.
   */
  append(batches: Uint8Array, indexIntervalBytes: number): void {
    this.#files.disk.write(this.#files.use(this.#log), this.sizeBytes, batches);
    this.#changes++;
    const view = new View();
    for (let at = 0; at < batches.length;) {
      view.point(batches, at);
      const batchBytes = view.sizeBytes;
      this.noteBatch(view, indexIntervalBytes);
      at += batchBytes;
    }
  }

  /** Counts a batch that lies at the end of the file already, and indexes it: what `append` does after its write, and recovery for each batch found. */
  noteBatch(batch: BatchView, indexIntervalBytes: number): void {
    const { offsets, times } = this.#loaded();
    const { sizeBytes, lastOffset, maxTimestampMs } = batch;
    if (this.sizeBytes === 0) this.#firstTimestampMs = maxTimestampMs;
    if (maxTimestampMs > (this.#maxTimestamp?.timestampMs ?? -1))
      this.#maxTimestamp = { timestampMs: maxTimestampMs, offset: lastOffset };
    if (this.#bytesSinceIndexEntry > indexIntervalBytes) {
      offsets.append(lastOffset, this.sizeBytes);
      if (this.#maxTimestamp !== undefined)
        times.maybeAppend(this.#maxTimestamp.timestampMs, this.#maxTimestamp.offset);
      this.#bytesSinceIndexEntry = 0;
    }
    this.#indexesWritten = false;
    this.#bytesSinceIndexEntry += sizeBytes;
    this.sizeBytes += sizeBytes;
  }

  /** Adds an aborted transaction to the index and its file. Throws DiskError. */
  addAbortedTransaction(entry: AbortedTransactionEntry): void {
    const { transactions } = this.#loaded();
    const before = transactions.toBytes().length;
    transactions.append(entry);
    this.#writeFile(".txnindex", transactions.toBytes().subarray(before), before);
  }

  /** Adds those of [fromOffset, toOffset) whose marker is in this segment; true when later segments have none. */
  collectAborted(fromOffset: Offset, toOffset: Offset, into: AbortedTransactionEntry[]): boolean {
    return this.#loaded().transactions.collect(fromOffset, toOffset, into);
  }

  /** Newest timestamp in the segment, -1 without any. */
  get maxTimestampMs(): number {
    return this.maxTimestamp?.timestampMs ?? -1;
  }

  get maxTimestamp(): MaxTimestamp | undefined {
    this.#loaded();
    return this.#maxTimestamp;
  }

  /** Kafka's LogSegment.shouldRoll: whether a batch of these measures belongs into a new segment. */
  shouldRoll(
    next: {
      readonly sizeBytes: number;
      readonly lastOffset: Offset;
      readonly maxTimestampMs: number;
      readonly nowMs: number;
    },
    config: LogConfig,
  ): boolean {
    if (this.sizeBytes === 0) return next.lastOffset - this.baseOffset > RELATIVE_OFFSET_MAX;
    if (
      this.sizeBytes + next.sizeBytes > config.segmentBytes ||
      next.lastOffset - this.baseOffset > RELATIVE_OFFSET_MAX
    )
      return true;
    const firstMs = this.#firstTimestamp();
    const waitedMs = firstMs >= 0 ? next.maxTimestampMs - firstMs : next.nowMs - this.createdMs;
    if (waitedMs > config.segmentMs - this.#jitterMs(config)) return true;
    const { offsets, times } = this.#loaded();
    const entriesMax = Math.floor(config.segmentIndexBytes / OFFSET_INDEX_ENTRY_BYTES);
    const timeEntriesMax = Math.floor(config.segmentIndexBytes / TIME_INDEX_ENTRY_BYTES) - 1;
    return offsets.count >= entriesMax || times.count >= timeEntriesMax;
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
    return new View().point(head).sizeBytes;
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
    const { offsets, times, transactions } = this.#loaded();
    this.#files.disk.truncate(this.#files.use(this.#log), position);
    this.#changes++;
    this.sizeBytes = position;
    offsets.truncateToPosition(position);
    times.truncateToOffset(offset);
    transactions.truncateToOffset(offset);
    this.#bytesSinceIndexEntry = 0;
    if (position === 0) this.#firstTimestampMs = undefined;
    this.#maxTimestamp = times.last;
    this.scan(offsets.lookup(times.last?.offset ?? this.baseOffset), (batch) => {
      if (batch.maxTimestampMs > (this.#maxTimestamp?.timestampMs ?? -1))
        this.#maxTimestamp = { timestampMs: batch.maxTimestampMs, offset: batch.lastOffset };
    });
    if (transactions.count > 0) this.#writeFile(".txnindex", transactions.toBytes());
    else this.#files.disk.remove(this.path(".txnindex"));
    this.#indexesWritten = false;
    return endOffset;
  }

  /** Begins the segment anew over its file: recovery then finds each batch by `noteBatch` and cuts with `cutAt`. */
  beginRecovery(): number {
    const fileBytes = this.sizeBytes;
    // What a killed process wrote is not durable because a new one has read it.
    this.#changes++;
    this.sizeBytes = 0;
    this.#indexes = emptyIndexes(this.baseOffset);
    this.#maxTimestamp = undefined;
    this.#firstTimestampMs = undefined;
    this.#bytesSinceIndexEntry = 0;
    this.#indexesWritten = false;
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
    if (this.#indexesWritten || this.#indexes === undefined) return;
    const { offsets, times } = this.#indexes;
    if (this.#maxTimestamp !== undefined) times.maybeAppend(this.#maxTimestamp.timestampMs, this.#maxTimestamp.offset);
    this.#writeFile(".index", offsets.toBytes());
    this.#writeFile(".timeindex", times.toBytes());
    this.#changes++;
    this.#indexesWritten = true;
  }

  /** Frees the memory of the indexes of a segment that is no longer written to; they are read again on use. */
  dropIndexes(): void {
    if (this.#indexesWritten) this.#indexes = undefined;
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
    await this.#files.sync(this.#log);
    for (const suffix of [".index", ".timeindex", ".txnindex"] as const) {
      const path = this.path(suffix);
      if (!this.#files.disk.exists(path)) continue;
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

  #loaded(): Indexes {
    if (this.#indexes !== undefined) return this.#indexes;
    const read = (suffix: string): Uint8Array | undefined => this.#files.disk.readFile(this.path(suffix));
    const [offsetBytes, timeBytes, transactionBytes] = [read(".index"), read(".timeindex"), read(".txnindex")];
    const offsets = new OffsetIndex(this.baseOffset, offsetBytes);
    const times = new TimeIndex(this.baseOffset, timeBytes);
    const isWhole =
      offsetBytes !== undefined &&
      timeBytes !== undefined &&
      offsets.isSane(this.sizeBytes) &&
      times.isSane(this.baseOffset + RELATIVE_OFFSET_MAX);
    this.#indexes = { offsets, times, transactions: new TransactionIndex(transactionBytes) };
    if (isWhole) this.#maxTimestamp = times.last;
    else this.#rebuildIndexes();
    return this.#indexes;
  }

  /** Indexes of a segment whose batches are trusted but whose index files are not there. The transaction index is kept as found. */
  #rebuildIndexes(): void {
    assert(this.#indexes !== undefined, "the transaction index is loaded");
    const { transactions } = this.#indexes;
    const fileBytes = this.sizeBytes;
    this.#indexes = { ...emptyIndexes(this.baseOffset), transactions };
    this.sizeBytes = 0;
    this.#maxTimestamp = undefined;
    this.#bytesSinceIndexEntry = 0;
    this.scanFile(fileBytes, (batch) => this.noteBatch(batch, INDEX_INTERVAL_BYTES));
    this.sizeBytes = fileBytes;
  }

  #scanTail(visit: (batch: BatchView) => void): number {
    const { offsets } = this.#loaded();
    return this.scan(offsets.lookup(offsets.lastOffset), visit);
  }

  #firstTimestamp(): number {
    if (this.#firstTimestampMs !== undefined) return this.#firstTimestampMs;
    let first = -1;
    this.scan(0, (batch) => {
      first = batch.maxTimestampMs;
      return "stop";
    });
    this.#firstTimestampMs = first;
    return first;
  }

  /** Spreads the rolling of many partitions; the same for a segment however often it is asked. */
  #jitterMs(config: LogConfig): number {
    if (config.segmentJitterMs <= 0) return 0;
    let hash = this.baseOffset % 2 ** 31;
    for (const char of this.#directory) hash = (Math.imul(hash, 31) + char.charCodeAt(0)) | 0;
    return Math.abs(hash) % Math.min(config.segmentJitterMs, Math.max(1, config.segmentMs));
  }

  /** Writes `bytes` as the file's content from `position` on. */
  #writeFile(suffix: string, bytes: Uint8Array, position = 0): void {
    overwriteFile(this.#files.disk, this.path(suffix), bytes, position);
  }
}

/** Kafka's index.interval.bytes default, for indexes rebuilt without the topic's settings at hand. */
const INDEX_INTERVAL_BYTES = 4096;

function emptyIndexes(baseOffset: Offset): Indexes {
  return {
    offsets: new OffsetIndex(baseOffset),
    times: new TimeIndex(baseOffset),
    transactions: new TransactionIndex(),
  };
}
