import type { Clock, Timer } from "../environment.ts";
import { TimerQueue } from "../timer-queue.ts";
import type { SimulatedProcess } from "./simulated-process.ts";

/** 2026-01-01T00:00:00Z, so that a replay has the same timestamps. */
const FIRST_WALL_MS = 1_767_225_600_000;

/** All times are multiples of this, so that sums of them are exact and a timer never fires a rounding error early. */
const TICKS_PER_MS = 1024;

/** The time of a simulation: it stands still while a step runs, and jumps to the next deadline. */
export class SimulatedTime {
  #nowMs = 0;
  readonly #queue = new TimerQueue();
  #soon: (() => void)[] = [];

  get nowMs(): number {
    return this.#nowMs;
  }

  /** Events that are still to come. */
  get pending(): number {
    return this.#queue.size + this.#soon.length;
  }

  at(deadlineMs: number, fire: () => void): Timer {
    return this.#queue.add(Math.max(wholeTicks(deadlineMs), this.#nowMs), fire);
  }

  soon(work: () => void): void {
    this.#soon.push(work);
  }

  /** The next step: waiting work first, then the earliest timer up to `untilMs`. False when there is none. */
  step(untilMs: number): boolean {
    const work = this.#soon.shift();
    if (work !== undefined) {
      work();
      return true;
    }
    const deadlineMs = this.#queue.nextDeadlineMs();
    if (deadlineMs === undefined || deadlineMs > untilMs) return false;
    this.#nowMs = deadlineMs;
    this.#queue.takeDue(deadlineMs)?.();
    return true;
  }

  /** Lets time pass when nothing happens in it. */
  advanceTo(nowMs: number): void {
    this.#nowMs = Math.max(this.#nowMs, wholeTicks(nowMs));
  }
}

/** The clocks of one simulated process. */
export class SimulatedClock implements Clock {
  readonly #time: SimulatedTime;
  readonly #process: SimulatedProcess;
  readonly #wall: WallClock;
  readonly #startedMs: number;

  constructor(time: SimulatedTime, process: SimulatedProcess, wall: WallClock) {
    this.#time = time;
    this.#process = process;
    this.#wall = wall;
    this.#startedMs = time.nowMs;
  }

  /** Counts from the start of the process, so that nobody compares the clocks of two machines. */
  monotonicMs(): number {
    return this.#time.nowMs - this.#startedMs;
  }

  wallMs(): number {
    return this.#wall.nowMs(this.#time);
  }

  at(deadlineMs: number, fire: () => void): Timer {
    return this.#time.at(this.#startedMs + wholeTicks(deadlineMs), () => this.#process.step(fire));
  }

  soon(work: () => void): void {
    this.#time.soon(() => this.#process.step(work));
  }
}

/** A machine's idea of the date, which a test may set wrong. */
export class WallClock {
  #offsetMs = FIRST_WALL_MS;

  nowMs(time: SimulatedTime): number {
    return Math.floor(time.nowMs) + this.#offsetMs;
  }

  /** Somebody sets the clock, forward or back. */
  jump(byMs: number): void {
    this.#offsetMs += byMs;
  }
}

function wholeTicks(timeMs: number): number {
  return Math.ceil(timeMs * TICKS_PER_MS) / TICKS_PER_MS;
}
