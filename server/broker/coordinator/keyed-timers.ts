import type { Clock, Timer } from "../../environment/environment.ts";

/** One deadline, and the clock's timer that will look at it. */
type Armed<E> = { event: E; deadlineMs: number; timerMs: number; timer: Timer };

/**
 * Timers by key, each with an event instead of a closure: arming a key again replaces its deadline. Pushing a deadline back, which each
 * heartbeat does, costs no timer of the clock: the armed one looks again when it fires.
 */
export class KeyedTimers<E> {
  private readonly armed = new Map<string, Armed<E>>();
  private readonly clock: Clock;
  private readonly fire: (key: string, event: E) => void;

  constructor(clock: Clock, fire: (key: string, event: E) => void) {
    this.clock = clock;
    this.fire = fire;
  }

  get size(): number {
    return this.armed.size;
  }

  arm(key: string, afterMs: number, event: E): void {
    const deadlineMs = this.clock.monotonicMs() + afterMs;
    const present = this.armed.get(key);
    if (present !== undefined && present.timerMs <= deadlineMs) {
      present.event = event;
      present.deadlineMs = deadlineMs;
      return;
    }
    present?.timer.cancel();
    this.set(key, event, deadlineMs);
  }

  disarm(key: string): void {
    this.armed.get(key)?.timer.cancel();
    this.armed.delete(key);
  }

  disarmAll(): void {
    for (const { timer } of this.armed.values()) timer.cancel();
    this.armed.clear();
  }

  private set(key: string, event: E, deadlineMs: number): void {
    const timer = this.clock.at(deadlineMs, () => this.look(key));
    this.armed.set(key, { event, deadlineMs, timerMs: deadlineMs, timer });
  }

  private look(key: string): void {
    const present = this.armed.get(key);
    if (present === undefined) return;
    if (present.deadlineMs > this.clock.monotonicMs()) return this.set(key, present.event, present.deadlineMs);
    this.armed.delete(key);
    this.fire(key, present.event);
  }
}
