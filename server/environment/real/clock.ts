import type { Clock, Timer } from "../environment.ts";
import { TimerQueue } from "../timer-queue.ts";

/** Node refuses longer delays; the queue then simply looks again. */
const DELAY_MS_MAX = 2 ** 31 - 1;

/** The machine's clocks. One Node timer serves all of ours, which gives them their order. */
export class RealClock implements Clock {
  readonly #queue = new TimerQueue();
  #wakeUp: NodeJS.Timeout | undefined;
  #wakeUpMs = Infinity;

  monotonicMs(): number {
    return performance.now();
  }

  wallMs(): number {
    return Date.now();
  }

  at(deadlineMs: number, fire: () => void): Timer {
    const timer = this.#queue.add(deadlineMs, fire);
    this.#arm();
    return timer;
  }

  soon(work: () => void): void {
    setImmediate(work);
  }

  #arm(): void {
    const deadlineMs = this.#queue.nextDeadlineMs();
    if (deadlineMs === undefined || deadlineMs >= this.#wakeUpMs) return;
    if (this.#wakeUp !== undefined) clearTimeout(this.#wakeUp);
    this.#wakeUpMs = deadlineMs;
    const delayMs = Math.ceil(deadlineMs - performance.now());
    this.#wakeUp = setTimeout(this.#onWakeUp, Math.min(DELAY_MS_MAX, Math.max(1, delayMs)));
  }

  readonly #onWakeUp = (): void => {
    this.#wakeUp = undefined;
    this.#wakeUpMs = Infinity;
    try {
      const nowMs = performance.now();
      for (let fire = this.#queue.takeDue(nowMs); fire !== undefined; fire = this.#queue.takeDue(nowMs)) fire();
    } finally {
      this.#arm();
    }
  };
}
