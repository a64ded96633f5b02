import type { Disk } from "../../environment/environment.ts";
import type { BatchView } from "../../wire/record-batch.ts";
import type { Offset } from "./log-config.ts";
import { OFFSET_INDEX_ENTRY_BYTES, OffsetIndex } from "./offset-index.ts";
import { overwriteFile } from "./open-files.ts";
import { TIME_INDEX_ENTRY_BYTES, TimeIndex, type TimeIndexEntry } from "./time-index.ts";
import { TransactionIndex, type AbortedTransactionEntry } from "./transaction-index.ts";

/** Relative offsets are signed 32 bit numbers. */
export const RELATIVE_OFFSET_MAX = 2 ** 31 - 1;

/** Names a segment's file by its suffix. */
export type PathOf = (suffix: ".index" | ".timeindex" | ".txnindex") => string;

/** The indexes of one segment in memory, and when they are due to grow. The files are written by `write`; the transaction index at once. */
export class SegmentIndexes {
  readonly offsets: OffsetIndex;
  readonly times: TimeIndex;
  readonly transactions: TransactionIndex;
  /** The newest timestamp in the segment with the last offset of its batch; undefined without any. */
  #maxTimestamp: TimeIndexEntry | undefined;
  #bytesSinceEntry = 0;
  #isWritten: boolean;

  constructor(offsets: OffsetIndex, times: TimeIndex, transactions: TransactionIndex, isWritten: boolean) {
    this.offsets = offsets;
    this.times = times;
    this.transactions = transactions;
    this.#maxTimestamp = times.last;
    this.#isWritten = isWritten;
  }

  /** Of a segment without batches; aborted transactions may be known already. */
  static empty(baseOffset: Offset, transactions = new TransactionIndex()): SegmentIndexes {
    return new SegmentIndexes(new OffsetIndex(baseOffset), new TimeIndex(baseOffset), transactions, false);
  }

  /** Reads the files. `isTrusted` is false when offset or time index is missing or cannot be of a segment of this size. Throws DiskError. */
  static read(
    disk: Disk,
    pathOf: PathOf,
    segment: { readonly baseOffset: Offset; readonly sizeBytes: number },
  ): { readonly indexes: SegmentIndexes; readonly isTrusted: boolean } {
    const { baseOffset, sizeBytes } = segment;
    const offsetBytes = disk.readFile(pathOf(".index"));
    const timeBytes = disk.readFile(pathOf(".timeindex"));
    const offsets = new OffsetIndex(baseOffset, offsetBytes);
    const times = new TimeIndex(baseOffset, timeBytes);
    const isSane = offsets.isSane(sizeBytes) && times.isSane(baseOffset + RELATIVE_OFFSET_MAX);
    const transactions = new TransactionIndex(disk.readFile(pathOf(".txnindex")));
    const isTrusted = offsetBytes !== undefined && timeBytes !== undefined && isSane;
    return { indexes: new SegmentIndexes(offsets, times, transactions, true), isTrusted };
  }

  /** The same without any transaction; call it when the files hold what memory holds. */
  withoutTransactions(): SegmentIndexes {
    return new SegmentIndexes(this.offsets, this.times, new TransactionIndex(), true);
  }

  get maxTimestamp(): TimeIndexEntry | undefined {
    return this.#maxTimestamp;
  }

  /** Whether the files hold what memory holds. */
  get isWritten(): boolean {
    return this.#isWritten;
  }

  /** Takes a batch at `position` in, which gets entries when `intervalBytes` (index.interval.bytes) have passed since the last (Kafka's LogSegment.append). */
  note(batch: BatchView, position: number, intervalBytes: number): void {
    const { sizeBytes, lastOffset, maxTimestampMs } = batch;
    this.#isWritten = false;
    this.#noteTimestamp(maxTimestampMs, lastOffset);
    if (this.#bytesSinceEntry > intervalBytes) {
      this.offsets.append(lastOffset, position);
      if (this.#maxTimestamp !== undefined) {
        this.times.maybeAppend(this.#maxTimestamp.timestampMs, this.#maxTimestamp.offset);
      }
      this.#bytesSinceEntry = 0;
    }
    this.#bytesSinceEntry += sizeBytes;
  }

  /** Adds an aborted transaction to the index and to its file. Throws DiskError. */
  addAborted(disk: Disk, pathOf: PathOf, entry: AbortedTransactionEntry): void {
    const before = this.transactions.toBytes().length;
    this.transactions.append(entry);
    overwriteFile(disk, pathOf(".txnindex"), this.transactions.toBytes().subarray(before), before);
  }

  /** Forgets what lies at or behind `position`, where a batch with `offset` or a later one begins. `rescan` shows the batches from a position on. Throws DiskError. */
  truncate(
    disk: Disk,
    pathOf: PathOf,
    { position, offset }: { readonly position: number; readonly offset: Offset },
    rescan: (from: number, visit: (batch: BatchView) => void) => void,
  ): void {
    this.offsets.truncateToPosition(position);
    this.times.truncateToOffset(offset);
    this.transactions.truncateToOffset(offset);
    this.#bytesSinceEntry = 0;
    this.#isWritten = false;
    this.#maxTimestamp = this.times.last;
    // Behind the last time entry there may be newer batches that have none yet.
    const from = this.#maxTimestamp === undefined ? 0 : this.offsets.lookup(this.#maxTimestamp.offset);
    rescan(from, (batch) => this.#noteTimestamp(batch.maxTimestampMs, batch.lastOffset));
    if (this.transactions.count > 0) overwriteFile(disk, pathOf(".txnindex"), this.transactions.toBytes());
    else disk.remove(pathOf(".txnindex"));
  }

  /** Whether an index has as many entries as segment.index.bytes allows. */
  isFull(segmentIndexBytes: number): boolean {
    const offsetsMax = Math.floor(segmentIndexBytes / OFFSET_INDEX_ENTRY_BYTES);
    const timesMax = Math.floor(segmentIndexBytes / TIME_INDEX_ENTRY_BYTES) - 1;
    return this.offsets.count >= offsetsMax || this.times.count >= timesMax;
  }

  /** Writes offset and time index, with the newest timestamp as last entry, when the files are behind. True when it wrote. Throws DiskError. */
  write(disk: Disk, pathOf: PathOf): boolean {
    if (this.#isWritten) return false;
    if (this.#maxTimestamp !== undefined) {
      this.times.maybeAppend(this.#maxTimestamp.timestampMs, this.#maxTimestamp.offset);
    }
    overwriteFile(disk, pathOf(".index"), this.offsets.toBytes());
    overwriteFile(disk, pathOf(".timeindex"), this.times.toBytes());
    this.#isWritten = true;
    return true;
  }

  #noteTimestamp(timestampMs: number, offset: Offset): void {
    if (timestampMs > (this.#maxTimestamp?.timestampMs ?? -1)) this.#maxTimestamp = { timestampMs, offset };
  }
}
