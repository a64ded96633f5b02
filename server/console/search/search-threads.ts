import { availableParallelism } from "node:os";
import { setTimeout as pause } from "node:timers/promises";
import type { SearchEnd } from "../../../lib/contracts/search.ts";
import { problem } from "../../../lib/problem.ts";
import type { OwnFile } from "../decoding/own/own-files.ts";
import { JobFailed } from "../engine/jobs/job-kind.ts";
import type { ScanNews, ScanTask } from "./scan.ts";
import {
  type ThreadCluster,
  type ThreadCommand,
  type ThreadMessage,
  WATCH,
  watchMemory,
} from "./thread/thread-messages.ts";

/** More threads would take the processors that brokers and pages need. */
const THREADS_MAX = 2;
/** What a batch of records may take before its search is ended: good expressions take milliseconds. */
const JUDGING_SECONDS_MAX = 20;
const WATCH_PAUSE_MS = 1_000;
/** How long a search that is stopped may take to say where it is. */
const STOP_PAUSE_MS = 1_000;
/** A search goes on in another thread when its own dies, but not for ever. */
const DEATHS_MAX = 2;

/** A thread as the pool sees it. */
export type SearchThread = { post(command: ThreadCommand): void; close(): void };

/** Starts a thread; `onGone` is called once when it ends by itself. */
export type OpenThread = (
  data: { readonly clusters: Readonly<Record<string, ThreadCluster>>; readonly watch: SharedArrayBuffer },
  events: { readonly onMessage: (message: ThreadMessage) => void; readonly onGone: (reason: string) => void },
) => SearchThread;

/** How a search is run. */
export type RunOptions = { readonly signal: AbortSignal; readonly onNews: (news: ScanNews) => void };

type Entry = {
  readonly id: number;
  readonly cluster: string;
  readonly options: RunOptions;
  readonly resolve: (end: SearchEnd | "stopped") => void;
  readonly reject: (error: unknown) => void;
  readonly decoders: readonly OwnFile[];
  task: ScanTask;
  deaths: number;
};

type Slot = { readonly thread: SearchThread; readonly watch: SharedArrayBuffer; readonly entries: Map<number, Entry> };

/** The threads that searches run in, started when the first search comes. A search that takes a thread down with it is ended; the others go on in a new one. */
export class SearchThreads {
  private readonly slots: Slot[] = [];
  private readonly max = Math.max(1, Math.min(THREADS_MAX, availableParallelism() - 1));
  private watchdog: NodeJS.Timeout | undefined;
  private lastId = 0;

  constructor(
    private readonly clusters: Readonly<Record<string, ThreadCluster>>,
    private readonly open: OpenThread,
    /** The files of the operator's own decoders that work. */
    private readonly goodDecoders: () => Promise<readonly OwnFile[]>,
  ) {}

  /** Runs a search until its end, or "stopped" by the signal. Rejects with JobFailed. */
  async run(cluster: string, task: ScanTask, options: RunOptions): Promise<SearchEnd | "stopped"> {
    const decoders = await this.goodDecoders();
    if (options.signal.aborted) return "stopped";
    return new Promise((resolve, reject) => {
      this.lastId += 1;
      const entry = { id: this.lastId, cluster, task, options, resolve, reject, decoders, deaths: 0 };
      this.assign(entry);
      const stop = () => void this.stop(entry);
      options.signal.addEventListener("abort", stop, { once: true });
    });
  }

  /** Ends all threads; what still runs is stopped. */
  close(): void {
    clearInterval(this.watchdog);
    for (const { thread, entries } of this.slots.splice(0)) {
      thread.close();
      for (const { resolve } of entries.values()) resolve("stopped");
    }
  }

  private assign(entry: Entry): void {
    const least = this.slots.toSorted((a, b) => a.entries.size - b.entries.size)[0];
    const slot = least === undefined || (least.entries.size > 0 && this.slots.length < this.max) ? this.start() : least;
    slot.entries.set(entry.id, entry);
    const { id, cluster, task, decoders } = entry;
    slot.thread.post({ type: "start", scan: id, cluster, task, decoders });
  }

  private start(): Slot {
    const watch = watchMemory();
    const entries = new Map<number, Entry>();
    const thread = this.open(
      { clusters: this.clusters, watch },
      {
        onMessage: (message) => this.take(entries, message),
        onGone: (reason) => this.gone(slot, reason),
      },
    );
    const slot: Slot = { thread, watch, entries };
    this.slots.push(slot);
    this.watchdog ??= setInterval(() => this.look(), WATCH_PAUSE_MS).unref();
    return slot;
  }

  private take(entries: Map<number, Entry>, message: ThreadMessage): void {
    const entry = entries.get(message.scan);
    if (entry === undefined) return;
    if (message.type === "failed") {
      entries.delete(message.scan);
      entry.reject(message.problem ? new JobFailed(message.problem) : new Error(message.detail));
      return;
    }
    const { ranges, matches, records } = message.news;
    entry.task = { ...entry.task, ranges, matches, records };
    entry.options.onNews(message.news);
    if (message.type === "news") return;
    entries.delete(message.scan);
    entry.resolve(message.type === "ended" ? message.end : "stopped");
  }

  private async stop(entry: Entry): Promise<void> {
    const slot = this.slots.find(({ entries }) => entries.has(entry.id));
    slot?.thread.post({ type: "stop", scan: entry.id });
    await pause(STOP_PAUSE_MS, undefined, { ref: false });
    slot?.entries.delete(entry.id);
    entry.resolve("stopped");
  }

  /** Ends threads in which one batch takes too long. */
  private look(): void {
    for (const slot of [...this.slots]) {
      const place = new Float64Array(slot.watch);
      const seconds = Date.now() / 1_000 - (place[WATCH.sinceSeconds] ?? 0);
      if (place[WATCH.scan] === 0 || seconds < JUDGING_SECONDS_MAX) continue;
      slot.thread.close();
      this.gone(slot, `judging one batch of records took more than ${JUDGING_SECONDS_MAX} s`);
    }
  }

  private gone(slot: Slot, reason: string): void {
    const index = this.slots.indexOf(slot);
    if (index < 0) return;
    this.slots.splice(index, 1);
    const place = new Float64Array(slot.watch);
    for (const entry of slot.entries.values()) {
      entry.deaths += 1;
      const isGuilty = place[WATCH.scan] === entry.id;
      if (isGuilty || entry.deaths > DEATHS_MAX) entry.reject(new JobFailed(tooMuch(reason, place, isGuilty)));
      else this.assign(entry);
    }
  }
}

function tooMuch(reason: string, place: Float64Array, isKnown: boolean) {
  const where = `partition ${place[WATCH.partition]}, batch at offset ${place[WATCH.offset]}`;
  return problem({
    code: "timed-out",
    title: "The search was ended because it takes too much",
    detail: `${reason[0]?.toUpperCase()}${reason.slice(1)}${isKnown ? `: ${where}` : ""}.`,
    suggestion: "Make the expression simpler, or leave these records out by partition and offset.",
    facts: isKnown ? [["where", where]] : [],
    retryable: false,
  });
}
