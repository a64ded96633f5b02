import type { Clock } from "../../environment/environment.ts";
import { REQUEST_TIMED_OUT } from "../../wire/errors.ts";
import type { Offset } from "../log/log-config.ts";
import { Deadlines } from "./deadlines.ts";

/** Undoes a registration; does nothing when it is over. */
export type Cancel = () => void;

/** Somebody who waits for changes of some partitions; `news` are those that changed since it was last woken. */
type Watcher = {
  readonly keys: readonly string[];
  readonly wake: (news: ReadonlySet<string>) => void;
  news: Set<string>;
  isCancelled: boolean;
};

/** Somebody who waits until the high watermark of a partition reaches an offset. */
type Waiter = {
  readonly requiredOffset: Offset;
  readonly done: (errorCode: number) => void;
  readonly cancelDeadline: Cancel;
};

/**
 * Who waits for what (Kafka's delayed operation purgatories): parked fetches watch partitions, produces with acks=all wait for the high
 * watermark. Partitions are named by `partitionKey`. Holds ids and callbacks only.
 */
export class Purgatory {
  readonly #clock: Clock;
  readonly #deadlines: Deadlines;
  readonly #watchers = new Map<string, Set<Watcher>>();
  readonly #waiters = new Map<string, Set<Waiter>>();

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#deadlines = new Deadlines(clock);
  }

  /**
   * Calls `wake` in a later step after `changed` or `failed` of any of the partitions, with all that changed until then; again after further changes,
   * until it is cancelled. So a fetch of many partitions is registered once, and looks only at what is new.
   */
  watch(keys: readonly string[], wake: (news: ReadonlySet<string>) => void): Cancel {
    const watcher: Watcher = { keys, wake, news: new Set(), isCancelled: false };
    for (const key of keys) addTo(this.#watchers, key, watcher);
    return () => {
      watcher.isCancelled = true;
      for (const key of watcher.keys) removeFrom(this.#watchers, key, watcher);
    };
  }

  /** Calls `done` once: the code of `judge` when `advanced` reaches the offset, the code of `failed`, or REQUEST_TIMED_OUT. */
  awaitOffset(key: string, requiredOffset: Offset, deadlineMs: number, done: (errorCode: number) => void): Cancel {
    const end = (): void => removeFrom(this.#waiters, key, waiter);
    const cancelDeadline = this.#deadlines.add(deadlineMs, () => {
      end();
      done(REQUEST_TIMED_OUT);
    });
    const waiter: Waiter = { requiredOffset, done, cancelDeadline };
    addTo(this.#waiters, key, waiter);
    return () => {
      end();
      cancelDeadline();
    };
  }

  /** Something in the partition is new: records, log start, leader. */
  changed(key: string): void {
    const watchers = this.#watchers.get(key);
    if (watchers === undefined) return;
    for (const watcher of watchers) this.#wakeSoon(watcher, key);
  }

  /** The high watermark moved to `highWatermark`; `judge` says what those get who waited for it (too few replicas in sync, or NONE). */
  advanced(key: string, highWatermark: Offset, judge: { judgeCommitted(): number }): void {
    this.changed(key);
    const waiters = this.#waiters.get(key);
    if (waiters === undefined) return;
    const ready = [...waiters].filter(({ requiredOffset }) => requiredOffset <= highWatermark);
    if (ready.length === 0) return;
    const errorCode = judge.judgeCommitted();
    for (const waiter of ready) this.#finish(key, waiter, errorCode);
  }

  /** This broker does not lead the partition any more, or it is gone. */
  failed(key: string, errorCode: number): void {
    this.changed(key);
    for (const waiter of [...(this.#waiters.get(key) ?? [])]) this.#finish(key, waiter, errorCode);
  }

  #finish(key: string, waiter: Waiter, errorCode: number): void {
    removeFrom(this.#waiters, key, waiter);
    waiter.cancelDeadline();
    waiter.done(errorCode);
  }

  #wakeSoon(watcher: Watcher, key: string): void {
    const isAsleep = watcher.news.size === 0;
    watcher.news.add(key);
    if (!isAsleep) return;
    this.#clock.soon(() => {
      const { news } = watcher;
      watcher.news = new Set();
      if (!watcher.isCancelled) watcher.wake(news);
    });
  }
}

/** A cancel for what is over already. */
export const alreadyOver: Cancel = () => {};

function addTo<T>(sets: Map<string, Set<T>>, key: string, value: T): void {
  const set = sets.get(key);
  if (set === undefined) sets.set(key, new Set([value]));
  else set.add(value);
}

function removeFrom<T>(sets: Map<string, Set<T>>, key: string, value: T): void {
  const set = sets.get(key);
  if (set === undefined || !set.delete(value)) return;
  if (set.size === 0) sets.delete(key);
}
