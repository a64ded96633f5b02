import assert from "node:assert/strict";
import { CODECS, type Codec } from "./compression.ts";
import { corruptBatch } from "./corrupt-batch.ts";
import { crc32c } from "./crc32c.ts";

/** Bytes before a batch's records (KIP-98). `batchLength` counts from byte 12. */
export const BATCH_HEADER_BYTES = 61;
/** Base offset and batch length: what is in front of the bytes that the length counts. */
export const BATCH_OVERHEAD_BYTES = 12;
/** The only magic that Kafka 4 knows. */
export const BATCH_MAGIC = 2;

/** Positions inside the header; everything from `attributes` on is covered by the CRC. */
export const FIELD = {
  baseOffset: 0,
  batchLength: 8,
  partitionLeaderEpoch: 12,
  magic: 16,
  crc: 17,
  attributes: 21,
  lastOffsetDelta: 23,
  baseTimestamp: 27,
  maxTimestamp: 35,
  producerId: 43,
  producerEpoch: 51,
  baseSequence: 53,
  count: 57,
} as const;

/** Bits of the attributes above the codec's three. */
export const ATTRIBUTE = {
  codecMask: 0x07,
  logAppendTime: 0x08,
  transactional: 0x10,
  control: 0x20,
  deleteHorizon: 0x40,
} as const;

/** Who set the timestamps of a batch: Kafka's `message.timestamp.type`. */
export type TimestampType = "CreateTime" | "LogAppendTime";

/**
 * Why bytes cannot be used as a batch. "incomplete" = more bytes are needed (the usual end of a fetch's records, or of
 * a torn file); all others are corruption. The CRC is not part of it: ask `isCrcValid()`.
 */
export type BatchFault = "incomplete" | "length" | "magic" | "codec" | "count" | "offset";

const NO_BYTES = new Uint8Array(0);
const NO_VIEW = new DataView(NO_BYTES.buffer);

/**
 * A record batch v2 where it lies: reads and patches a header in somebody else's bytes, copies nothing. One view may be
 * pointed at one batch after the other. Ask `fault()` first; the fields of a faulty batch mean nothing. 64 bit fields
 * are numbers; beyond ±(2^53 - 1) they read as that bound.
 */
export class BatchView {
  #bytes: Uint8Array = NO_BYTES;
  #view: DataView = NO_VIEW;
  /** Where the batch begins, in `bytes` and in `#view`. */
  #position = 0;
  #at = 0;

  /** Points this view at the batch that begins at `position`; answers itself. */
  point(bytes: Uint8Array, position = 0): this {
    // A DataView over the whole memory serves all messages that a receive buffer holds one after the other.
    if (this.#view.buffer !== bytes.buffer) this.#view = new DataView(bytes.buffer);
    this.#bytes = bytes;
    this.#position = position;
    this.#at = bytes.byteOffset + position;
    return this;
  }

  get bytes(): Uint8Array {
    return this.#bytes;
  }
  get position(): number {
    return this.#position;
  }

  /** Checks the header for what would make reading on unsafe or senseless; null when it is sound. Never throws. */
  fault(): BatchFault | null {
    const available = this.#bytes.length - this.#position;
    if (available < BATCH_OVERHEAD_BYTES) return "incomplete";
    const length = this.batchLength;
    // Magic 0 and 1 entries may be shorter than our header: name them before their length is judged.
    if (available > FIELD.magic && length >= FIELD.magic - BATCH_OVERHEAD_BYTES && this.magic !== BATCH_MAGIC)
      return "magic";
    if (length < BATCH_HEADER_BYTES - BATCH_OVERHEAD_BYTES) return "length";
    if (available - BATCH_OVERHEAD_BYTES < length) return "incomplete";
    if ((this.attributes & ATTRIBUTE.codecMask) >= CODECS.length) return "codec";
    const lastOffsetDelta = this.lastOffsetDelta;
    if (lastOffsetDelta < 0 || this.count < 0 || this.count > lastOffsetDelta + 1) return "count";
    if (this.baseOffset < 0 || this.lastOffset > Number.MAX_SAFE_INTEGER) return "offset";
    return null;
  }

  get baseOffset(): number {
    return this.#int64(FIELD.baseOffset);
  }
  /** Outside the CRC: a leader patches it in place. */
  set baseOffset(offset: number) {
    this.#setInt64(FIELD.baseOffset, offset);
  }
  get batchLength(): number {
    return this.#view.getInt32(this.#at + FIELD.batchLength);
  }
  /** The whole batch, header included. */
  get sizeBytes(): number {
    return this.batchLength + BATCH_OVERHEAD_BYTES;
  }
  /** -1 when the writer knew none (clients). */
  get partitionLeaderEpoch(): number {
    return this.#view.getInt32(this.#at + FIELD.partitionLeaderEpoch);
  }
  /** Outside the CRC: a leader patches it in place. */
  set partitionLeaderEpoch(epoch: number) {
    this.#view.setInt32(this.#at + FIELD.partitionLeaderEpoch, epoch);
  }
  get magic(): number {
    return this.#view.getInt8(this.#at + FIELD.magic);
  }
  /** As written in the batch, unsigned. */
  get crc(): number {
    return this.#view.getUint32(this.#at + FIELD.crc);
  }
  get attributes(): number {
    return this.#view.getInt16(this.#at + FIELD.attributes);
  }
  get lastOffsetDelta(): number {
    return this.#view.getInt32(this.#at + FIELD.lastOffsetDelta);
  }
  /** Offset of the last record; in a compacted batch that record may be gone. */
  get lastOffset(): number {
    return this.baseOffset + this.lastOffsetDelta;
  }
  get nextOffset(): number {
    return this.lastOffset + 1;
  }
  /** What the records' timestamps count from; the delete horizon when `hasDeleteHorizon`. */
  get baseTimestampMs(): number {
    return this.#int64(FIELD.baseTimestamp);
  }
  get maxTimestampMs(): number {
    return this.#int64(FIELD.maxTimestamp);
  }
  /** -1 without idempotence. */
  get producerId(): number {
    return this.#int64(FIELD.producerId);
  }
  get producerEpoch(): number {
    return this.#view.getInt16(this.#at + FIELD.producerEpoch);
  }
  /** -1 without idempotence, and in control batches. */
  get baseSequence(): number {
    return this.#view.getInt32(this.#at + FIELD.baseSequence);
  }
  /** Sequence of the last record; sequences go on with 0 after 2147483647. */
  get lastSequence(): number {
    const first = this.baseSequence;
    return first < 0 ? first : addSequence(first, this.lastOffsetDelta);
  }
  /** Records in the batch. */
  get count(): number {
    return this.#view.getInt32(this.#at + FIELD.count);
  }
  get codec(): Codec {
    return CODECS[this.attributes & ATTRIBUTE.codecMask] ?? "none";
  }
  get isCompressed(): boolean {
    return (this.attributes & ATTRIBUTE.codecMask) !== 0;
  }
  get timestampType(): TimestampType {
    return (this.attributes & ATTRIBUTE.logAppendTime) === 0 ? "CreateTime" : "LogAppendTime";
  }
  get isTransactional(): boolean {
    return (this.attributes & ATTRIBUTE.transactional) !== 0;
  }
  get isControl(): boolean {
    return (this.attributes & ATTRIBUTE.control) !== 0;
  }
  /** KIP-534: `baseTimestampMs` says when the tombstones of this batch may go. */
  get hasDeleteHorizon(): boolean {
    return (this.attributes & ATTRIBUTE.deleteHorizon) !== 0;
  }

  /** Computes the CRC and compares. Throws AssertionError unless the batch is complete. */
  isCrcValid(): boolean {
    return this.crc === this.#computeCrc();
  }

  /** Stamps the batch with the broker's time and renews its CRC, as `message.timestamp.type=LogAppendTime` asks. */
  setLogAppendTime(nowMs: number): void {
    this.#view.setInt16(this.#at + FIELD.attributes, this.attributes | ATTRIBUTE.logAppendTime);
    this.#setInt64(FIELD.maxTimestamp, nowMs);
    this.renewCrc();
  }

  /** Writes the CRC of what the batch now holds. */
  renewCrc(): void {
    this.#view.setUint32(this.#at + FIELD.crc, this.#computeCrc());
  }

  /** The whole batch as a view. */
  wholeBytes(): Uint8Array {
    return this.#bytes.subarray(this.#position, this.#position + this.sizeBytes);
  }

  /** The records, compressed if the batch is, as a view. */
  recordBytes(): Uint8Array {
    return this.#bytes.subarray(this.#position + BATCH_HEADER_BYTES, this.#position + this.sizeBytes);
  }

  #computeCrc(): number {
    const end = this.#position + this.sizeBytes;
    assert(end <= this.#bytes.length && end >= this.#position + BATCH_HEADER_BYTES, "fault() was asked before the CRC");
    return crc32c(this.#bytes, this.#position + FIELD.attributes, end);
  }

  #int64(field: number): number {
    const high = this.#view.getInt32(this.#at + field);
    return saturate(high * 2 ** 32 + this.#view.getUint32(this.#at + field + 4));
  }

  #setInt64(field: number, value: number): void {
    const high = Math.floor(value / 2 ** 32);
    this.#view.setInt32(this.#at + field, high);
    this.#view.setUint32(this.#at + field + 4, value - high * 2 ** 32);
  }
}

/**
 * The batches in `bytes` from `start` on, each in the same reused view, so use it before asking for the next. Ends
 * before an incomplete batch, as the records of a fetch may end. Throws WireError at bytes that cannot be a batch.
 */
export function* batchesIn(bytes: Uint8Array, start = 0, end = bytes.length): Generator<BatchView, void, void> {
  const range = end === bytes.length ? bytes : bytes.subarray(0, end);
  const batch = new BatchView();
  let position = start;
  while (position < end) {
    const fault = batch.point(range, position).fault();
    if (fault === "incomplete") return;
    if (fault !== null) corruptBatch(`the batch cannot be read: ${fault}`, position);
    const sizeBytes = batch.sizeBytes;
    yield batch;
    position += sizeBytes;
  }
}

/** Where the whole batches at the front of `bytes` end. Throws WireError at bytes that cannot be a batch. */
export function completeBatchesEnd(bytes: Uint8Array, start = 0, end = bytes.length): number {
  let position = start;
  for (const batch of batchesIn(bytes, start, end)) position = batch.position + batch.sizeBytes;
  return position;
}

/** The sequence `delta` records later: Kafka's go on with 0 after 2147483647. */
export function addSequence(sequence: number, delta: number): number {
  return (sequence + delta) % 2 ** 31;
}

function saturate(value: number): number {
  if (value > Number.MAX_SAFE_INTEGER) return Number.MAX_SAFE_INTEGER;
  return value < Number.MIN_SAFE_INTEGER ? Number.MIN_SAFE_INTEGER : value;
}
