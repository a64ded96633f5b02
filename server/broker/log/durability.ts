import type { Offset } from "./log-config.ts";

/** What a log's durability depends on. */
export type DurabilityParts = {
  /** Whether any file holds what a crash of the machine could take. */
  readonly isDirty: () => boolean;
  /** Makes all files durable as they are at the call. Rejects with DiskError. */
  readonly sync: () => Promise<void>;
  /** Told when a sync in the background failed. */
  readonly onDiskError: (error: unknown) => void;
  /** Told when the recovery point went back: it has to be checkpointed soon. */
  readonly onCut: () => void;
};

/** How far a log is durable: its recovery point, and the flushes that move it. */
export class Durability {
  readonly #parts: DurabilityParts;
  #recoveryPoint: Offset;
  #lastFlushMs: number;
  #isGrouping = false;
  /** How often records were taken from the end. */
  #cuts = 0;
  #isClosed = false;

  constructor(parts: DurabilityParts, recoveryPoint: Offset, nowMs: number) {
    this.#parts = parts;
    this.#recoveryPoint = recoveryPoint;
    this.#lastFlushMs = nowMs;
  }

  /** All below is durable. */
  get recoveryPoint(): Offset {
    return this.#recoveryPoint;
  }

  /** Makes all up to `logEndOffset`, where the log ends now, durable. Rejects with DiskError. */
  async flush(logEndOffset: Offset): Promise<void> {
    if (!this.#parts.isDirty() && logEndOffset <= this.#recoveryPoint) return;
    const cuts = this.#cuts;
    await this.#parts.sync();
    // What was cut meanwhile may have been written again, and that is not synced.
    if (cuts === this.#cuts) this.#recoveryPoint = Math.max(this.#recoveryPoint, logEndOffset);
  }

  /** As `flush`, in the background: a failure goes to `onDiskError`. */
  flushSoon(logEndOffset: Offset, nowMs: number): void {
    this.#lastFlushMs = nowMs;
    void this.flush(logEndOffset).catch((error: unknown) => {
      if (!this.#isClosed) this.#parts.onDiskError(error);
    });
  }

  /**
   * Makes all that is written durable, again and again until nothing is left: while one flush runs, all that comes waits for the next. Tells
   * `onFlushed` after each. A failure goes to `onDiskError`.
   */
  flushInGroups(logEndOffset: () => Offset, onFlushed: () => void): void {
    if (this.#isGrouping || this.#isClosed) return;
    this.#isGrouping = true;
    void this.#flushAll(logEndOffset, onFlushed)
      .catch((error: unknown) => {
        if (!this.#isClosed) this.#parts.onDiskError(error);
      })
      .finally(() => (this.#isGrouping = false));
  }

  async #flushAll(logEndOffset: () => Offset, onFlushed: () => void): Promise<void> {
    while (!this.#isClosed && logEndOffset() > this.#recoveryPoint) {
      await this.flush(logEndOffset());
      if (!this.#isClosed) onFlushed();
    }
  }

  /** Whether `flushMs` (flush.ms) have passed with records that are not durable. */
  isDue(logEndOffset: Offset, nowMs: number, flushMs: number): boolean {
    return logEndOffset > this.#recoveryPoint && nowMs - this.#lastFlushMs >= flushMs;
  }

  /** The log now ends at `logEndOffset`, before where it ended. */
  cutTo(logEndOffset: Offset): void {
    this.#cuts++;
    this.#recoveryPoint = Math.min(this.#recoveryPoint, logEndOffset);
    this.#parts.onCut();
  }

  /** Nothing is left of the log but its end, which is durable. */
  startAt(offset: Offset): void {
    this.#cuts++;
    this.#recoveryPoint = offset;
    this.#parts.onCut();
  }

  /** What was below `offset` is gone. */
  removedBelow(offset: Offset): void {
    this.#recoveryPoint = Math.max(this.#recoveryPoint, offset);
  }

  /** Failures of syncs under way concern nobody any more. */
  close(): void {
    this.#isClosed = true;
  }
}
