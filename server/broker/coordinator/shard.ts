import type { Clock, Log } from "../../environment/environment.ts";
import { buildBatch } from "../../wire/record-batch-builder.ts";
import { COORDINATOR_LOAD_IN_PROGRESS, NONE, NOT_COORDINATOR, UNKNOWN_SERVER_ERROR } from "../../wire/errors.ts";
import { isRefusal } from "../refusal.ts";
import { coordinatorError } from "./coordinator-error.ts";
import { KeyedTimers } from "./keyed-timers.ts";
import { loadSlice } from "./load-slice.ts";
import type { Machine, Step } from "./machine.ts";
import type { ShardLog } from "./shard-log.ts";

/** What a shard is made of. */
export type ShardOptions<Image, Event, Entry, Change, Answer> = {
  readonly machine: Machine<Image, Event, Entry, Change, Answer>;
  readonly records: ShardLog;
  readonly clock: Clock;
  readonly log: Log;
  /** How long replies wait for the replication of their records. */
  readonly commitTimeoutMs: () => number;
};

/** Logs up to this size are loaded in the step that made the broker leader; larger ones in slices, between which the broker serves others. */
const LOAD_AT_ONCE_BYTES = 1_048_576;
/** A slice of a load: some hundred records, about a millisecond. */
const LOAD_SLICE_BYTES = 65_536;
/** A timer's event whose records could not be appended comes back after this long (as CoordinatorRuntime's retry back-off). */
const TIMER_RETRY_MS = 500;

type Waiting<Answer> = (answer: Answer) => void;

/**
 * A coordinator's machine on one partition of its log, from the moment this broker leads the partition until it does not: loads, takes
 * events, appends, applies, and keeps replies back until what they tell is replicated (Kafka's CoordinatorRuntime).
 */
export class Shard<Image, Event, Entry, Change, Answer> {
  private readonly options: ShardOptions<Image, Event, Entry, Change, Answer>;
  private readonly state: Image;
  private readonly timers: KeyedTimers<Event>;
  private readonly calls = new Map<number, Waiting<Answer>>();
  /** Replies that wait for the high watermark, by the end offset that they wait for; offsets grow. */
  private readonly parked = new Map<number, Step<Event, Entry, Change, Answer>["replies"][number][]>();
  private phase: "loading" | "active" | "failed" | "unloaded" = "loading";
  private nextCall = 1;

  constructor(options: ShardOptions<Image, Event, Entry, Change, Answer>) {
    this.options = options;
    this.state = options.machine.empty();
    this.timers = new KeyedTimers(options.clock, (key, event) => this.onTimer(key, event));
  }

  /** The state, to read; or the error code of a shard that has none. */
  image(): Image | number {
    if (this.phase === "active") return this.state;
    return this.phase === "loading" ? COORDINATOR_LOAD_IN_PROGRESS : NOT_COORDINATOR;
  }

  /** Replays the partition's log. Calls get COORDINATOR_LOAD_IN_PROGRESS until it is done. */
  load(): void {
    const { records } = this.options;
    const atOnce = records.sizeBytes <= LOAD_AT_ONCE_BYTES;
    this.loadFrom(records.logStartOffset, atOnce);
  }

  /** Decides an event and does what it leads to. `make` gets the id of the call, whose answer goes to `done`, now or later. */
  call(make: (call: number) => Event, done: Waiting<Answer>): void {
    const image = this.image();
    if (typeof image === "number") return done(this.options.machine.refused(image));
    const call = this.nextCall++;
    this.calls.set(call, done);
    const errorCode = this.submit(make(call));
    if (errorCode !== NONE) this.reply(call, this.options.machine.refused(errorCode));
  }

  /** Decides an event that nobody waits for; the error code of what could not be appended. */
  submit(event: Event): number {
    if (this.phase !== "active") return NOT_COORDINATOR;
    const { machine, clock, log } = this.options;
    let step: Step<Event, Entry, Change, Answer>;
    try {
      step = machine.decide(this.state, event, clock.wallMs());
    } catch (error) {
      // Deciding changes nothing, so the bug costs this one event.
      log.error(
        { error: String(error), stack: error instanceof Error ? error.stack : undefined },
        "a coordinator could not decide an event",
      );
      return UNKNOWN_SERVER_ERROR;
    }
    return this.carryOut(step);
  }

  /** Takes the marker of a transaction in that was appended to the partition. */
  endTransaction(producerId: number, isCommitted: boolean): void {
    if (this.phase === "active") this.options.machine.endTransaction(this.state, producerId, isCommitted);
  }

  /** This broker does not lead the partition any more: all that wait are sent to the one that does. */
  unload(): void {
    this.phase = "unloaded";
    this.timers.disarmAll();
    this.parked.clear();
    for (const call of [...this.calls.keys()]) this.reply(call, this.options.machine.refused(NOT_COORDINATOR));
  }

  private loadFrom(offset: number, atOnce: boolean): void {
    const { machine, records, clock, log } = this.options;
    let next = offset;
    try {
      while (this.phase === "loading" && next < records.logEndOffset) {
        next = loadSlice(machine, this.state, records, { fromOffset: next, maxBytes: LOAD_SLICE_BYTES });
        if (!atOnce) return clock.soon(() => this.loadFrom(next, false));
      }
    } catch (error) {
      this.phase = "failed";
      log.error(
        { offset: next, error: String(error) },
        "a coordinator cannot load its partition; its groups are not served",
      );
      return;
    }
    if (this.phase !== "loading") return;
    this.phase = "active";
    for (const step of machine.loaded(this.state, clock.wallMs())) this.carryOut(step);
  }

  private carryOut(step: Step<Event, Entry, Change, Answer>): number {
    const { machine } = this.options;
    if (step.records.length > 0) {
      const errorCode = this.append(step.records);
      if (errorCode !== NONE) return errorCode;
    }
    if (step.live !== undefined) machine.change(this.state, step.live);
    for (const change of step.timers) {
      if (change.afterMs === undefined) this.timers.disarm(change.key);
      else this.timers.arm(change.key, change.afterMs, change.event);
    }
    this.park(step.replies);
    return NONE;
  }

  private append(entries: readonly Entry[]): number {
    const { machine, records, clock, log, commitTimeoutMs } = this.options;
    const timestampMs = clock.wallMs();
    // Kafka's coordinators leave the base sequence at 0; so do we, that the bytes are the same.
    const batch = buildBatch(
      entries.map((entry) => ({ timestampMs, ...machine.encode(entry) })),
      { baseSequence: 0 },
    );
    const range = records.append(batch);
    if (isRefusal(range)) {
      log.warn({ errorCode: range.errorCode, records: entries.length }, "a coordinator's records were not appended");
      return coordinatorError(range.errorCode);
    }
    let { baseOffset: offset } = range;
    for (const entry of entries) machine.apply(this.state, entry, { offset: offset++, producerId: -1 });
    const endOffset = range.lastOffset + 1;
    if (records.highWatermark >= endOffset) return NONE;
    this.parked.set(endOffset, []);
    records.awaitCommitted(endOffset, commitTimeoutMs(), (errorCode) => this.onCommitted(endOffset, errorCode));
    return NONE;
  }

  /** Nothing leaves before what it may tell of is replicated: also replies without records of their own wait for those before them. */
  private park(replies: Step<Event, Entry, Change, Answer>["replies"]): void {
    const last = [...this.parked.values()].at(-1);
    if (last !== undefined) last.push(...replies);
    else for (const { call, answer } of replies) this.reply(call, answer);
  }

  private onCommitted(endOffset: number, errorCode: number): void {
    if (this.phase === "unloaded") return;
    for (const [offset, replies] of [...this.parked]) {
      if (offset > endOffset || (errorCode !== NONE && offset !== endOffset)) continue;
      this.parked.delete(offset);
      const refused = errorCode === NONE ? undefined : this.options.machine.refused(coordinatorError(errorCode));
      for (const { call, answer } of replies) this.reply(call, refused ?? answer);
    }
  }

  private reply(call: number, answer: Answer): void {
    const done = this.calls.get(call);
    this.calls.delete(call);
    done?.(answer);
  }

  private onTimer(key: string, event: Event): void {
    const errorCode = this.submit(event);
    const mayRetry = errorCode !== NONE && errorCode !== NOT_COORDINATOR && errorCode !== UNKNOWN_SERVER_ERROR;
    if (mayRetry && this.phase === "active") this.timers.arm(key, TIMER_RETRY_MS, event);
  }
}
