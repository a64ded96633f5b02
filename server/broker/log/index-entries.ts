/** First allocation of an index; most partitions hold a few messages only. */
const FIRST_ENTRIES = 16;

/** Fixed-width index entries in a file's own bytes, growing at the end: the ground of Kafka's offset and time index. */
export class IndexEntries {
  readonly #entryBytes: number;
  #bytes: Uint8Array;
  #view: DataView;
  #count: number;

  /** Takes over `bytes`; a part of an entry at their end is dropped. */
  constructor(entryBytes: number, bytes: Uint8Array = new Uint8Array(0)) {
    this.#entryBytes = entryBytes;
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#count = Math.floor(bytes.length / entryBytes);
  }

  get count(): number {
    return this.#count;
  }

  int32(index: number, field: number): number {
    return this.#view.getInt32(index * this.#entryBytes + field);
  }

  int64(index: number, field: number): number {
    const at = index * this.#entryBytes + field;
    return this.#view.getInt32(at) * 2 ** 32 + this.#view.getUint32(at + 4);
  }

  /** Makes room for one entry at the end and counts it; answers its index. Set its fields next. */
  add(): number {
    const needed = (this.#count + 1) * this.#entryBytes;
    if (needed > this.#bytes.length) {
      const grown = new Uint8Array(Math.max(FIRST_ENTRIES * this.#entryBytes, this.#bytes.length * 2, needed));
      grown.set(this.#bytes);
      this.#bytes = grown;
      this.#view = new DataView(grown.buffer);
    }
    return this.#count++;
  }

  setInt32(index: number, field: number, value: number): void {
    this.#view.setInt32(index * this.#entryBytes + field, value);
  }

  setInt64(index: number, field: number, value: number): void {
    const at = index * this.#entryBytes + field;
    const high = Math.floor(value / 2 ** 32);
    this.#view.setInt32(at, high);
    this.#view.setUint32(at + 4, value - high * 2 ** 32);
  }

  /** Keeps the first `count` entries. */
  truncate(count: number): void {
    if (count < this.#count) this.#count = count;
  }

  /** How many entries at the front satisfy `holds`, which must hold for a run from the front and for none behind it. */
  countWhile(holds: (index: number) => boolean): number {
    let low = 0;
    let high = this.#count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (holds(middle)) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The file's content, as a view. */
  toBytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#count * this.#entryBytes);
  }
}
