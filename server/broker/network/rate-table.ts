import { SampledRate, type RateWindows } from "./sampled-rate.ts";

/** Counted at once; those that were silent for all windows are forgotten first. */
const RATES_MAX = 10_000;

/** The rates of whoever is limited, by a name. */
export class RateTable {
  readonly #rates = new Map<string, SampledRate>();

  constructor(private readonly windows: RateWindows) {}

  /** A new one is begun where there is none. */
  rateOf(key: string, nowMs: number): SampledRate {
    const known = this.#rates.get(key);
    if (known !== undefined) return known;
    if (this.#rates.size >= RATES_MAX)
      for (const [other, rate] of this.#rates) if (rate.isOver(nowMs)) this.#rates.delete(other);
    const rate = new SampledRate(this.windows);
    this.#rates.set(key, rate);
    return rate;
  }
}
