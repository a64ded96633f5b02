import type { Clock } from "../../../environment/environment.ts";

/** No slice holds the broker up for longer, but for a single batch that takes longer. */
const SLICE_MS = 1;
const SECOND_MS = 1000;

/** How fast long work may go; asked anew before each rest, so that a change holds at once. */
export type Pace = {
  /** Bytes read and written in one slice at most. */
  readonly sliceBytes: number;
  /** Infinity for as fast as it goes. */
  readonly bytesPerSecond: number;
};

/** Divides long work into slices between requests, and keeps it below a number of bytes a second. */
export class Pacer {
  readonly #clock: Clock;
  readonly #pace: () => Pace;
  #sliceBegunMs: number;
  #sliceBytes = 0;

  constructor(clock: Clock, pace: () => Pace) {
    this.#clock = clock;
    this.#pace = pace;
    this.#sliceBegunMs = clock.monotonicMs();
  }

  /** Counts bytes read or written. */
  spend(sizeBytes: number): void {
    this.#sliceBytes += sizeBytes;
  }

  /** Whether the slice is used up: then `rest` before anything else. */
  get isDue(): boolean {
    return (
      this.#sliceBytes >= Math.max(1, this.#pace().sliceBytes) ||
      this.#clock.monotonicMs() - this.#sliceBegunMs >= SLICE_MS
    );
  }

  /** Lets requests in; settles when the next slice may begin. */
  async rest(): Promise<void> {
    const throttledMs = (this.#sliceBytes / this.#pace().bytesPerSecond) * SECOND_MS;
    const nowMs = this.#clock.monotonicMs();
    const dueMs = Math.max(nowMs + SLICE_MS, this.#sliceBegunMs + throttledMs);
    await new Promise<void>((resolve) => this.#clock.at(dueMs, resolve));
    this.#sliceBegunMs = this.#clock.monotonicMs();
    this.#sliceBytes = 0;
  }
}
