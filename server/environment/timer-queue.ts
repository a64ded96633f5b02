import type { Timer } from "./environment.ts";

/** Cancelled timers are swept out when there are more of them than this and than live ones: request deadlines are nearly all cancelled. */
const CANCELLED_MAX = 64;

/** Armed timers in order of deadline, ties in order of arming: a binary heap with lazy removal. */
export class TimerQueue {
  #heap: Entry[] = [];
  #sequence = 0;
  #cancelled = 0;

  /** Timers that will fire. */
  get size(): number {
    return this.#heap.length - this.#cancelled;
  }

  add(deadlineMs: number, fire: () => void): Timer {
    const entry = new Entry(this, deadlineMs, this.#sequence++, fire);
    this.#heap.push(entry);
    this.#up(this.#heap.length - 1);
    return entry;
  }

  /** The earliest deadline; undefined when nothing is armed. */
  nextDeadlineMs(): number | undefined {
    this.#dropCancelledHead();
    return this.#heap[0]?.deadlineMs;
  }

  /** Takes out the earliest timer if its deadline is not after `nowMs`; the caller runs it. */
  takeDue(nowMs: number): (() => void) | undefined {
    this.#dropCancelledHead();
    const head = this.#heap[0];
    if (head === undefined || head.deadlineMs > nowMs) return undefined;
    this.#removeHead();
    return head.take();
  }

  /** An entry was cancelled while it waits here. */
  noteCancelled(): void {
    this.#cancelled++;
    if (this.#cancelled <= CANCELLED_MAX || this.#cancelled * 2 <= this.#heap.length) return;
    this.#heap = this.#heap.filter((entry) => entry.isArmed);
    this.#cancelled = 0;
    for (let index = (this.#heap.length >> 1) - 1; index >= 0; index--) this.#down(index);
  }

  #dropCancelledHead(): void {
    for (let head = this.#heap[0]; head !== undefined && !head.isArmed; head = this.#heap[0]) {
      this.#removeHead();
      this.#cancelled--;
    }
  }

  #removeHead(): void {
    const last = this.#heap.pop();
    if (last === undefined || this.#heap.length === 0) return;
    this.#heap[0] = last;
    this.#down(0);
  }

  #up(from: number): void {
    const heap = this.#heap;
    let index = from;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!isBefore(heap, index, parent)) return;
      swap(heap, index, parent);
      index = parent;
    }
  }

  #down(from: number): void {
    const heap = this.#heap;
    let index = from;
    for (;;) {
      const left = 2 * index + 1;
      let least = index;
      if (left < heap.length && isBefore(heap, left, least)) least = left;
      if (left + 1 < heap.length && isBefore(heap, left + 1, least)) least = left + 1;
      if (least === index) return;
      swap(heap, index, least);
      index = least;
    }
  }
}

/** One armed timer; also what its owner holds. */
class Entry implements Timer {
  readonly deadlineMs: number;
  readonly sequence: number;
  readonly #queue: TimerQueue;
  /** Gone once fired or cancelled, so that a kept Timer keeps nothing alive. */
  #fire: (() => void) | undefined;

  constructor(queue: TimerQueue, deadlineMs: number, sequence: number, fire: () => void) {
    this.#queue = queue;
    this.deadlineMs = deadlineMs;
    this.sequence = sequence;
    this.#fire = fire;
  }

  get isArmed(): boolean {
    return this.#fire !== undefined;
  }

  take(): (() => void) | undefined {
    const fire = this.#fire;
    this.#fire = undefined;
    return fire;
  }

  cancel(): void {
    if (this.#fire === undefined) return;
    this.#fire = undefined;
    this.#queue.noteCancelled();
  }
}

function isBefore(heap: Entry[], left: number, right: number): boolean {
  const one = heap[left] as Entry;
  const other = heap[right] as Entry;
  return one.deadlineMs === other.deadlineMs ? one.sequence < other.sequence : one.deadlineMs < other.deadlineMs;
}

function swap(heap: Entry[], left: number, right: number): void {
  const entry = heap[left] as Entry;
  heap[left] = heap[right] as Entry;
  heap[right] = entry;
}
