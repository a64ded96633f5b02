import type { Timer } from "../environment/environment.ts";
import type { AnswerMemory } from "./answer-memory.ts";

/** A request whose response has not come. `settled` is true when the caller gave up: the late answer is still read whole, and dropped. */
export type InFlight = {
  readonly correlationId: number;
  readonly take: (frame: Buffer) => void;
  readonly fail: (error: Error) => void;
  /** Where its answer goes; undefined for memory of its own. */
  readonly memory: AnswerMemory | undefined;
  timer: Timer | undefined;
  settled: boolean;
};

/** Requests of one connection in the order in which they were sent, which is the order in which a broker answers them. */
export class InFlightQueue {
  /** Those that were taken out leave nothing: a request keeps its answer alive, records and all. */
  private readonly requests: (InFlight | undefined)[] = [];
  private head = 0;

  get count(): number {
    return this.requests.length - this.head;
  }

  /** Whose answer comes next. */
  get next(): InFlight | undefined {
    return this.requests[this.head];
  }

  push(request: InFlight): void {
    this.requests.push(request);
  }

  /** The oldest request, taken out. */
  shift(): InFlight | undefined {
    const request = this.requests[this.head];
    if (request === undefined) return undefined;
    this.requests[this.head] = undefined;
    this.head += 1;
    // Cut down now and then instead of shifting an array at each response.
    if (this.head === this.requests.length || (this.head >= 64 && this.head * 2 >= this.requests.length)) {
      this.requests.splice(0, this.head);
      this.head = 0;
    }
    return request;
  }
}
