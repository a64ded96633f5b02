import { setTimeout as pause } from "node:timers/promises";
import type { SearchEnd, SearchFailure, SearchMatch, SearchQuery } from "../../../lib/contracts/search.ts";
import { type Problem, problem } from "../../../lib/problem.ts";
import { EARLIEST, listOffsets } from "../../client/admin/list-offsets.ts";
import { AnswerMemory } from "../../client/answer-memory.ts";
import { ClientError } from "../../client/client-error.ts";
import type { ClusterClient } from "../../client/cluster-client.ts";
import { isOutOfRange, type PartitionRead, readPartition } from "../../client/read-partition.ts";
import { prepareReading } from "../../client/read-records.ts";
import { RecordScanner } from "../../client/scan-records.ts";
import { isOwnGuessing } from "../decoding/decode.ts";
import { summariseRecord } from "../record-summary.ts";
import { type Identity, kafkaProblem } from "../to-problem.ts";
import { isChosen, isInternal, type Matcher, matcherOf } from "./matcher.ts";
import { RangeWalk, type RangeWindow, type WindowRead } from "./range-walk.ts";
import type { ReadTurns, Turn, TurnTaker } from "./read-turns.ts";
import type { SearchRange } from "./search-range.ts";

/** Fetches of a scan that are out at the same time: while one answer is looked through the next ones come, from other brokers where there are any. */
const FETCHES = 3;
/** A broker that went away comes back, or another one leads: so often is it tried, and this long between. */
const ATTEMPTS = 8;
const ATTEMPT_PAUSE_MS = 2_000;
/** Kafka's OFFSET_OUT_OF_RANGE. */
const OFFSET_OUT_OF_RANGE = 1;

/** What a scan is to do. All of it can be sent to a thread. */
export type ScanTask = {
  readonly query: SearchQuery;
  readonly ranges: readonly SearchRange[];
  /** Matches and records of the runs before. */
  readonly matches: number;
  readonly records: number;
  /** Later matches are counted only. */
  readonly keptMax: number;
  /** Judges every record, whatever its bytes say: a sample counts all failures. */
  readonly isEachJudged?: boolean;
  readonly identity: Identity;
};

/** What happened since the scan was last asked. */
export type ScanNews = {
  /** What is left. */
  readonly ranges: readonly SearchRange[];
  /** JSON of an array of matches: made here, so that the thread of the pages need not touch each. */
  readonly foundJson: string;
  /** All, with those of the runs before. */
  readonly matches: number;
  readonly records: number;
  /** Since the last time. */
  readonly bytes: number;
  readonly evaluated: number;
  readonly failed: number;
  readonly failure: SearchFailure | null;
  readonly problems: readonly Problem[];
};

/** Where a scan is at work, for whoever watches that it does not take for ever. */
export type ScanPlace = { readonly topic: string; readonly partition: number; readonly offset: number };

/** How a scan speaks with whoever runs it. */
export type ScanOptions = {
  readonly signal: AbortSignal;
  /** Shared with the other scans of the thread. */
  readonly turns: ReadTurns;
  /** Something was read: `news` has it. */
  readonly onNews: () => void;
  /** Called before the records of each batch are judged, and with null after those of an answer. */
  readonly onPlace?: (place: ScanPlace | null) => void;
};

type WindowResult = WindowRead & {
  readonly found: SearchMatch[];
  readonly times: number[];
  records: number;
  evaluated: number;
  failed: number;
};
type Walk = RangeWalk<WindowResult>;
type Window = RangeWindow<WindowResult>;

/** One search at work: reads windows of partitions, and looks through them. */
export class Scan {
  private readonly walks: readonly Walk[];
  private readonly matcher: Matcher;
  private readonly scanner: RecordScanner;
  private readonly problems = new Map<string, Problem>();
  private readonly waiting: (() => void)[] = [];
  /** Timestamps of this run's matches. */
  private readonly times: number[] = [];
  private fresh = { found: new Array<SearchMatch>(), bytes: 0, evaluated: 0, failed: 0 };
  private matches: number;
  private records: number;
  private end: SearchEnd | undefined;
  private isBroken = false;
  private readonly taker: TurnTaker;
  /** The walk and window whose bytes are looked at. */
  private current: { readonly walk: Walk; readonly result: WindowResult } | undefined;

  constructor(
    private readonly client: ClusterClient,
    private readonly task: ScanTask,
    private readonly options: ScanOptions,
  ) {
    const { query, ranges, matches, records } = task;
    this.walks = ranges.map((range) => new RangeWalk<WindowResult>(range, query.order));
    this.matches = matches;
    this.records = records;
    this.matcher = matcherOf(query);
    const isApart = isOwnGuessing() || isChosen(query) || query.topics.some(isInternal);
    if (task.isEachJudged || isApart) this.matcher.judgeEach();
    this.scanner = new RecordScanner(this.matcher, {
      onMatch: (record) => {
        if (this.current === undefined) return;
        const { walk, result } = this.current;
        result.times.push(record.timestampMs);
        if (this.matches + result.found.length >= task.keptMax) return;
        result.found.push(summariseRecord({ topic: walk.topic, partition: walk.partition, record }, query));
      },
      onBatch: (offset) => {
        if (this.current === undefined) return;
        const { topic, partition } = this.current.walk;
        options.onPlace?.({ topic, partition, offset });
      },
    });
    this.taker = options.turns.join();
  }

  /** Reads until the end, the limit, the budget or the signal. Rejects with a ClientError when the cluster stays away. */
  async run(): Promise<SearchEnd | "stopped"> {
    try {
      await prepareReading();
      await Promise.all(Array.from({ length: FETCHES }, () => this.lane()));
    } finally {
      this.options.turns.leave(this.taker);
    }
    if (this.end === undefined && this.options.signal.aborted) return "stopped";
    return this.end ?? "all-read";
  }

  /** All matches, with those of the runs before. */
  get matchCount(): number {
    return this.matches;
  }

  /** What is new; it is handed out once. */
  news(): ScanNews {
    const { fresh, matches, records, matcher, walks, problems } = this;
    this.fresh = { found: [], bytes: 0, evaluated: 0, failed: 0 };
    const ranges = walks.filter(({ isDone }) => !isDone).map(({ range }) => range);
    const { found, ...counts } = fresh;
    const foundJson = JSON.stringify(found);
    const { failure } = matcher;
    return { ...counts, foundJson, ranges, matches, records, failure, problems: [...problems.values()] };
  }

  private async lane(): Promise<void> {
    while (!this.isOver()) {
      if (this.nextWalk() !== undefined) await this.options.turns.take(this.taker, (turn) => this.work(turn));
      else if (this.walks.every(({ isDone }) => isDone)) return;
      else await this.whenFree();
    }
  }

  private isOver(): boolean {
    return this.isBroken || this.options.signal.aborted || this.isEnough();
  }

  private async work(turn: Turn): Promise<void> {
    // Another lane may have taken the window, or found enough, before the turn came.
    const walk = this.isOver() ? undefined : this.nextWalk();
    if (walk === undefined) return;
    try {
      const window = walk.claim();
      const result = await this.readWindow(walk, window, turn);
      if (result === undefined) return;
      for (const counting of walk.settle(window, result)) this.count(counting);
      this.options.onNews();
    } catch (error) {
      this.isBroken = true;
      throw error;
    } finally {
      for (const wake of this.waiting.splice(0)) wake();
    }
  }

  private count({ found, times, records, bytes, evaluated, failed }: WindowResult): void {
    const { fresh } = this;
    this.matches += times.length;
    this.records += records;
    for (const time of times) this.times.push(time);
    for (const match of found) if (fresh.found.length < this.task.keptMax) fresh.found.push(match);
    fresh.bytes += bytes;
    fresh.evaluated += evaluated;
    fresh.failed += failed;
  }

  /** Settles when a window has come in. */
  private whenFree(): Promise<void> {
    return new Promise((resolve) => {
      this.waiting.push(resolve);
    });
  }

  /** The partition that has come the least far in time, so that all come on together; those with nothing under way first. */
  private nextWalk(): Walk | undefined {
    const sign = this.task.query.order === "newest" ? 1 : -1;
    let best: Walk | undefined;
    for (const walk of this.walks) {
      if (!walk.isFree) continue;
      const isBetter =
        best === undefined ||
        walk.outCount < best.outCount ||
        (walk.outCount === best.outCount && sign * (walk.reachedMs - best.reachedMs) > 0);
      if (isBetter) best = walk;
    }
    return best;
  }

  private isEnough(): boolean {
    const { query, matches } = this.task;
    if (this.end !== undefined) return true;
    if (query.budget !== null && this.records >= query.budget) this.end = "budget";
    else if (query.limit !== null && this.matches >= query.limit && matches + this.settledCount() >= query.limit)
      this.end = "limit";
    return this.end !== undefined;
  }

  /** Matches before which no other partition can have one any more. */
  private settledCount(): number {
    const isNewest = this.task.query.order === "newest";
    let frontier = isNewest ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
    for (const { isDone, reachedMs } of this.walks) {
      if (!isDone) frontier = isNewest ? Math.max(frontier, reachedMs) : Math.min(frontier, reachedMs);
    }
    let count = 0;
    for (const timeMs of this.times) if (isNewest ? timeMs >= frontier : timeMs <= frontier) count += 1;
    return count;
  }

  /** Reads and looks through a window, by as many fetches as it takes; undefined when it was stopped on its way. */
  private async readWindow(walk: Walk, window: Window, turn: Turn): Promise<WindowResult | undefined> {
    const result: { -readonly [Field in keyof WindowResult]: WindowResult[Field] } = {
      ...{ found: [], times: [], records: 0, evaluated: 0, failed: 0, offsets: 0, bytes: 0 },
      ...{ minTimestampMs: Number.POSITIVE_INFINITY, maxTimestampMs: Number.NEGATIVE_INFINITY },
    };
    for (let position = window.start; position < window.end;) {
      const maxBytes = position === window.start ? window.maxBytes : walk.bytesFor(window.end - position);
      const read = await this.fetch(walk, { position, maxBytes, turn });
      if (read === undefined) return undefined;
      if (isOutOfRange(read)) {
        position = await this.newStart(walk, position);
        continue;
      }
      if (read.errorCode !== 0) {
        this.refused(walk, read.errorCode);
        break;
      }
      const chunk = this.look(walk, { window, position, read, result });
      result.minTimestampMs = Math.min(result.minTimestampMs, chunk.minTimestampMs);
      result.maxTimestampMs = Math.max(result.maxTimestampMs, chunk.maxTimestampMs);
      result.offsets += Math.max(0, chunk.nextOffset - Math.min(position, chunk.firstOffset));
      result.bytes += read.records.length;
      result.records += chunk.records;
      if (chunk.fault !== null) this.faulty(walk, chunk.fault);
      // An answer without a whole batch before the window's end: there is nothing more in it.
      if (chunk.nextOffset <= position) break;
      position = chunk.nextOffset;
    }
    return result;
  }

  /** Looks through an answer. It is one step: nothing else of this thread comes between. */
  private look(
    walk: Walk,
    { window, position, read, result }: { window: Window; position: number; read: PartitionRead; result: WindowResult },
  ) {
    const { topic, partition } = walk;
    const { isolation, isControlShown } = this.task.query;
    const { evaluated, failed } = this.matcher;
    this.current = { walk, result };
    const place = { topic, partition, start: position, end: window.end };
    const startedMs = performance.now();
    const chunk = this.scanner.scan(read, { ...place, isolation, isControlShown });
    this.taker.hadMs += performance.now() - startedMs;
    this.current = undefined;
    this.options.onPlace?.(null);
    result.evaluated += this.matcher.evaluated - evaluated;
    result.failed += this.matcher.failed - failed;
    return chunk;
  }

  /** Undefined when it was stopped. */
  private async fetch(
    walk: Walk,
    { position, maxBytes, turn }: { position: number; maxBytes: number; turn: Turn },
  ): Promise<PartitionRead | undefined> {
    const { topic, partition } = walk;
    const { isolation } = this.task.query;
    const { signal } = this.options;
    for (let attempt = 1; ; attempt += 1) {
      if (signal.aborted || this.isBroken) return undefined;
      try {
        const { memory } = turn;
        const request = { topic, partition, fromOffset: position, isolation, maxBytes, maxWaitMs: 0, memory };
        const read = await readPartition(this.client, request);
        return signal.aborted ? undefined : read;
      } catch (error) {
        turn.memory = new AnswerMemory();
        if (!(error instanceof ClientError) || !isPassing(error) || attempt === ATTEMPTS) throw error;
        await pause(ATTEMPT_PAUSE_MS, undefined, { signal }).catch(() => undefined);
      }
    }
  }

  /** Retention was faster: where to go on; the end of the window when nobody says. */
  private async newStart(walk: Walk, position: number): Promise<number> {
    const { topic, partition } = walk;
    const [answer] = await listOffsets(this.client, [{ topic, partition, timestampMs: EARLIEST }]);
    if (answer?.errorCode === 0 && answer.offset > position) {
      walk.startsAt(answer.offset);
      return answer.offset;
    }
    this.refused(walk, answer === undefined || answer.errorCode === 0 ? OFFSET_OUT_OF_RANGE : answer.errorCode);
    return Number.POSITIVE_INFINITY;
  }

  private refused(walk: Walk, errorCode: number): void {
    const { topic, partition } = walk;
    const name = `${topic}-${partition}`;
    const attempt = {
      title: `${name} was not searched whole`,
      facts: [["partition", name]] as const,
      needs: { operation: "Read", resource: { topic } },
      identity: this.task.identity,
    };
    this.problems.set(name, kafkaProblem(errorCode, null, attempt));
    walk.giveUp();
  }

  /** What cannot be read is passed over, and said once a partition. */
  private faulty({ topic, partition }: Walk, fault: string): void {
    const name = `${topic}-${partition}`;
    if (this.problems.has(name)) return;
    const title = `${name} was not searched whole`;
    const detail = `Passed over: ${fault}.`;
    this.problems.set(name, problem({ code: "unsupported-by-cluster", title, detail, facts: [["partition", name]] }));
  }
}

/** Whether the same may go well a moment later. */
function isPassing({ kind }: ClientError): boolean {
  return kind === "unavailable" || kind === "unreachable" || kind === "disconnected" || kind === "timed-out";
}
