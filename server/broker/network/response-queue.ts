import assert from "node:assert/strict";

/** What the queue keeps of a request: its answer once it is there. An empty list is "no answer" (acks=0). */
export type Ticket = { response: readonly Uint8Array[] | undefined };

/** Cut the settled front off when it grew to this many places, so that shifting costs nothing per request. */
const CUT_AT_TICKETS = 256;

/**
 * Keeps the answers of one connection in the order of its requests (Kafka protocol guide: "requests are processed in the order they are sent").
 *
 *     settled │ waiting …          tickets
 *             ^ first
 */
export class ResponseQueue<T extends Ticket> {
  private tickets: T[] = [];
  private first = 0;

  /** Requests that have no answer yet, or whose answer waits for an earlier one. */
  get length(): number {
    return this.tickets.length - this.first;
  }

  add(ticket: T): void {
    assert(ticket.response === undefined, "a new request has no answer");
    this.tickets.push(ticket);
  }

  /** Removes the oldest ticket if it is answered, and returns it. Call it until it gives undefined. */
  takeAnswered(): T | undefined {
    const ticket = this.tickets[this.first];
    if (ticket?.response === undefined) return undefined;
    this.first++;
    if (this.first === this.tickets.length) {
      this.tickets.length = 0;
      this.first = 0;
    } else if (this.first === CUT_AT_TICKETS) {
      this.tickets = this.tickets.slice(CUT_AT_TICKETS);
      this.first = 0;
    }
    return ticket;
  }

  /** Whether every request in the queue fits; true for an empty one. */
  every(fits: (ticket: T) => boolean): boolean {
    for (let index = this.first; index < this.tickets.length; index++) {
      const ticket = this.tickets[index];
      if (ticket !== undefined && !fits(ticket)) return false;
    }
    return true;
  }

  /** Empties the queue: the tickets come out in order. */
  drain(): readonly T[] {
    const rest = this.tickets.slice(this.first);
    this.tickets = [];
    this.first = 0;
    return rest;
  }
}
