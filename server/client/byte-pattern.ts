/** Something to find in bytes. */
export type BytePattern = {
  /** Bytes of the needle: the longer, the seldomer it is found by chance. */
  readonly length: number;
  /** Where it next begins at or after `from` and ends by `end`; -1 when it does not. */
  indexIn(bytes: Buffer, from: number, end: number): number;
};

/** Bytes exactly as they are. */
export function exactPattern(text: string): BytePattern {
  const needle = Buffer.from(text, "utf8");
  const { length } = needle;
  return {
    length,
    indexIn(bytes, from, end) {
      if (end === bytes.length) return bytes.indexOf(needle, from);
      // Node would look through all that lies behind, which is an answer's other records.
      const at = bytes.subarray(from, end).indexOf(needle);
      return at < 0 ? -1 : from + at;
    },
  };
}

/** Lower-case ASCII letters for upper-case ones; every other byte is itself. */
const folded = Uint8Array.from({ length: 256 }, (_, byte) => (byte >= 0x41 && byte <= 0x5a ? byte + 32 : byte));

/** The same whatever the case of its ASCII letters (Boyer, Moore, Horspool): most bytes are never looked at. */
export function foldedPattern(text: string): BytePattern {
  const needle = Uint8Array.from(Buffer.from(text, "utf8"), (byte) => folded[byte] ?? byte);
  const { length } = needle;
  const last = length - 1;
  const lastByte = needle[last] ?? 0;
  const shifts = new Uint32Array(256).fill(length);
  for (let byte = 0; byte < 256; byte += 1) {
    const at = needle.lastIndexOf(folded[byte] ?? byte, last - 1);
    if (last > 0 && at >= 0) shifts[byte] = last - at;
  }
  return {
    length,
    indexIn(bytes, from, end) {
      for (let at = from + last; at < end;) {
        const byte = bytes[at] ?? 0;
        if (folded[byte] === lastByte && isAt(bytes, at - last, needle)) return at - last;
        at += shifts[byte] ?? 1;
      }
      return -1;
    },
  };
}

function isAt(bytes: Buffer, start: number, needle: Uint8Array): boolean {
  for (let index = 0; index < needle.length; index += 1) {
    if (folded[bytes[start + index] ?? 0] !== needle[index]) return false;
  }
  return true;
}

/** The patterns of which every record that can match has at least one; null when any record can. */
export type Prefilter = readonly BytePattern[] | null;

/** Where in a range the next byte that any of the patterns begins at is. Remembers what each pattern found, so that each byte is looked at once a pattern. */
export class PrefilterCursor {
  private readonly found: number[];
  private bytes: Buffer = Buffer.alloc(0);
  private end = 0;

  constructor(private readonly patterns: readonly BytePattern[]) {
    this.found = patterns.map(() => -1);
  }

  /** Looks in other bytes from now on. */
  open(bytes: Buffer, start: number, end: number): void {
    this.bytes = bytes;
    this.end = end;
    for (const [index, pattern] of this.patterns.entries()) this.found[index] = found(pattern, bytes, start, end);
  }

  /** The first position at or after `from`; Infinity when there is none. `from` never goes back between two calls of `open`. */
  next(from: number): number {
    let first = Number.POSITIVE_INFINITY;
    for (let index = 0; index < this.patterns.length; index += 1) {
      let at = this.found[index] ?? Number.POSITIVE_INFINITY;
      const pattern = this.patterns[index];
      if (at < from && pattern) {
        at = found(pattern, this.bytes, from, this.end);
        this.found[index] = at;
      }
      if (at < first) first = at;
    }
    return first;
  }
}

function found(pattern: BytePattern, bytes: Buffer, from: number, end: number): number {
  const at = pattern.indexIn(bytes, from, end);
  return at < 0 ? Number.POSITIVE_INFINITY : at;
}
