import assert from "node:assert/strict";
import { CODECS, compress, type Codec } from "./compression.ts";
import {
  addSequence,
  ATTRIBUTE,
  BATCH_HEADER_BYTES,
  BATCH_MAGIC,
  BATCH_OVERHEAD_BYTES,
  BatchView,
  FIELD,
} from "./record-batch.ts";
import type { NewRecord } from "./record.ts";
import { varintBytes, varlongBytes, writeVarint, writeVarlong } from "./varint.ts";
import { WireError } from "./wire-error.ts";

/** The header of a batch to build. What is left out is what a plain producer sends. */
export type BatchOptions = {
  /** Offset of the first record; 0 by default, as producers send it. */
  readonly baseOffset?: number;
  /** Inclusive; by default the last record's. Compaction keeps the one that the batch had. */
  readonly lastOffset?: number;
  readonly partitionLeaderEpoch?: number;
  readonly codec?: Codec;
  /** `compression.gzip.level` or `compression.zstd.level`. */
  readonly compressionLevel?: number;
  /** Makes the timestamp type LogAppendTime. */
  readonly logAppendTimeMs?: number;
  readonly producerId?: number;
  readonly producerEpoch?: number;
  readonly baseSequence?: number;
  readonly isTransactional?: boolean;
  readonly isControl?: boolean;
  /** KIP-534: when the tombstones of the batch may go. */
  readonly deleteHorizonMs?: number;
};

const FIRST_BUFFER_BYTES = 1024;
/** The length of a batch is a signed 32 bit number. */
const BATCH_BYTES_MAX = 2 ** 31 - 1;

/** Builds one record batch v2: `append` its records, then `build` once. */
export class RecordBatchBuilder {
  readonly #options: BatchOptions;
  readonly #baseOffset: number;
  #buffer = Buffer.allocUnsafe(FIRST_BUFFER_BYTES);
  #end = BATCH_HEADER_BYTES;
  #count = 0;
  #baseTimestampMs: number | undefined;
  #maxTimestampMs = -1;
  #lastOffset: number;
  #isBuilt = false;

  constructor(options: BatchOptions = {}) {
    this.#options = options;
    this.#baseOffset = options.baseOffset ?? 0;
    this.#lastOffset = this.#baseOffset - 1;
    this.#baseTimestampMs = options.deleteHorizonMs;
  }

  get count(): number {
    return this.#count;
  }

  /** Size of the batch so far, before compression. */
  get sizeBytes(): number {
    return this.#end;
  }

  /** Size of the batch with this record, before compression. */
  sizeWith(record: NewRecord): number {
    const bodyBytes = this.#bodyBytes(record);
    return this.#end + varintBytes(bodyBytes) + bodyBytes;
  }

  /** Adds a record after the ones there. Throws WireError when the batch would be over 2 GiB; the builder is then as before. */
  append(record: NewRecord): void {
    assert(!this.#isBuilt, "a builder builds once");
    const offset = record.offset ?? this.#lastOffset + 1;
    assert(offset > this.#lastOffset, "offsets grow within a batch");
    this.#baseTimestampMs ??= record.timestampMs;
    const bodyBytes = this.#bodyBytes(record);
    this.#reserve(varintBytes(bodyBytes) + bodyBytes);
    const into = this.#buffer;
    let at = writeVarint(into, this.#end, bodyBytes);
    into[at++] = 0;
    at = writeVarlong(into, at, record.timestampMs - this.#baseTimestampMs);
    at = writeVarint(into, at, offset - this.#baseOffset);
    at = writeNullable(into, at, record.key);
    at = writeNullable(into, at, record.value);
    const headers = record.headers ?? [];
    at = writeVarint(into, at, headers.length);
    for (const header of headers) {
      at = writeVarint(into, at, Buffer.byteLength(header.key));
      at += into.write(header.key, at);
      at = writeNullable(into, at, header.value);
    }
    this.#end = at;
    this.#count++;
    this.#lastOffset = offset;
    if (record.timestampMs > this.#maxTimestampMs) this.#maxTimestampMs = record.timestampMs;
  }

  /** The batch with its CRC. Without records it is the bare header that compaction leaves; give `lastOffset` then. */
  build(): Uint8Array {
    assert(!this.#isBuilt, "a builder builds once");
    this.#isBuilt = true;
    const batch = this.#withCompression();
    const lastOffset = this.#options.lastOffset ?? this.#lastOffset;
    assert(
      lastOffset >= this.#lastOffset && lastOffset >= this.#baseOffset,
      "the last offset is not before the records",
    );
    this.#writeHeader(batch, lastOffset);
    return batch;
  }

  #withCompression(): Buffer {
    const plain = this.#buffer.subarray(0, this.#end);
    const { codec = "none", compressionLevel } = this.#options;
    if (codec === "none" || this.#count === 0) return plain;
    const records = compress(codec, plain.subarray(BATCH_HEADER_BYTES), compressionLevel);
    const batch = Buffer.allocUnsafe(BATCH_HEADER_BYTES + records.length);
    batch.set(records, BATCH_HEADER_BYTES);
    return batch;
  }

  #writeHeader(batch: Buffer, lastOffset: number): void {
    const options = this.#options;
    batch.fill(0, 0, BATCH_HEADER_BYTES);
    batch.writeInt32BE(batch.length - BATCH_OVERHEAD_BYTES, FIELD.batchLength);
    batch.writeInt32BE(options.partitionLeaderEpoch ?? -1, FIELD.partitionLeaderEpoch);
    batch.writeInt8(BATCH_MAGIC, FIELD.magic);
    batch.writeInt16BE(attributesOf(options), FIELD.attributes);
    batch.writeInt32BE(lastOffset - this.#baseOffset, FIELD.lastOffsetDelta);
    writeInt64(batch, FIELD.baseOffset, this.#baseOffset);
    writeInt64(batch, FIELD.baseTimestamp, this.#baseTimestampMs ?? -1);
    writeInt64(batch, FIELD.maxTimestamp, options.logAppendTimeMs ?? this.#maxTimestampMs);
    writeInt64(batch, FIELD.producerId, options.producerId ?? -1);
    batch.writeInt16BE(options.producerEpoch ?? -1, FIELD.producerEpoch);
    batch.writeInt32BE(options.baseSequence ?? -1, FIELD.baseSequence);
    batch.writeInt32BE(this.#count, FIELD.count);
    new BatchView().point(batch).renewCrc();
  }

  #bodyBytes(record: NewRecord): number {
    const timestampDelta = record.timestampMs - (this.#baseTimestampMs ?? record.timestampMs);
    const offset = record.offset ?? this.#lastOffset + 1;
    const headers = record.headers ?? [];
    let size = 1 + varlongBytes(timestampDelta) + varintBytes(offset - this.#baseOffset) + varintBytes(headers.length);
    size += nullableBytes(record.key) + nullableBytes(record.value);
    for (const header of headers) {
      const keyBytes = Buffer.byteLength(header.key);
      size += varintBytes(keyBytes) + keyBytes + nullableBytes(header.value);
    }
    return size;
  }

  #reserve(moreBytes: number): void {
    const needed = this.#end + moreBytes;
    if (needed <= this.#buffer.length) return;
    if (needed > BATCH_BYTES_MAX) {
      const place = { api: "RecordBatch", version: BATCH_MAGIC, fieldPath: "records", position: this.#end };
      throw new WireError(`a batch of ${needed} bytes is larger than its length can say`, place);
    }
    const grown = Buffer.allocUnsafe(Math.min(BATCH_BYTES_MAX, Math.max(needed, this.#buffer.length * 2)));
    this.#buffer.copy(grown, BATCH_HEADER_BYTES, BATCH_HEADER_BYTES, this.#end);
    this.#buffer = grown;
  }
}

/** One batch of all the records. */
export function buildBatch(records: Iterable<NewRecord>, options: BatchOptions = {}): Uint8Array {
  const builder = new RecordBatchBuilder(options);
  for (const record of records) builder.append(record);
  return builder.build();
}

/**
 * As many batches as it takes to keep each at most `batchBytesMax` before compression; a record that is larger alone gets
 * its own. Base offsets and sequences go on from batch to batch.
 */
export function buildBatches(
  records: Iterable<NewRecord>,
  options: Omit<BatchOptions, "lastOffset"> & { readonly batchBytesMax: number },
): Uint8Array[] {
  const batches: Uint8Array[] = [];
  let nextOffset = options.baseOffset ?? 0;
  let nextSequence = options.baseSequence ?? -1;
  let builder = new RecordBatchBuilder(options);
  for (const record of records) {
    if (builder.count > 0 && builder.sizeWith(record) > options.batchBytesMax) {
      batches.push(builder.build());
      const baseOffset = record.offset ?? nextOffset;
      builder = new RecordBatchBuilder({ ...options, baseOffset, baseSequence: nextSequence });
    }
    builder.append(record);
    nextOffset = (record.offset ?? nextOffset) + 1;
    if (nextSequence >= 0) nextSequence = addSequence(nextSequence, 1);
  }
  if (builder.count > 0) batches.push(builder.build());
  return batches;
}

function attributesOf(options: BatchOptions): number {
  let attributes = CODECS.indexOf(options.codec ?? "none");
  if (options.logAppendTimeMs !== undefined) attributes |= ATTRIBUTE.logAppendTime;
  if (options.isTransactional === true) attributes |= ATTRIBUTE.transactional;
  if (options.isControl === true) attributes |= ATTRIBUTE.control;
  if (options.deleteHorizonMs !== undefined) attributes |= ATTRIBUTE.deleteHorizon;
  return attributes;
}

function nullableBytes(bytes: Uint8Array | null): number {
  return bytes === null ? 1 : varintBytes(bytes.length) + bytes.length;
}

function writeNullable(into: Uint8Array, position: number, bytes: Uint8Array | null): number {
  if (bytes === null) return writeVarint(into, position, -1);
  const at = writeVarint(into, position, bytes.length);
  into.set(bytes, at);
  return at + bytes.length;
}

function writeInt64(into: Buffer, position: number, value: number): void {
  const high = Math.floor(value / 2 ** 32);
  into.writeInt32BE(high, position);
  into.writeUInt32BE(value - high * 2 ** 32, position + 4);
}
