import { AbortedTransactions, type ControlFacts, controlFactsOf, factsOf, type ReadRecord } from "./read-records.ts";
import type { PartitionRead } from "./read-partition.ts";
import { asBuffer } from "../wire/codecs/wasm-codecs.ts";
import { BatchView } from "../wire/record-batch.ts";
import { RecordCursor } from "../wire/record-cursor.ts";
import { WireError } from "../wire/wire-error.ts";
import { type Prefilter, PrefilterCursor } from "./byte-pattern.ts";

/** A record where it lies: positions and lengths in the bytes that come with it. */
export type ScannedRecord = Pick<
  RecordCursor,
  "offset" | "timestampMs" | "keyStart" | "keyLength" | "valueStart" | "valueLength" | "headerCount" | "headers"
>;

/** Where a record is. */
export type RecordPlace = { readonly topic: string; readonly partition: number };

/** Tells which records are wanted. */
export type RecordJudge = {
  readonly prefilter: Prefilter;
  /** Judges a record; a length of -1 is null. */
  matches(record: ScannedRecord, bytes: Buffer, place: RecordPlace): boolean;
  /** Judges a control record. */
  matchesControl(record: ReadRecord & { readonly control: ControlFacts }): boolean;
};

/** What one batch may decompress to; a larger one is passed over, and said to be. */
const DECOMPRESSED_BYTES_MAX = 64 * 1024 * 1024;
/** Records of a chunk that are decoded whatever their bytes say, so that an expression that can never hold shows its failures. */
const SAMPLED_RECORDS = 4;

/** The offsets of an answer that count: it may begin before and end behind. */
export type ChunkWindow = RecordPlace & {
  readonly start: number;
  readonly end: number;
  readonly isolation: "uncommitted" | "committed";
  readonly isControlShown: boolean;
};

/** What an answer held. */
export type ChunkScan = {
  /** Where its first batch begins; `end` of the window when it has none in it. */
  readonly firstOffset: number;
  /** Behind its last whole batch; the window's start when none came. */
  readonly nextOffset: number;
  readonly records: number;
  /** Of the batches in the window; Infinity and -Infinity when there are none. */
  readonly minTimestampMs: number;
  readonly maxTimestampMs: number;
  /** Batches that cannot be read: why the first of them cannot. */
  readonly fault: string | null;
};

/** Who is told of what is found. */
export type ScanListener = {
  readonly onMatch: (record: ReadRecord) => void;
  /** Called before each batch: a record that takes for ever is in the last one told. */
  readonly onBatch?: (baseOffset: number) => void;
};

/**
 * Looks through the batches of an answer. Bytes come first: an uncompressed answer is searched as a whole, a compressed batch once it is
 * decompressed, and only what has the bytes becomes a record.
 */
export class RecordScanner {
  private readonly batch = new BatchView();
  private readonly cursor = new RecordCursor();
  private readonly raw: PrefilterCursor | undefined;
  private readonly inside: PrefilterCursor | undefined;
  private sampled = 0;

  constructor(
    private readonly judge: RecordJudge,
    private readonly listener: ScanListener,
  ) {
    const { prefilter } = judge;
    this.raw = prefilter ? new PrefilterCursor(prefilter) : undefined;
    this.inside = prefilter ? new PrefilterCursor(prefilter) : undefined;
  }

  scan(read: PartitionRead, window: ChunkWindow): ChunkScan {
    const { batch } = this;
    const bytes = asBuffer(read.records);
    const found = {
      firstOffset: window.end,
      nextOffset: window.start,
      records: 0,
      minTimestampMs: Number.POSITIVE_INFINITY,
      maxTimestampMs: Number.NEGATIVE_INFINITY,
      fault: null as string | null,
    };
    const aborted = window.isolation === "committed" ? new AbortedTransactions(read) : undefined;
    this.sampled = 0;
    let isRawOpen = false;
    for (let position = 0; position < bytes.length; position += batch.sizeBytes) {
      const fault = batch.point(bytes, position).fault();
      if (fault === "incomplete") break;
      if (fault !== null) {
        found.fault ??= fault === "magic" ? "a message format older than Kafka 0.11" : `a broken batch (${fault})`;
        break;
      }
      const isLeftOut = aborted !== undefined && !batch.isControl && aborted.isAborted(batch);
      if (batch.isControl) aborted?.endAt(batch);
      if (batch.baseOffset >= window.end) break;
      found.nextOffset = Math.max(found.nextOffset, batch.nextOffset);
      found.firstOffset = Math.min(found.firstOffset, batch.baseOffset);
      if (batch.nextOffset <= window.start) continue;
      found.records += recordsIn(batch, window);
      found.minTimestampMs = Math.min(
        found.minTimestampMs,
        batch.hasDeleteHorizon ? batch.maxTimestampMs : batch.baseTimestampMs,
      );
      found.maxTimestampMs = Math.max(found.maxTimestampMs, batch.maxTimestampMs);
      if (isLeftOut || (batch.isControl && !window.isControlShown)) continue;
      if (this.raw && !isRawOpen && !batch.isCompressed) {
        this.raw.open(bytes, position, bytes.length);
        isRawOpen = true;
      }
      this.listener.onBatch?.(batch.baseOffset);
      const broken = this.scanBatch(bytes, window);
      found.fault ??= broken;
    }
    return found;
  }

  /** Why it cannot be read. */
  private scanBatch(bytes: Buffer, window: ChunkWindow): string | null {
    const { batch, cursor, raw, inside } = this;
    try {
      if (batch.isControl) {
        this.scanControl(window);
        return null;
      }
      if (!raw || !inside) this.walk(undefined, window, Number.POSITIVE_INFINITY);
      else if (batch.isCompressed) {
        cursor.open(batch, DECOMPRESSED_BYTES_MAX);
        const content = asBuffer(cursor.bytes);
        inside.open(content, 0, content.length);
        this.walk(inside, window, content.length);
      } else {
        const end = batch.position + batch.sizeBytes;
        if (this.sampled < SAMPLED_RECORDS || raw.next(batch.position) < end) {
          cursor.open(batch);
          this.walk(raw, window, end);
        }
      }
      return null;
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
      return `the batch at ${batch.baseOffset} cannot be read: ${error.message}`;
    }
  }

  private walk(prefilter: PrefilterCursor | undefined, window: ChunkWindow, end: number): void {
    const { batch, cursor, judge } = this;
    if (prefilter === undefined) cursor.open(batch, DECOMPRESSED_BYTES_MAX);
    const bytes = asBuffer(cursor.bytes);
    let hit = prefilter?.next(cursor.recordEnd) ?? -1;
    if (hit >= end && this.sampled >= SAMPLED_RECORDS) return;
    while (cursor.next()) {
      const isSampled = this.sampled < SAMPLED_RECORDS;
      if (hit >= cursor.recordEnd && !isSampled) {
        if (hit >= end) return;
        continue;
      }
      this.sampled += 1;
      const { offset } = cursor;
      if (offset >= window.start && offset < window.end && judge.matches(cursor, bytes, window)) this.take();
      if (prefilter) hit = prefilter.next(cursor.recordEnd);
    }
  }

  private scanControl(window: ChunkWindow): void {
    const { batch, cursor, judge } = this;
    cursor.open(batch);
    while (cursor.next()) {
      if (cursor.offset < window.start || cursor.offset >= window.end) continue;
      const record = cursor.record();
      const whole = { ...record, batch: factsOf(batch), control: controlFactsOf(record) };
      if (judge.matchesControl(whole)) this.listener.onMatch(whole);
    }
  }

  private take(): void {
    this.listener.onMatch({ ...this.cursor.record(), batch: factsOf(this.batch) });
  }
}

/** Records of a batch that are in the window; a compacted batch across its edge is judged by its offsets. */
function recordsIn({ isControl, baseOffset, nextOffset, count }: BatchView, { start, end }: ChunkWindow): number {
  if (isControl) return 0;
  return Math.min(count, Math.min(end, nextOffset) - Math.max(start, baseOffset));
}
