import { int64 } from "./int64.ts";
import { uuidToText } from "./uuid.ts";
import { WireError } from "./wire-error.ts";

/** What a reader or writer tells in its errors; a compiled codec sets it before it starts. */
export type MessageContext = { readonly api: string; readonly version: number; readonly fieldPaths: readonly string[] };

const NO_CONTEXT: MessageContext = { api: "bytes", version: 0, fieldPaths: [] };
/** Longest string that Kafka reads or writes, in bytes, although compact strings could be longer. */
const MAX_STRING_BYTES = 0x7fff;
/** Up to here a loop over ASCII is faster than the call into Node's decoder. */
const SHORT_STRING_BYTES = 24;

/**
 * Reads Kafka's primitives one after the other. Every method throws WireError when the bytes are not there.
 * Byte slices that it returns are views of the input, never copies.
 */
export class Reader {
  /** Index into `context.fieldPaths` of the field being read; only for errors. */
  at = 0;
  context: MessageContext = NO_CONTEXT;
  position: number;
  /** First byte that may not be read. A tagged field narrows it while it is read. */
  end: number;
  readonly bytes: Buffer;

  /** Reads `bytes` from `position` on. */
  constructor(bytes: Uint8Array, position = 0) {
    this.bytes = Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.position = position;
    this.end = bytes.byteLength;
  }

  get remaining(): number {
    return this.end - this.position;
  }

  /** Throws the WireError of the field being read. */
  fail(problem: string): never {
    const { api, version, fieldPaths } = this.context;
    throw new WireError(problem, { api, version, fieldPath: fieldPaths[this.at] ?? "", position: this.position });
  }

  /** Steps over `byteCount` bytes, which are there, and returns where they began. */
  take(byteCount: number): number {
    const position = this.position;
    if (byteCount > this.end - position) this.fail(`${byteCount} bytes expected, ${this.end - position} remain`);
    this.position = position + byteCount;
    return position;
  }

  bool(): boolean {
    return this.bytes[this.take(1)] !== 0;
  }

  int8(): number {
    return ((this.bytes[this.take(1)] ?? 0) << 24) >> 24;
  }

  int16(): number {
    const position = this.take(2);
    const bytes = this.bytes;
    return (((bytes[position] ?? 0) << 24) >> 16) | (bytes[position + 1] ?? 0);
  }

  uint16(): number {
    return this.int16() & 0xffff;
  }

  int32(): number {
    const position = this.take(4);
    const bytes = this.bytes;
    return (
      ((bytes[position] ?? 0) << 24) |
      ((bytes[position + 1] ?? 0) << 16) |
      ((bytes[position + 2] ?? 0) << 8) |
      (bytes[position + 3] ?? 0)
    );
  }

  uint32(): number {
    return this.int32() >>> 0;
  }

  /** An int64 as a number; beyond ±(2^53 - 1) it saturates there. */
  int64(): number {
    const high = this.int32();
    return int64(high, this.int32());
  }

  /** An int64 with all its bits, for hashes. */
  bigint64(): bigint {
    return this.bytes.readBigInt64BE(this.take(8));
  }

  float64(): number {
    return this.bytes.readDoubleBE(this.take(8));
  }

  uuid(): string {
    return uuidToText(this.bytes, this.take(16));
  }

  /** An unsigned varint of at most five bytes and 32 bits; needless leading zeros are accepted, as Kafka does. */
  uvarint(): number {
    const first = this.position;
    if (first < this.end && (this.bytes[first] ?? 0) < 0x80) {
      this.position = first + 1;
      return this.bytes[first] ?? 0;
    }
    let value = 0;
    for (let shift = 0; shift <= 28; shift += 7) {
      const byte = this.bytes[this.take(1)] ?? 0;
      if (shift === 28 && byte > 0x0f) this.fail("an unsigned varint has more than 32 bits");
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value >>> 0;
    }
    return this.fail("an unsigned varint has more than five bytes");
  }

  string(): string {
    return this.text(this.int16());
  }

  nullableString(): string | null {
    const length = this.int16();
    return length === -1 ? null : this.text(length);
  }

  compactString(): string {
    return this.text(this.uvarint() - 1);
  }

  compactNullableString(): string | null {
    const length = this.uvarint() - 1;
    return length === -1 ? null : this.text(length);
  }

  byteString(): Uint8Array {
    return this.slice(this.int32());
  }

  nullableByteString(): Uint8Array | null {
    const length = this.int32();
    return length === -1 ? null : this.slice(length);
  }

  compactByteString(): Uint8Array {
    return this.slice(this.uvarint() - 1);
  }

  compactNullableByteString(): Uint8Array | null {
    const length = this.uvarint() - 1;
    return length === -1 ? null : this.slice(length);
  }

  /**
   * Count of an array's elements, or -1 for null. Fails when so many elements of at least `elementBytes` cannot follow.
   */
  arrayLength(elementBytes: number): number {
    return this.checkedCount(this.int32(), elementBytes);
  }

  /** As `arrayLength`, in the compact form. */
  compactArrayLength(elementBytes: number): number {
    return this.checkedCount(this.uvarint() - 1, elementBytes);
  }

  /** Fails for an array, string or structure that is null where the version does not allow it. */
  failNull(): never {
    return this.fail("null where this version does not allow it");
  }

  /** Steps over a section of tagged fields of which none is known here. */
  skipTags(): void {
    const count = this.uvarint();
    for (let index = 0; index < count; index++) {
      this.uvarint();
      this.skipTag();
    }
  }

  /** Steps over the size and the bytes of one tagged field whose number has been read. */
  skipTag(): void {
    this.take(this.uvarint());
  }

  /** Enters a known tagged field: returns the end to restore with `endTag`. */
  beginTag(): number {
    const size = this.uvarint();
    const outerEnd = this.end;
    if (size > outerEnd - this.position)
      this.fail(`a tagged field of ${size} bytes, ${outerEnd - this.position} remain`);
    this.end = this.position + size;
    return outerEnd;
  }

  /** Leaves a tagged field, which must have been read to its last byte. */
  endTag(outerEnd: number): void {
    if (this.position !== this.end) this.fail(`a tagged field has ${this.end - this.position} bytes too many`);
    this.end = outerEnd;
  }

  /** Fails when bytes are left. */
  finish(): void {
    if (this.position !== this.end) this.fail(`${this.end - this.position} bytes too many`);
  }

  private checkedCount(count: number, elementBytes: number): number {
    if (count < -1) this.fail(`an array of ${count} elements`);
    if (count * elementBytes > this.end - this.position) {
      this.fail(`an array of ${count} elements, ${this.end - this.position} bytes remain`);
    }
    return count;
  }

  private slice(length: number): Uint8Array {
    if (length < 0) this.failLength(length);
    const start = this.take(length);
    return this.bytes.subarray(start, start + length);
  }

  private text(length: number): string {
    if (length < 0 || length > MAX_STRING_BYTES) this.failLength(length);
    const start = this.take(length);
    const end = start + length;
    if (length > SHORT_STRING_BYTES) return this.bytes.toString("utf8", start, end);
    let text = "";
    for (let index = start; index < end; index++) {
      const byte = this.bytes[index] ?? 0;
      if (byte >= 0x80) return this.bytes.toString("utf8", start, end);
      text += String.fromCharCode(byte);
    }
    return text;
  }

  private failLength(length: number): never {
    return length === -1 ? this.failNull() : this.fail(`a length of ${length}`);
  }
}
