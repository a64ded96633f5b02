import { setTimeout as pause } from "node:timers/promises";

/** So long after a change a cluster may still answer as it was before, or go on changing: its answers are kept for their ordinary age only. */
const SETTLING_MS = 10_000;

/** What takes long to read is read seldom: an answer is kept for ten times of what its read took, at most for the time between two sweeps. */
const KEPT_PER_READ = 10;
const KEPT_FOR_READ_MS_MAX = 10_000;

/** A read that several callers share: one request at a time, and its answer for as long as it is young enough. Failures are not kept. */
export class SharedRead<T> {
  private kept: { readonly value: T; readonly untilMs: number } | undefined;
  private running: Promise<T> | undefined;
  /** Why the last read failed; undefined when it went well. */
  private failure: { readonly error: unknown } | undefined;
  /** Counts what was forgotten, so that an answer asked for before does not come back as news. */
  private generation = 0;
  private changedMs = -Infinity;

  constructor(
    private readonly read: () => Promise<T>,
    private readonly maxAgeMs: number,
    private readonly nowMs: () => number = () => performance.now(),
  ) {}

  /** The kept answer if it is young enough and good enough for the caller, else a new one. */
  async get(isGoodEnough: (value: T) => boolean = () => true): Promise<T> {
    const { kept } = this;
    if (kept && this.nowMs() < kept.untilMs && isGoodEnough(kept.value)) return kept.value;
    const value = await (this.running ?? this.start());
    return isGoodEnough(value) ? value : this.start();
  }

  /**
   * The same for callers that do not wait for long: `isNew` when it is what `get` gives; after `patienceMs` the last answer however old, or undefined;
   * or the failure, when the last read failed.
   * What was begun goes on, and the next caller has it.
   */
  async atHand(
    patienceMs: number,
    isGoodEnough: (value: T) => boolean = () => true,
  ): Promise<{ readonly value: T | undefined; readonly isNew: boolean }> {
    const reading = this.get(isGoodEnough).then((value) => ({ value, isNew: true }));
    // Whoever does not wait for it does not hear of its failure; the next one does.
    reading.catch(() => undefined);
    const waited = new AbortController();
    const patience = pause(patienceMs, undefined, { signal: waited.signal }).then(
      () => {
        if (this.failure) throw this.failure.error;
        return { value: this.kept?.value, isNew: false };
      },
      () => ({ value: undefined, isNew: false }),
    );
    return Promise.race([reading, patience]).finally(() => waited.abort());
  }

  /**
   * A new answer, for one who comes again within `keptForMs` and reads for all others too: they get this one until then.
   * When it fails they read for themselves.
   */
  async renew(keptForMs: number): Promise<T> {
    try {
      const value = await (this.running ?? this.start());
      const nowMs = this.nowMs();
      const isSettled = nowMs - this.changedMs > SETTLING_MS;
      if (isSettled && this.kept?.value === value)
        this.kept = { value, untilMs: Math.max(this.kept.untilMs, nowMs + keptForMs) };
      return value;
    } catch (error) {
      this.expire();
      throw error;
    }
  }

  /** The next caller gets a new answer: something may have changed. What is kept stays at hand. */
  expire(): void {
    this.changedMs = this.nowMs();
    if (this.kept) this.kept = { ...this.kept, untilMs: -Infinity };
  }

  /** The next caller gets a new answer: something was changed. */
  forget(): void {
    this.generation += 1;
    this.changedMs = this.nowMs();
    this.kept = undefined;
    this.running = undefined;
  }

  private start(): Promise<T> {
    const { generation } = this;
    const startedMs = this.nowMs();
    const running = this.read().then(
      (value) => {
        this.failure = undefined;
        if (generation === this.generation) this.kept = { value, untilMs: this.nowMs() + this.ageMsMax(startedMs) };
        if (this.running === running) this.running = undefined;
        return value;
      },
      (error: unknown) => {
        this.failure = { error };
        if (this.running === running) this.running = undefined;
        throw error;
      },
    );
    this.running = running;
    return running;
  }

  private ageMsMax(startedMs: number): number {
    const nowMs = this.nowMs();
    if (nowMs - this.changedMs <= SETTLING_MS) return this.maxAgeMs;
    return Math.max(this.maxAgeMs, Math.min((nowMs - startedMs) * KEPT_PER_READ, KEPT_FOR_READ_MS_MAX));
  }
}
