import { BATCH_HEADER_BYTES, type BatchView } from "../wire/record-batch.ts";
import type { RecordCursor } from "../wire/record-cursor.ts";

/** Some bytes that belong together: `[start, end)` of the bytes beside it, what they are, and what they say. */
export type ByteSpan = {
  readonly start: number;
  readonly end: number;
  readonly label: string;
  readonly value: string;
};

/** Bytes with their meaning. */
export type AnnotatedBytes = { readonly bytes: Uint8Array; readonly spans: readonly ByteSpan[] };

/** Longer keys and values are cut here: they are shown elsewhere. */
const FIELD_BYTES = 512;
/** First byte of what a schema registry's serialisers write, before the schema's id (four bytes). */
const MAGIC_BYTE = 0;
const SCHEMA_PREFIX_BYTES = 5;

/** The header of a record batch (KIP-98, DefaultRecordBatch). */
export function annotateHeader(batch: BatchView): AnnotatedBytes {
  const attributes = [
    batch.codec === "none" ? "uncompressed" : batch.codec,
    batch.timestampType,
    ...(batch.isTransactional ? ["transactional"] : []),
    ...(batch.isControl ? ["control"] : []),
    ...(batch.hasDeleteHorizon ? ["delete horizon"] : []),
  ].join(", ");
  const fields: readonly [number, string, string][] = [
    [8, "base offset", String(batch.baseOffset)],
    [4, "batch length", `${batch.batchLength} bytes follow`],
    [4, "partition leader epoch", String(batch.partitionLeaderEpoch)],
    [1, "magic", String(batch.magic)],
    [4, "CRC-32C", `0x${batch.crc.toString(16).padStart(8, "0")}`],
    [2, "attributes", attributes],
    [4, "last offset delta", `${batch.lastOffsetDelta}: last offset ${batch.lastOffset}`],
    [8, "base timestamp", String(batch.baseTimestampMs)],
    [8, "max timestamp", String(batch.maxTimestampMs)],
    [8, "producer id", String(batch.producerId)],
    [2, "producer epoch", String(batch.producerEpoch)],
    [4, "base sequence", String(batch.baseSequence)],
    [4, "records", String(batch.count)],
  ];
  const spans: ByteSpan[] = [];
  let at = 0;
  for (const [length, label, value] of fields) {
    spans.push({ start: at, end: at + length, label, value });
    at += length;
  }
  return { bytes: batch.bytes.slice(batch.position, batch.position + BATCH_HEADER_BYTES), spans };
}

/** The record that a cursor stands on, uncompressed, field by field. Keys and values beyond 512 bytes are left out in the middle. */
export function annotateRecord(cursor: RecordCursor): AnnotatedBytes {
  const walk = new Walk(cursor.bytes.subarray(cursor.recordStart, cursor.recordEnd));
  walk.varint("length", (value) => `${value} bytes follow`);
  walk.bytes(1, "attributes", "no bit has a meaning");
  walk.varint("timestamp delta", () => `timestamp ${cursor.timestampMs}`);
  walk.varint("offset delta", () => `offset ${cursor.offset}`);
  walk.field("key");
  walk.field("value");
  const headers = walk.varint("headers", String);
  for (let index = 0; index < headers; index++) {
    walk.field("header key");
    walk.field("header value");
  }
  return walk.annotated();
}

class Walk {
  private at = 0;
  private readonly kept: Uint8Array[] = [];
  private keptBytes = 0;
  private readonly spans: ByteSpan[] = [];

  constructor(private readonly source: Uint8Array) {}

  /** A zig-zag varint of up to 64 bits; the cursor has checked that it is there. */
  varint(label: string, tell: (value: number) => string): number {
    const start = this.at;
    let raw = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = this.source[this.at++] ?? 0;
      raw |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) break;
    }
    const value = Number((raw >> 1n) ^ -(raw & 1n));
    this.keep(start, this.at, label, tell(value));
    return value;
  }

  bytes(length: number, label: string, value: string): void {
    this.keep(this.at, this.at + length, label, value);
    this.at += length;
  }

  field(name: string): void {
    const length = this.varint(`${name} length`, (value) => (value < 0 ? "null" : `${value} bytes`));
    if (length <= 0) return;
    const start = this.at;
    const end = start + length;
    const isFramed = name === "value" && this.source[start] === MAGIC_BYTE && length > SCHEMA_PREFIX_BYTES;
    const shownEnd = Math.min(end, start + FIELD_BYTES);
    const cut = shownEnd < end ? `, of which the first ${FIELD_BYTES} are shown` : "";
    if (isFramed) {
      const view = new DataView(this.source.buffer, this.source.byteOffset + start);
      this.keep(start, start + 1, "magic byte", "0: written with a schema registry, perhaps");
      this.keep(start + 1, start + SCHEMA_PREFIX_BYTES, "schema id", String(view.getUint32(1)));
      this.keep(start + SCHEMA_PREFIX_BYTES, shownEnd, name, `${length - SCHEMA_PREFIX_BYTES} bytes${cut}`);
    } else this.keep(start, shownEnd, name, `${length} bytes${cut}`);
    this.at = end;
  }

  annotated(): AnnotatedBytes {
    const bytes = new Uint8Array(this.keptBytes);
    let at = 0;
    for (const part of this.kept) {
      bytes.set(part, at);
      at += part.length;
    }
    return { bytes, spans: this.spans };
  }

  private keep(start: number, end: number, label: string, value: string): void {
    this.kept.push(this.source.subarray(start, end));
    this.spans.push({ start: this.keptBytes, end: this.keptBytes + end - start, label, value });
    this.keptBytes += end - start;
  }
}
