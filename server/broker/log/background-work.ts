import type { Clock, Timer } from "../../environment/environment.ts";

/** A slice of background work; nothing may hold the broker up for longer. */
const SLICE_MS = 1;

/** Repeated and long work of one owner, in slices between requests; all of it ends with `stop`. */
export class BackgroundWork {
  readonly #clock: Clock;
  readonly #timers = new Map<string, Timer>();
  #isStopped = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Calls `work` again and again, `intervalMs` after its last call; the first time after `firstMs`. */
  every(name: string, intervalMs: number, work: () => void, firstMs = intervalMs): void {
    const timer = this.#clock.at(this.#clock.monotonicMs() + firstMs, () => {
      if (this.#isStopped) return;
      work();
      this.every(name, intervalMs, work);
    });
    this.#timers.set(name, timer);
  }

  /** Shows each item to `work`, a few at a time, so that requests come in between. */
  inSlices<T>(items: readonly T[], work: (item: T) => void, from = 0): void {
    const startedMs = this.#clock.monotonicMs();
    for (let index = from; index < items.length; index++) {
      if (this.#isStopped) return;
      const item = items[index];
      if (item !== undefined) work(item);
      if (this.#clock.monotonicMs() - startedMs < SLICE_MS) continue;
      this.#clock.at(this.#clock.monotonicMs() + SLICE_MS, () => this.inSlices(items, work, index + 1));
      return;
    }
  }

  /** Nothing is called any more. */
  stop(): void {
    this.#isStopped = true;
    for (const timer of this.#timers.values()) timer.cancel();
  }
}
