import { IndexEntries } from "./index-entries.ts";
import type { Offset } from "./log-config.ts";

/** Version, producer id, first offset, last offset, last stable offset. */
const ENTRY_BYTES = 34;
const VERSION = 0;
const PRODUCER_ID = 2;
const FIRST_OFFSET = 10;
const LAST_OFFSET = 18;
const LAST_STABLE_OFFSET = 26;
const CURRENT_VERSION = 0;
const VERSION_BYTES = 2;

/** A transaction whose abort marker lies in the segment. */
export type AbortedTransactionEntry = {
  readonly producerId: number;
  readonly firstOffset: Offset;
  /** Offset of the marker. */
  readonly lastOffset: Offset;
  /** The last stable offset right after the marker: no later entry begins below it. */
  readonly lastStableOffset: Offset;
};

/** The aborted transactions of a segment in the order of their markers: Kafka's `.txnindex` (KIP-98). A segment without any has no file. */
export class TransactionIndex {
  readonly #entries: IndexEntries;
  /** Of an entry that is not whole, at the end of the file. */
  readonly #brokenBytes: number;

  constructor(fileBytes?: Uint8Array) {
    this.#entries = new IndexEntries(ENTRY_BYTES, fileBytes);
    this.#brokenBytes = (fileBytes?.length ?? 0) % ENTRY_BYTES;
  }

  get count(): number {
    return this.#entries.count;
  }

  append(entry: AbortedTransactionEntry): void {
    const entries = this.#entries;
    const index = entries.add();
    entries.setInt32(index, VERSION, CURRENT_VERSION << (8 * VERSION_BYTES));
    entries.setInt64(index, PRODUCER_ID, entry.producerId);
    entries.setInt64(index, FIRST_OFFSET, entry.firstOffset);
    entries.setInt64(index, LAST_OFFSET, entry.lastOffset);
    entries.setInt64(index, LAST_STABLE_OFFSET, entry.lastStableOffset);
  }

  /**
   * Adds those that overlap [fromOffset, toOffset) to `into`. True when no later segment can hold another one, because the last
   * stable offset had passed `toOffset`.
   */
  collect(fromOffset: Offset, toOffset: Offset, into: AbortedTransactionEntry[]): boolean {
    for (let index = 0; index < this.#entries.count; index++) {
      const entry = this.#entryAt(index);
      if (entry.lastOffset >= fromOffset && entry.firstOffset < toOffset) into.push(entry);
      if (entry.lastStableOffset >= toOffset) return true;
    }
    return false;
  }

  /** Whether the entries can be those of a segment that begins at `baseOffset`: whole, of the known version, in the order of their markers. */
  isSane(baseOffset: Offset): boolean {
    if (this.#brokenBytes > 0) return false;
    let before = baseOffset - 1;
    for (let index = 0; index < this.#entries.count; index++) {
      const { producerId, firstOffset, lastOffset, lastStableOffset } = this.#entryAt(index);
      const isKnown = this.#entries.int32(index, VERSION) >> (8 * VERSION_BYTES) === CURRENT_VERSION;
      if (!isKnown || producerId < 0 || firstOffset < 0 || firstOffset > lastOffset || lastOffset <= before)
        return false;
      if (lastStableOffset < 0 || lastStableOffset > lastOffset + 1) return false;
      before = lastOffset;
    }
    return true;
  }

  /** Forgets markers at or after `offset`. */
  truncateToOffset(offset: Offset): void {
    this.#entries.truncate(this.#entries.countWhile((index) => this.#entries.int64(index, LAST_OFFSET) < offset));
  }

  /** The file's content. */
  toBytes(): Uint8Array {
    return this.#entries.toBytes();
  }

  #entryAt(index: number): AbortedTransactionEntry {
    return {
      producerId: this.#entries.int64(index, PRODUCER_ID),
      firstOffset: this.#entries.int64(index, FIRST_OFFSET),
      lastOffset: this.#entries.int64(index, LAST_OFFSET),
      lastStableOffset: this.#entries.int64(index, LAST_STABLE_OFFSET),
    };
  }
}
