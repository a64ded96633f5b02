import { IndexEntries } from "./index-entries.ts";
import type { Offset } from "./log-config.ts";

/** Timestamp of 64 bits, relative offset of 32. */
export const TIME_INDEX_ENTRY_BYTES = 12;
const TIMESTAMP = 0;
const RELATIVE_OFFSET = 8;

/** A timestamp and the last offset of the batch that carries it. */
export type TimeIndexEntry = { readonly timestampMs: number; readonly offset: Offset };

/**
 * The largest timestamp so far at some offsets of a segment: Kafka's `.timeindex`. Timestamps and offsets grow strictly, so no record
 * before an entry's batch is newer than the entry.
 */
export class TimeIndex {
  readonly #baseOffset: Offset;
  readonly #entries: IndexEntries;

  constructor(baseOffset: Offset, fileBytes?: Uint8Array) {
    this.#baseOffset = baseOffset;
    this.#entries = new IndexEntries(TIME_INDEX_ENTRY_BYTES, fileBytes);
  }

  get count(): number {
    return this.#entries.count;
  }

  /** The last entry; undefined when there is none. */
  get last(): TimeIndexEntry | undefined {
    const { count } = this.#entries;
    return count === 0 ? undefined : this.#entryAt(count - 1);
  }

  /** Adds an entry unless its timestamp or its offset is not above the last one's. */
  maybeAppend(timestampMs: number, batchLastOffset: Offset): void {
    const last = this.last;
    if (timestampMs < 0) return;
    if (last !== undefined && (timestampMs <= last.timestampMs || batchLastOffset <= last.offset)) return;
    const index = this.#entries.add();
    this.#entries.setInt64(index, TIMESTAMP, timestampMs);
    this.#entries.setInt32(index, RELATIVE_OFFSET, batchLastOffset - this.#baseOffset);
  }

  /** An offset from which a scan forward finds the first record at or after `timestampMs`. */
  lookup(timestampMs: number): Offset {
    const below = this.#entries.countWhile((index) => this.#entries.int64(index, TIMESTAMP) < timestampMs);
    return below === 0 ? this.#baseOffset : this.#entryAt(below - 1).offset;
  }

  /** Forgets entries at or after `offset`. */
  truncateToOffset(offset: Offset): void {
    this.#entries.truncate(this.#entries.countWhile((index) => this.#entryAt(index).offset < offset));
  }

  /** Whether the entries grow as they must and stay below `nextOffset`. */
  isSane(nextOffset: Offset): boolean {
    let before: TimeIndexEntry = { timestampMs: -1, offset: -1 };
    for (let index = 0; index < this.#entries.count; index++) {
      const entry = this.#entryAt(index);
      if (entry.timestampMs <= before.timestampMs || entry.offset <= before.offset) return false;
      if (entry.offset < this.#baseOffset || entry.offset >= nextOffset) return false;
      before = entry;
    }
    return true;
  }

  /** The file's content. */
  toBytes(): Uint8Array {
    return this.#entries.toBytes();
  }

  #entryAt(index: number): TimeIndexEntry {
    return {
      timestampMs: this.#entries.int64(index, TIMESTAMP),
      offset: this.#baseOffset + this.#entries.int32(index, RELATIVE_OFFSET),
    };
  }
}
