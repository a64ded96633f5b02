import type { Clock } from "../../environment/environment.ts";

/** How far a copy of the metadata log is. Times are milliseconds since 1970, -1 for never. */
export type ObserverState = {
  readonly replicaId: number;
  readonly replicaDirectoryId: string;
  readonly logEndOffset: number;
  readonly lastFetchTimestampMs: number;
  readonly lastCaughtUpTimestampMs: number;
};

/** Nodes that fetch the metadata log count as observers for this long after their last fetch (KafkaRaftClient's LeaderState). */
const OBSERVER_SESSION_MS = 300_000;

/** The brokers that copy the metadata log, as their fetches tell. */
export class Observers {
  readonly #states = new Map<number, ObserverState>();

  constructor(private readonly clock: Clock) {}

  /** Notes a fetch: the observer has all before `fetchOffset`. */
  fetched(replicaId: number, replicaDirectoryId: string, fetchOffset: number, logEndOffset: number): void {
    if (replicaId < 0) return;
    const nowMs = this.clock.wallMs();
    const before = this.#states.get(replicaId);
    this.#states.set(replicaId, {
      replicaId,
      replicaDirectoryId,
      logEndOffset: fetchOffset,
      lastFetchTimestampMs: nowMs,
      lastCaughtUpTimestampMs: fetchOffset >= logEndOffset ? nowMs : (before?.lastCaughtUpTimestampMs ?? -1),
    });
  }

  /** The last offset that an observer has for sure; -1 when it never fetched. */
  appliedOffset(replicaId: number): number {
    return (this.#states.get(replicaId)?.logEndOffset ?? 0) - 1;
  }

  /** All that fetched of late, by id. */
  list(): readonly ObserverState[] {
    const since = this.clock.wallMs() - OBSERVER_SESSION_MS;
    return [...this.#states.values()]
      .filter((state) => state.lastFetchTimestampMs >= since)
      .sort((a, b) => a.replicaId - b.replicaId);
  }
}
