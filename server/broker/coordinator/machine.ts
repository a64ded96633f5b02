import type { EncodedRecord } from "./encoded-record.ts";

/**
 * A coordinator's state machine, for the shell (`shard.ts`) that gives it a log: pure, without clock, randomness and I/O.
 * `Image` is its state, `Change` the part of a decision that dies with leadership.
 */
export type Machine<Image, Event, Entry, Change, Answer> = {
  /** The state before the first record. */
  empty(): Image;
  /** What an event leads to. Changes nothing. */
  decide(image: Image, event: Event, nowMs: number): Step<Event, Entry, Change, Answer>;
  /** Takes a record into the image; the only writer of what is recorded. */
  apply(image: Image, entry: Entry, place: RecordPlace): void;
  /** Takes the marker in that ends a transaction. */
  endTransaction(image: Image, producerId: number, isCommitted: boolean): void;
  /** Sets what the records of the decision do not carry, after they are applied. */
  change(image: Image, change: Change): void;
  /** What is to be done when the image has been loaded. */
  loaded(image: Image, nowMs: number): Step<Event, Entry, Change, Answer>[];
  encode(entry: Entry): EncodedRecord;
  /** Undefined for records that are none of this machine's. Throws WireError. */
  decode(key: Uint8Array, value: Uint8Array | null): Entry | undefined;
  /** The answer that stands for an error code. */
  refused(errorCode: number): Answer;
};

/**
 * The shell's work, in this order: append `records` as one batch, apply them, set `live`, arm and disarm `timers`; `replies` leave when
 * the batch is replicated. When the append fails nothing of it happens, and the event's own call gets the error.
 */
export type Step<Event, Entry, Change, Answer> = {
  readonly records: readonly Entry[];
  readonly live?: Change;
  readonly timers: readonly TimerChange<Event>[];
  readonly replies: readonly { readonly call: number; readonly answer: Answer }[];
};

/** Arming a key that is armed replaces it; without `afterMs` it is disarmed. */
export type TimerChange<Event> =
  | { readonly key: string; readonly afterMs: number; readonly event: Event }
  | { readonly key: string; readonly afterMs: undefined };

/** Where a record stands in the log. */
export type RecordPlace = {
  readonly offset: number;
  /** Of the transaction that the record is part of; -1 for a record that is valid by itself. */
  readonly producerId: number;
};
