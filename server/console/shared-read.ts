/** A read that several callers share: one request at a time, and its answer for as long as it is young enough. Failures are not kept. */
export class SharedRead<T> {
  private kept: { readonly value: T; readonly atMs: number } | undefined;
  private running: Promise<T> | undefined;
  /** Counts what was forgotten, so that an answer asked for before does not come back as news. */
  private generation = 0;

  constructor(
    private readonly read: () => Promise<T>,
    private readonly maxAgeMs: number,
    private readonly nowMs: () => number = () => performance.now(),
  ) {}

  /** The kept answer if it is young enough and good enough for the caller, else a new one. */
  async get(isGoodEnough: (value: T) => boolean = () => true): Promise<T> {
    const { kept } = this;
    if (kept && this.nowMs() - kept.atMs < this.maxAgeMs && isGoodEnough(kept.value)) return kept.value;
    const value = await (this.running ?? this.start());
    return isGoodEnough(value) ? value : this.start();
  }

  /** The next caller gets a new answer: something was changed. */
  forget(): void {
    this.generation += 1;
    this.kept = undefined;
    this.running = undefined;
  }

  private start(): Promise<T> {
    const { generation } = this;
    const running = this.read().then(
      (value) => {
        if (generation === this.generation) this.kept = { value, atMs: this.nowMs() };
        if (this.running === running) this.running = undefined;
        return value;
      },
      (error: unknown) => {
        if (this.running === running) this.running = undefined;
        throw error;
      },
    );
    this.running = running;
    return running;
  }
}
