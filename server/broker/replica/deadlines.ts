import type { Clock, Timer } from "../../environment/environment.ts";

/** Deadlines within the same span share a timer and may fire that much late. */
const SPAN_MS = 10;

type Bucket = { readonly timer: Timer; readonly fires: Set<() => void> };

/** Many deadlines for few timers: those of the same 10 ms share one. For waits that nearly always end before. */
export class Deadlines {
  readonly #clock: Clock;
  readonly #buckets = new Map<number, Bucket>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Calls `fire` once, at the monotonic deadline or up to 10 ms later, unless the answer is called before. */
  add(deadlineMs: number, fire: () => void): () => void {
    const span = Math.ceil(deadlineMs / SPAN_MS);
    const bucket = this.#buckets.get(span) ?? this.#open(span);
    // A set counts a function once, so each deadline gets its own.
    const own = (): void => fire();
    bucket.fires.add(own);
    return () => {
      bucket.fires.delete(own);
      if (bucket.fires.size > 0 || this.#buckets.get(span) !== bucket) return;
      bucket.timer.cancel();
      this.#buckets.delete(span);
    };
  }

  #open(span: number): Bucket {
    const fires = new Set<() => void>();
    const timer = this.#clock.at(span * SPAN_MS, () => {
      this.#buckets.delete(span);
      for (const fire of fires) fire();
    });
    const bucket = { timer, fires };
    this.#buckets.set(span, bucket);
    return bucket;
  }
}
