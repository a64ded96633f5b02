import { hash } from "node:crypto";
import type { Offset } from "../log-config.ts";

/** MD5 of the key, and the offset. */
const WORDS_PER_SLOT = 4;
const BYTES_PER_SLOT = 24;
const SLOTS_MIN = 16;

/** Memory of one pass. */
export type KeyOffsetsLimits = {
  /** log.cleaner.dedupe.buffer.size */
  readonly bufferBytes: number;
  /** log.cleaner.io.buffer.load.factor: how full the table may get. */
  readonly loadFactor: number;
};

/**
 * The newest offset of each key in the dirty part of a log, in a table of fixed size (Kafka's SkimpyOffsetMap): keys are known by their MD5, so
 * that they cost the same however long they are.
 */
export class KeyOffsets {
  /** The last offset that was looked at: newer records are kept as they are. */
  latestOffset: Offset = -1;
  readonly #slots: number;
  readonly #sizeMax: number;
  readonly #keys: Int32Array;
  /** Offset and one, so that 0 is an empty slot. */
  readonly #offsets: Float64Array;
  #size = 0;

  /** Holds the keys of `recordsMax` records if the limits allow as many. */
  constructor(recordsMax: number, { bufferBytes, loadFactor }: KeyOffsetsLimits) {
    const wanted = Math.ceil(recordsMax / loadFactor) + 1;
    this.#slots = Math.max(SLOTS_MIN, Math.min(wanted, Math.floor(bufferBytes / BYTES_PER_SLOT)));
    this.#sizeMax = Math.max(1, Math.floor(this.#slots * Math.min(loadFactor, 1)) - 1);
    this.#keys = new Int32Array(this.#slots * WORDS_PER_SLOT);
    this.#offsets = new Float64Array(this.#slots);
  }

  get size(): number {
    return this.#size;
  }

  /** Notes an offset, above all noted before, for a key; false when the table is full. */
  put(key: Uint8Array, offset: Offset): boolean {
    if (this.#size >= this.#sizeMax) return false;
    const slot = this.#find(key);
    if (this.#offsets[slot] === 0) {
      this.#size++;
      this.#keys.set(digest, slot * WORDS_PER_SLOT);
    }
    this.#offsets[slot] = offset + 1;
    return true;
  }

  /** The newest offset of a key; -1 for one that is not in the dirty part. */
  get(key: Uint8Array): Offset {
    return (this.#offsets[this.#find(key)] ?? 0) - 1;
  }

  /** The slot of a key, or the empty one where it belongs; its MD5 is in `digest` then. */
  #find(key: Uint8Array): number {
    const bytes = hash("md5", key, "buffer");
    for (let word = 0; word < WORDS_PER_SLOT; word++) digest[word] = bytes.readInt32LE(word * 4);
    let slot = ((digest[0] ?? 0) >>> 0) % this.#slots;
    while (this.#offsets[slot] !== 0 && !this.#holds(slot)) slot = (slot + 1) % this.#slots;
    return slot;
  }

  #holds(slot: number): boolean {
    const keys = this.#keys;
    const at = slot * WORDS_PER_SLOT;
    return (
      keys[at] === digest[0] && keys[at + 1] === digest[1] && keys[at + 2] === digest[2] && keys[at + 3] === digest[3]
    );
  }
}

/** Of the key asked for last: an array each time would be felt over millions of keys. */
const digest = new Int32Array(WORDS_PER_SLOT);
