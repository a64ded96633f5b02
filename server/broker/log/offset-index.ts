import { IndexEntries } from "./index-entries.ts";
import type { Offset } from "./log-config.ts";

/** Relative offset and position, 32 bits each. */
export const OFFSET_INDEX_ENTRY_BYTES = 8;
const RELATIVE_OFFSET = 0;
const POSITION = 4;

/**
 * Where batches lie in a segment, sparsely: Kafka's `.index`. An entry is the last offset of a batch and the position where that
 * batch begins. Kept in memory; written when the segment is rolled or closed, rebuilt by recovery.
 */
export class OffsetIndex {
  readonly #baseOffset: Offset;
  readonly #entries: IndexEntries;

  constructor(baseOffset: Offset, fileBytes?: Uint8Array) {
    this.#baseOffset = baseOffset;
    this.#entries = new IndexEntries(OFFSET_INDEX_ENTRY_BYTES, fileBytes);
  }

  get count(): number {
    return this.#entries.count;
  }

  /** The offset of the last entry; the base offset when there is none. */
  get lastOffset(): Offset {
    const { count } = this.#entries;
    return count === 0 ? this.#baseOffset : this.#offsetAt(count - 1);
  }

  /** Adds a batch by its last offset, which must be above the last entry's. */
  append(batchLastOffset: Offset, position: number): void {
    const index = this.#entries.add();
    this.#entries.setInt32(index, RELATIVE_OFFSET, batchLastOffset - this.#baseOffset);
    this.#entries.setInt32(index, POSITION, position);
  }

  /** Position of a batch from which a scan forward finds `offset`: nothing before it holds or follows that offset. */
  lookup(offset: Offset): number {
    const below = this.#entries.countWhile((index) => this.#offsetAt(index) <= offset);
    return below === 0 ? 0 : this.#entries.int32(below - 1, POSITION);
  }

  /** Forgets batches that begin at or after `position`. */
  truncateToPosition(position: number): void {
    this.#entries.truncate(this.#entries.countWhile((index) => this.#entries.int32(index, POSITION) < position));
  }

  /** Whether the entries can be those of a segment of `sizeBytes`: growing, and inside. Recovery rebuilds an index that is not sane. */
  isSane(sizeBytes: number): boolean {
    let offset = -1;
    let position = -1;
    for (let index = 0; index < this.#entries.count; index++) {
      const nextOffset = this.#entries.int32(index, RELATIVE_OFFSET);
      const nextPosition = this.#entries.int32(index, POSITION);
      if (nextOffset <= offset || nextPosition <= position || nextPosition >= sizeBytes) return false;
      offset = nextOffset;
      position = nextPosition;
    }
    return true;
  }

  /** The file's content. */
  toBytes(): Uint8Array {
    return this.#entries.toBytes();
  }

  #offsetAt(index: number): Offset {
    return this.#baseOffset + this.#entries.int32(index, RELATIVE_OFFSET);
  }
}
