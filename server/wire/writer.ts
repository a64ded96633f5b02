import { putInt64 } from "./int64.ts";
import type { MessageContext } from "./reader.ts";
import { uuidFromText } from "./uuid.ts";
import { WireError } from "./wire-error.ts";

const NO_CONTEXT: MessageContext = { api: "bytes", version: 0, fieldPaths: [] };
const FIRST_CHUNK_BYTES = 512;
/** Kafka writes no longer string, compact or not. */
const MAX_STRING_BYTES = 0x7fff;
/** Up to here a loop over ASCII is faster than the calls into Node's encoder. */
const SHORT_STRING_CHARS = 24;

/**
 * Writes Kafka's primitives one after the other into chunks of its own; record slices are put between them uncopied.
 * Every method throws WireError for a value outside its type.
 */
export class Writer {
  /** Index into `context.fieldPaths` of the field being written; only for errors. */
  at = 0;
  context: MessageContext = NO_CONTEXT;
  /** Where `reserve` makes room. It may be another buffer after each call. */
  chunk: Buffer;
  private chunkStart = 0;
  private position = 0;
  private finished: Uint8Array[] = [];
  private finishedBytes = 0;

  /** `sizeHint` is what the caller thinks to write, in bytes; the writer grows beyond it. */
  constructor(sizeHint = FIRST_CHUNK_BYTES) {
    this.chunk = Buffer.allocUnsafe(sizeHint);
  }

  /** Bytes written so far, slices included. */
  get size(): number {
    return this.finishedBytes + this.position - this.chunkStart;
  }

  /** Throws the WireError of the field being written. */
  fail(problem: string): never {
    const { api, version, fieldPaths } = this.context;
    throw new WireError(problem, { api, version, fieldPath: fieldPaths[this.at] ?? "", position: this.size });
  }

  /** All that was written, as one list. The writer must not be used afterwards. */
  buffers(): Uint8Array[] {
    this.closeChunk();
    return this.finished;
  }

  /** All that was written, in one buffer. The writer must not be used afterwards. */
  toBuffer(): Buffer {
    if (this.finished.length === 0) return this.chunk.subarray(this.chunkStart, this.position);
    this.closeChunk();
    return Buffer.concat(this.finished, this.finishedBytes);
  }

  bool(value: boolean): void {
    if (typeof value !== "boolean") this.failType("a boolean", value);
    this.byte(value ? 1 : 0);
  }

  int8(value: number): void {
    if (value !== (value << 24) >> 24) this.failType("an int8", value);
    this.byte(value & 0xff);
  }

  int16(value: number): void {
    if (value !== (value << 16) >> 16) this.failType("an int16", value);
    this.twoBytes(value);
  }

  uint16(value: number): void {
    if (value !== (value & 0xffff)) this.failType("a uint16", value);
    this.twoBytes(value);
  }

  int32(value: number): void {
    if (value !== (value | 0)) this.failType("an int32", value);
    this.fourBytes(value);
  }

  uint32(value: number): void {
    if (value !== value >>> 0) this.failType("a uint32", value);
    this.fourBytes(value | 0);
  }

  /** Only safe integers: a number beyond has already lost bits. */
  int64(value: number): void {
    if (!Number.isSafeInteger(value)) this.failType("an int64 within ±(2^53 - 1)", value);
    const at = this.reserve(8);
    putInt64(this.chunk, at, value);
  }

  bigint64(value: bigint): void {
    if (typeof value !== "bigint" || BigInt.asIntN(64, value) !== value) this.failType("an int64 as bigint", value);
    const at = this.reserve(8);
    this.chunk.writeBigInt64BE(value, at);
  }

  float64(value: number): void {
    if (typeof value !== "number") this.failType("a number", value);
    const at = this.reserve(8);
    this.chunk.writeDoubleBE(value, at);
  }

  uuid(value: string): void {
    const at = this.reserve(16);
    if (typeof value !== "string" || !uuidFromText(value, this.chunk, at)) this.failType("a uuid", value);
  }

  /** An unsigned varint of up to 32 bits. */
  uvarint(value: number): void {
    let rest = value >>> 0;
    while (rest >= 0x80) {
      this.byte((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    this.byte(rest);
  }

  string(value: string): void {
    this.text(value, false);
  }

  nullableString(value: string | null): void {
    if (value === null) this.twoBytes(-1);
    else this.text(value, false);
  }

  compactString(value: string): void {
    this.text(value, true);
  }

  compactNullableString(value: string | null): void {
    if (value === null) this.byte(0);
    else this.text(value, true);
  }

  byteString(value: Uint8Array): void {
    this.checkBytes(value);
    this.fourBytes(value.byteLength);
    this.copy(value);
  }

  nullableByteString(value: Uint8Array | null): void {
    if (value === null) this.fourBytes(-1);
    else this.byteString(value);
  }

  compactByteString(value: Uint8Array): void {
    this.checkBytes(value);
    this.uvarint(value.byteLength + 1);
    this.copy(value);
  }

  compactNullableByteString(value: Uint8Array | null): void {
    if (value === null) this.byte(0);
    else this.compactByteString(value);
  }

  /** Records are put into the output as they are: the slice must not change until it has been sent. */
  records(value: Uint8Array): void {
    this.checkBytes(value);
    this.fourBytes(value.byteLength);
    this.slice(value);
  }

  nullableRecords(value: Uint8Array | null): void {
    if (value === null) this.fourBytes(-1);
    else this.records(value);
  }

  compactRecords(value: Uint8Array): void {
    this.checkBytes(value);
    this.uvarint(value.byteLength + 1);
    this.slice(value);
  }

  compactNullableRecords(value: Uint8Array | null): void {
    if (value === null) this.byte(0);
    else this.compactRecords(value);
  }

  /** Writes the count of an array and returns the array; fails when it is none. */
  array<T>(value: readonly T[]): readonly T[] {
    if (!Array.isArray(value)) this.failType("an array", value);
    this.fourBytes(value.length);
    return value;
  }

  /** As `array`, in the compact form. */
  compactArray<T>(value: readonly T[]): readonly T[] {
    if (!Array.isArray(value)) this.failType("an array", value);
    this.uvarint(value.length + 1);
    return value;
  }

  /** Fails when a structure is not an object. */
  checkObject(value: unknown): void {
    if (typeof value !== "object" || value === null) this.failType("an object", value);
  }

  /** Fails for a value which this version has no field for. */
  failUnsupported(): never {
    return this.fail("this version cannot carry the value");
  }

  /** Starts a tagged field: returns the mark for `endTag`. No record slice may come before that. */
  beginTag(tag: number): number {
    this.uvarint(tag);
    this.byte(0);
    return this.position - this.chunkStart;
  }

  /** Fills in the size of a tagged field, and moves its bytes when the size needs more than one. */
  endTag(mark: number): void {
    const contentStart = this.chunkStart + mark;
    const size = this.position - contentStart;
    if (size < 0x80) {
      this.chunk[contentStart - 1] = size;
      return;
    }
    const extra = uvarintBytes(size) - 1;
    this.reserve(extra);
    const start = this.chunkStart + mark;
    this.chunk.copyWithin(start + extra, start, start + size);
    this.position = start - 1;
    this.uvarint(size);
    this.position = start + extra + size;
  }

  private byte(value: number): void {
    const at = this.reserve(1);
    this.chunk[at] = value;
  }

  private twoBytes(value: number): void {
    const at = this.reserve(2);
    const chunk = this.chunk;
    chunk[at] = value >> 8;
    chunk[at + 1] = value;
  }

  private fourBytes(value: number): void {
    const at = this.reserve(4);
    const chunk = this.chunk;
    chunk[at] = value >> 24;
    chunk[at + 1] = value >> 16;
    chunk[at + 2] = value >> 8;
    chunk[at + 3] = value;
  }

  private text(value: string, compact: boolean): void {
    if (typeof value !== "string") this.failType("a string", value);
    const length = value.length;
    if (length <= SHORT_STRING_CHARS && this.shortText(value, length, compact)) return;
    const byteCount = Buffer.byteLength(value, "utf8");
    if (byteCount > MAX_STRING_BYTES) this.fail(`a string of ${byteCount} bytes; ${MAX_STRING_BYTES} is the most`);
    if (compact) this.uvarint(byteCount + 1);
    else this.twoBytes(byteCount);
    const at = this.reserve(byteCount);
    this.chunk.write(value, at, byteCount, "utf8");
  }

  /** Writes a short ASCII string; writes nothing and returns false when it is not ASCII. */
  private shortText(value: string, length: number, compact: boolean): boolean {
    const prefix = compact ? 1 : 2;
    const start = this.reserve(prefix + length);
    const chunk = this.chunk;
    for (let index = 0; index < length; index++) {
      const code = value.charCodeAt(index);
      if (code >= 0x80) {
        this.position = start;
        return false;
      }
      chunk[start + prefix + index] = code;
    }
    if (compact) chunk[start] = length + 1;
    else {
      chunk[start] = 0;
      chunk[start + 1] = length;
    }
    return true;
  }

  private copy(value: Uint8Array): void {
    const at = this.reserve(value.byteLength);
    this.chunk.set(value, at);
  }

  private slice(value: Uint8Array): void {
    if (value.byteLength === 0) return;
    this.closeChunk();
    this.finished.push(value);
    this.finishedBytes += value.byteLength;
  }

  private closeChunk(): void {
    if (this.position > this.chunkStart) {
      this.finished.push(this.chunk.subarray(this.chunkStart, this.position));
      this.finishedBytes += this.position - this.chunkStart;
      this.chunkStart = this.position;
    }
  }

  /** Makes room for `byteCount` bytes and returns where in `chunk` they go. Growing moves what is in the open chunk. */
  reserve(byteCount: number): number {
    if (this.position + byteCount > this.chunk.length) {
      const used = this.position - this.chunkStart;
      const grown = Buffer.allocUnsafe(Math.max(FIRST_CHUNK_BYTES, (used + byteCount) * 2));
      this.chunk.copy(grown, 0, this.chunkStart, this.position);
      this.chunk = grown;
      this.chunkStart = 0;
      this.position = used;
    }
    const at = this.position;
    this.position = at + byteCount;
    return at;
  }

  private checkBytes(value: unknown): void {
    if (!(value instanceof Uint8Array)) this.failType("bytes", value);
  }

  /** Fails for a value of another type than the field's. */
  failType(wanted: string, value: unknown): never {
    // Only numbers are shown: a text may be a secret.
    return this.fail(
      `${wanted} expected, not ${value === null ? "null" : typeof value === "number" ? String(value) : typeof value}`,
    );
  }
}

/** How many bytes an unsigned varint takes. */
export function uvarintBytes(value: number): number {
  let byteCount = 1;
  for (let rest = value >>> 7; rest > 0; rest >>>= 7) byteCount++;
  return byteCount;
}
