/** Offsets of one partition that are still to be read; they shrink from the side that the search comes from. */
export type SearchRange = {
  readonly topic: string;
  readonly partition: number;
  /** Inclusive and exclusive. */
  readonly start: number;
  readonly end: number;
  /** Every record of the range is about this old or older (`newest`), or about this new or newer; null before anything was read. */
  readonly reachedMs: number | null;
};

/** Offsets left in ranges. */
export function offsetsLeft(ranges: readonly SearchRange[]): number {
  return ranges.reduce((sum, { start, end }) => sum + Math.max(0, end - start), 0);
}
