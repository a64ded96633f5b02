/** Rates kept for a job's line, one each. */
const RATES_MAX = 40;
const RATE_EVERY_MS = 3_000;
/** The share of the newest rate in the mean: about the last half minute counts. */
const NEWEST_SHARE = 0.2;

/** How fast something goes on, from how far it is at times. Nothing of it is stored: after a restart it begins anew. */
export class RateMeter {
  private first: { readonly atMs: number; readonly done: number } | undefined;
  private last: { readonly atMs: number; readonly done: number } | undefined;
  private mean: number | null = null;
  readonly rates: number[] = [];

  /** Tells how far it is now. */
  tell(done: number, nowMs: number): void {
    this.first ??= { atMs: nowMs, done };
    this.last ??= this.first;
    const elapsedMs = nowMs - this.last.atMs;
    if (elapsedMs < RATE_EVERY_MS) return;
    const rate = Math.max(0, ((done - this.last.done) / elapsedMs) * 1_000);
    this.mean = this.mean === null ? rate : this.mean * (1 - NEWEST_SHARE) + rate * NEWEST_SHARE;
    this.rates.push(rate);
    if (this.rates.length > RATES_MAX) this.rates.shift();
    this.last = { atMs: nowMs, done };
  }

  /** A second's mean; null until there is one. */
  get perSecond(): number | null {
    return this.mean;
  }

  /** Milliseconds until `total` at this rate; null when nobody can tell. */
  etaMs(done: number, total: number | null): number | null {
    if (total === null || this.mean === null || this.mean <= 0) return null;
    return Math.max(0, ((total - done) / this.mean) * 1_000);
  }
}
