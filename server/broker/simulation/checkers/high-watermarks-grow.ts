import assert from "node:assert/strict";

/**
 * The high watermark of a leader never goes back in its epoch, because what was below it once is committed. That of a follower may, as in Apache Kafka:
 * a new leader learns only with its followers' next fetches how far the one before had come.
 */
export class HighWatermarks {
  readonly #lives = new WeakMap<object, Map<string, number>>();

  /** Notes where a leader stands in a life of its broker. Throws when it stood further before. */
  note(life: object, leader: string, highWatermark: number): void {
    const known = this.#lives.get(life) ?? new Map<string, number>();
    this.#lives.set(life, known);
    const before = known.get(leader) ?? 0;
    assert(highWatermark >= before, `the high watermark of ${leader} went back from ${before} to ${highWatermark}`);
    known.set(leader, highWatermark);
  }
}
