const SECOND_MS = 1000;

/** How a rate is averaged: over so many windows of so long (`quota.window.num`, `quota.window.size.seconds`). */
export type RateWindows = { readonly count: number; readonly windowMs: number };

type Sample = { readonly startMs: number; sum: number };

/** Amounts a second over the last windows, as Kafka's metrics count them (Rate over WindowedSum), so that clients are told the same times. */
export class SampledRate {
  #samples: Sample[] = [];

  constructor(private readonly windows: RateWindows) {}

  record(amount: number, nowMs: number): void {
    this.#forgetBefore(nowMs);
    const newest = this.#samples.at(-1);
    if (newest !== undefined && nowMs - newest.startMs < this.windows.windowMs) newest.sum += amount;
    else this.#samples.push({ startMs: nowMs, sum: amount });
  }

  /** Whether nothing of it counts any more. */
  isOver(nowMs: number): boolean {
    this.#forgetBefore(nowMs);
    return this.#samples.length === 0;
  }

  /** How long nothing may come until the rate is `bound` again; 0 when it is not above. */
  excessMs(bound: number, nowMs: number): number {
    this.#forgetBefore(nowMs);
    const overMs = this.#overMs(nowMs);
    const rate = (this.#samples.reduce((sum, sample) => sum + sample.sum, 0) / overMs) * SECOND_MS;
    return rate <= bound ? 0 : Math.round(((rate - bound) / bound) * overMs);
  }

  /** At least all windows but the newest: a rate that has just begun is not taken for one of its first moment. */
  #overMs(nowMs: number): number {
    const { count, windowMs } = this.windows;
    const elapsedMs = nowMs - (this.#samples[0]?.startMs ?? nowMs);
    const missing = count - 1 - Math.floor(elapsedMs / windowMs);
    return Math.max(windowMs, elapsedMs + Math.max(0, missing) * windowMs);
  }

  #forgetBefore(nowMs: number): void {
    const { count, windowMs } = this.windows;
    this.#samples = this.#samples.filter(({ startMs }) => nowMs - startMs < count * windowMs);
  }
}
