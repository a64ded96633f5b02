import { decompress, DECOMPRESSED_BYTES_MAX } from "./compression.ts";
import { corruptBatch } from "./corrupt-batch.ts";
import { BATCH_HEADER_BYTES, type BatchView } from "./record-batch.ts";
import type { LogRecord, RecordHeader } from "./record.ts";

const utf8 = new TextDecoder();
/** Bytes of a zig-zag varint of 32 and of 64 bits. */
const VARINT_BYTES_MAX = 5;
const VARLONG_BYTES_MAX = 10;

/**
 * Walks the records of a batch without making an object of each: `next()` moves on, the fields are those of the current
 * record. Every length is checked against the bytes there before it is used; bytes that break the format end in WireError.
 *
 *     cursor.open(batch);
 *     while (cursor.next()) count(cursor.offset, cursor.valueLength);
 *
 * Views point into the batch's own memory when it is not compressed, else into memory made by `open`.
 */
export class RecordCursor {
  /** The bytes that the positions below count in: decompressed records, or the bytes of the batch. */
  bytes: Uint8Array = new Uint8Array(0);
  offset = -1;
  /** The record's own time, or the batch's for LogAppendTime. */
  timestampMs = -1;
  /** Position and length of the key; -1 as length is null. */
  keyStart = 0;
  keyLength = -1;
  valueStart = 0;
  valueLength = -1;
  headerCount = 0;

  /** The whole record with its length in front, as it lies uncompressed. */
  recordStart = 0;
  recordEnd = 0;

  #at = 0;
  #end = 0;
  #left = 0;
  #baseOffset = 0;
  #baseTimestampMs = 0;
  /** The time of every record, when the broker set it. */
  #appendTimeMs: number | undefined;
  #headersStart = 0;
  #bodyStart = 0;

  /**
   * Stands before the first record of a batch whose `fault()` is null. Decompresses at most `bytesMax`; `loadCompression()`
   * has settled if batches may be compressed. Throws WireError.
   */
  open(batch: BatchView, bytesMax = DECOMPRESSED_BYTES_MAX): this {
    this.#left = batch.count;
    if (batch.isCompressed && batch.sizeBytes > BATCH_HEADER_BYTES) {
      this.bytes = decompress(batch.codec, batch.recordBytes(), bytesMax);
      this.#at = 0;
      this.#end = this.bytes.length;
    } else {
      this.bytes = batch.bytes;
      this.#at = batch.position + BATCH_HEADER_BYTES;
      this.#end = batch.position + batch.sizeBytes;
    }
    this.recordEnd = this.#at;
    this.#baseOffset = batch.baseOffset;
    this.#baseTimestampMs = batch.baseTimestampMs;
    this.#appendTimeMs = batch.timestampType === "LogAppendTime" ? batch.maxTimestampMs : undefined;
    return this;
  }

  /** Size of the record without the length in front of it. */
  get bodyBytes(): number {
    return this.recordEnd - this.#bodyStart;
  }

  /** Moves to the next record; false after the last. */
  next(): boolean {
    this.#at = this.recordEnd;
    if (this.#left === 0) {
      if (this.#at !== this.#end) corruptBatch("bytes are left after the last record", this.#at);
      return false;
    }
    this.#left--;
    this.recordStart = this.#at;
    const length = this.#varint(this.#end);
    const end = this.#at + length;
    if (length < 0 || end > this.#end) corruptBatch(`a record of ${length} bytes does not fit its batch`, this.#at);
    this.recordEnd = end;
    this.#bodyStart = this.#at;
    this.#at++; // attributes: no bit has a meaning
    const timestampDelta = this.#varlong(end);
    this.timestampMs = this.#appendTimeMs ?? this.#baseTimestampMs + timestampDelta;
    this.offset = this.#baseOffset + this.#varint(end);
    this.keyLength = this.#length(end);
    this.keyStart = this.#at;
    if (this.keyLength > 0) this.#at += this.keyLength;
    this.valueLength = this.#length(end);
    this.valueStart = this.#at;
    if (this.valueLength > 0) this.#at += this.valueLength;
    this.headerCount = this.#varint(end);
    this.#headersStart = this.#at;
    if (this.headerCount !== 0) this.#skipHeaders(end);
    if (this.#at !== end) corruptBatch("a record's fields do not fill its length", this.#at);
    return true;
  }

  /** A view of the key; null when there is none. */
  key(): Uint8Array | null {
    return this.keyLength < 0 ? null : this.bytes.subarray(this.keyStart, this.keyStart + this.keyLength);
  }

  /** A view of the value; null is a tombstone. */
  value(): Uint8Array | null {
    return this.valueLength < 0 ? null : this.bytes.subarray(this.valueStart, this.valueStart + this.valueLength);
  }

  /** The headers in their order, doubles kept; values are views. */
  headers(): RecordHeader[] {
    const headers: RecordHeader[] = [];
    this.#at = this.#headersStart;
    for (let index = 0; index < this.headerCount; index++) {
      const keyEnd = this.#varint(this.recordEnd) + this.#at;
      const key = utf8.decode(this.bytes.subarray(this.#at, keyEnd));
      this.#at = keyEnd;
      const valueLength = this.#varint(this.recordEnd);
      const value = valueLength < 0 ? null : this.bytes.subarray(this.#at, this.#at + valueLength);
      if (valueLength > 0) this.#at += valueLength;
      headers.push({ key, value });
    }
    return headers;
  }

  /** The current record as an object with views. */
  record(): LogRecord {
    return {
      offset: this.offset,
      timestampMs: this.timestampMs,
      key: this.key(),
      value: this.value(),
      headers: this.headers(),
    };
  }

  /** Walks over the headers and checks them; what a count promises is never allocated. */
  #skipHeaders(end: number): void {
    if (this.headerCount < 0) corruptBatch(`a record has ${this.headerCount} headers`, this.#at);
    for (let index = 0; index < this.headerCount; index++) {
      const keyLength = this.#length(end);
      if (keyLength < 0) corruptBatch("a header has no key", this.#at);
      this.#at += keyLength;
      const valueLength = this.#length(end);
      if (valueLength > 0) this.#at += valueLength;
    }
  }

  /** A length of bytes that are there; -1 is null. */
  #length(end: number): number {
    const length = this.#varint(end);
    if (length < -1 || length > end - this.#at)
      corruptBatch(`a field of ${length} bytes does not fit its record`, this.#at);
    return length;
  }

  #varint(end: number): number {
    const bytes = this.bytes;
    let at = this.#at;
    if (at >= end) corruptBatch("a record is cut", at);
    let byte = bytes[at++] as number;
    let value = byte & 0x7f;
    const limit = Math.min(end, this.#at + VARINT_BYTES_MAX);
    for (let shift = 7; byte >= 0x80; shift += 7) {
      if (at >= limit) corruptBatch("a varint is cut or too long", at);
      byte = bytes[at++] as number;
      value |= (byte & 0x7f) << shift;
    }
    this.#at = at;
    return (value >>> 1) ^ -(value & 1);
  }

  /** Zig-zag of 64 bits as a number: exact to 2^53, rounded beyond. */
  #varlong(end: number): number {
    const bytes = this.bytes;
    const limit = Math.min(end, this.#at + VARLONG_BYTES_MAX);
    let at = this.#at;
    if (at >= limit) corruptBatch("a record is cut", at);
    let byte = bytes[at++] as number;
    const isNegative = (byte & 1) !== 0;
    let magnitude = (byte & 0x7f) >>> 1;
    for (let scale = 64; byte >= 0x80; scale *= 128) {
      if (at >= limit) corruptBatch("a varlong is cut or too long", at);
      byte = bytes[at++] as number;
      magnitude += (byte & 0x7f) * scale;
    }
    this.#at = at;
    return isNegative ? -magnitude - 1 : magnitude;
  }
}

/** The records of a batch as objects with views; see `RecordCursor.open` for what it asks and throws. */
export function* recordsOf(batch: BatchView, bytesMax = DECOMPRESSED_BYTES_MAX): Generator<LogRecord, void, void> {
  const cursor = new RecordCursor().open(batch, bytesMax);
  while (cursor.next()) yield cursor.record();
}
