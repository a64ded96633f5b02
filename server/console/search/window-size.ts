/** A first window is small: what is looked for may be among the last records, and nobody knows yet how large they are. */
const FIRST_BYTES = 128 * 1024;
/** Larger answers bring no more a second, and hold up the other searches of the worker. */
export const WINDOW_BYTES_MAX = 2 * 1024 * 1024;
const GROWTH = 4;
const RECORD_BYTES_GUESS = 512;
/** Offsets of a window over a range that compaction has emptied. */
const OFFSETS_MAX = 50_000_000;

/** How much of a partition is asked for at a time: little at first, then as much as a good answer has. Learns how many bytes an offset costs. */
export class WindowSize {
  private windowBytes = FIRST_BYTES;
  private bytesAnOffset = RECORD_BYTES_GUESS;

  get offsets(): number {
    return Math.max(1, Math.min(OFFSETS_MAX, Math.floor(this.windowBytes / this.bytesAnOffset)));
  }

  /** What to ask for, for so many offsets: what they may cost, and a little. */
  bytesFor(offsets: number): number {
    const likely = Math.ceil(offsets * this.bytesAnOffset) + 1024;
    return Math.min(WINDOW_BYTES_MAX, Math.max(FIRST_BYTES / 4, likely));
  }

  /** An answer brought this. Offsets without records (compaction, markers) cost nothing, so windows over them grow. */
  learn(offsets: number, bytes: number): void {
    if (offsets > 0) this.bytesAnOffset = Math.max(bytes / offsets, 0.001);
    this.windowBytes = Math.min(WINDOW_BYTES_MAX, this.windowBytes * GROWTH);
  }
}
