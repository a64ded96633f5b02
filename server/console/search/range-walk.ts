import type { SearchQuery } from "../../../lib/contracts/search.ts";
import type { SearchRange } from "./search-range.ts";
import { WindowSize } from "./window-size.ts";

/** Windows of one partition that may be out at the same time. */
const OUT_MAX = 3;

/** A part of a partition to be read: [start, end), asked for with `maxBytes`. */
export type RangeWindow<Result> = {
  readonly start: number;
  readonly end: number;
  readonly maxBytes: number;
  /** What came of it; undefined while it is out. */
  result: Result | undefined;
};

/** What a walk must know of a window that was read. */
export type WindowRead = {
  readonly offsets: number;
  readonly bytes: number;
  /** Infinity and -Infinity when it had no records. */
  readonly minTimestampMs: number;
  readonly maxTimestampMs: number;
};

/**
 * Walks one partition in windows of offsets, from its end back or from its start on:
 *
 *     start ─────────── window 3 ─────┬── window 2 ──┬ 1 ┐ end
 *
 * Several may be out at once, but they count in their order, so that what is left is always one range.
 */
export class RangeWalk<Result extends WindowRead> {
  readonly topic: string;
  readonly partition: number;
  /** How far in time it has come; where it has read nothing it has come nowhere. */
  reachedMs: number;
  private readonly out: RangeWindow<Result>[] = [];
  private readonly size = new WindowSize();
  private start: number;
  private end: number;

  constructor(
    range: SearchRange,
    private readonly order: SearchQuery["order"],
  ) {
    this.topic = range.topic;
    this.partition = range.partition;
    this.start = range.start;
    this.end = range.end;
    const nowhere = order === "newest" ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
    this.reachedMs = range.reachedMs ?? nowhere;
  }

  get isDone(): boolean {
    return this.start >= this.end && this.out.length === 0;
  }

  get isFree(): boolean {
    return this.start < this.end && this.out.length < OUT_MAX;
  }

  get outCount(): number {
    return this.out.length;
  }

  /** What is left, to be kept: windows that are out are left. */
  get range(): SearchRange {
    const { topic, partition, reachedMs } = this;
    const [first] = this.out;
    const start = this.order === "oldest" && first ? first.start : this.start;
    const end = this.order === "newest" && first ? first.end : this.end;
    return { topic, partition, start, end, reachedMs: Number.isFinite(reachedMs) ? reachedMs : null };
  }

  /** The next window; ask `isFree` first. */
  claim(): RangeWindow<Result> {
    const span = Math.min(this.size.offsets, this.end - this.start);
    const isNewest = this.order === "newest";
    const start = isNewest ? this.end - span : this.start;
    if (isNewest) this.end = start;
    else this.start += span;
    const window = { start, end: start + span, maxBytes: this.size.bytesFor(span), result: undefined };
    this.out.push(window);
    return window;
  }

  /** How much to ask for to read the rest of a window. */
  bytesFor(offsets: number): number {
    return this.size.bytesFor(offsets);
  }

  /** A window was read; what counts now, in order: nothing while one before it is out. */
  settle(window: RangeWindow<Result>, result: Result): readonly Result[] {
    this.size.learn(result.offsets, result.bytes);
    window.result = result;
    const counting: Result[] = [];
    for (let first = this.out[0]?.result; first !== undefined; first = this.out[0]?.result) {
      this.out.shift();
      counting.push(first);
      this.reachedMs =
        this.order === "newest"
          ? Math.min(this.reachedMs, first.minTimestampMs)
          : Math.max(this.reachedMs, first.maxTimestampMs);
    }
    return counting;
  }

  /** No further window of it is read. */
  giveUp(): void {
    this.start = this.end;
  }

  /** Retention has taken what was before. */
  startsAt(offset: number): void {
    this.start = Math.min(this.end, Math.max(this.start, offset));
  }
}
