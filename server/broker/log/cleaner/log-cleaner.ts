import { type Clock, DiskError, type Disk, type Log } from "../../../environment/environment.ts";
import { WireError } from "../../../wire/wire-error.ts";
import { partitionKey } from "../../topic-partition.ts";
import type { OpenFiles } from "../open-files.ts";
import type { PartitionLog } from "../partition-log.ts";
import { type CleanableRange, cleanableRange, isCleaningDue } from "./cleanable.ts";
import { CleaningAborted, cleanLog, UncleanableLog } from "./clean-log.ts";
import { Pacer } from "./pacer.ts";

/** Settings of compaction: Kafka's log.cleaner.* of the broker. */
export type CleanerSettings = {
  /** log.cleaner.enable, and a number above 0 in log.cleaner.threads. */
  readonly enabled: boolean;
  readonly backoffMs: number;
  readonly dedupeBufferBytes: number;
  readonly loadFactor: number;
  /** log.cleaner.io.buffer.size: what is read and written between two rests. */
  readonly ioBufferBytes: number;
  readonly ioBytesPerSecond: number;
};

/** Kafka's defaults. */
export const defaultCleanerSettings: CleanerSettings = {
  enabled: true,
  backoffMs: 15_000,
  dedupeBufferBytes: 134_217_728,
  loadFactor: 0.9,
  ioBufferBytes: 524_288,
  ioBytesPerSecond: Infinity,
};

/** What the cleaner works on. */
export type CleanerParts = {
  readonly clock: Clock;
  readonly disk: Disk;
  readonly log: Log;
  readonly files: OpenFiles;
  /** Asked before each pass, so that a change holds from the next one. */
  readonly settings: () => CleanerSettings;
  /** The open logs whose disk works. */
  readonly logs: () => Iterable<PartitionLog>;
  /** Writes down how far logs were looked at. Settles when it is durable or its directory failed. */
  readonly checkpoint: () => Promise<void>;
  readonly onDiskError: (log: PartitionLog, error: DiskError) => void;
};

/** Compacts a broker's logs one after the other, the one with most to win first, in slices between requests (Kafka's LogCleaner). */
export class LogCleaner {
  readonly #parts: CleanerParts;
  readonly #pacer: Pacer;
  /** Logs that cannot be compacted until the broker is started again; each was told once. */
  readonly #uncleanable = new WeakSet<PartitionLog>();
  #isStopped = false;
  #pass: Promise<void> = Promise.resolve();

  constructor(parts: CleanerParts) {
    this.#parts = parts;
    this.#pacer = new Pacer(parts.clock, () => {
      const { ioBufferBytes, ioBytesPerSecond } = parts.settings();
      return { sliceBytes: ioBufferBytes, bytesPerSecond: ioBytesPerSecond };
    });
  }

  /** Looks for work now, and again after log.cleaner.backoff.ms without any. */
  start(): void {
    this.#pass = this.#round();
  }

  /** Gives a pass under way up at its next rest; settles then. */
  stop(): Promise<void> {
    this.#isStopped = true;
    return this.#pass;
  }

  async #round(): Promise<void> {
    const { clock, settings } = this.#parts;
    const found = settings().enabled ? this.#dirtiest(clock.wallMs()) : undefined;
    if (found !== undefined) await this.#clean(found.log, found.range);
    if (this.#isStopped) return;
    // A rest also after work: the next search must not follow in the same step.
    const restMs = found === undefined ? settings().backoffMs : 1;
    clock.at(clock.monotonicMs() + restMs, () => {
      if (!this.#isStopped) this.start();
    });
  }

  #dirtiest(nowMs: number): { readonly log: PartitionLog; readonly range: CleanableRange } | undefined {
    let dirtiest: { readonly log: PartitionLog; readonly range: CleanableRange } | undefined;
    for (const log of this.#parts.logs()) {
      if (!log.config.cleanupPolicy.compact || this.#uncleanable.has(log)) continue;
      try {
        const range = cleanableRange(log, nowMs);
        const isDirtier = range.dirtyRatio > (dirtiest?.range.dirtyRatio ?? -1);
        if (isDirtier && isCleaningDue(range, log.config)) dirtiest = { log, range };
      } catch (error) {
        this.#failed(log, error);
      }
    }
    return dirtiest;
  }

  async #clean(log: PartitionLog, range: CleanableRange): Promise<void> {
    const { clock, disk, files, settings, checkpoint } = this.#parts;
    const { dedupeBufferBytes: bufferBytes, loadFactor } = settings();
    const startedMs = clock.monotonicMs();
    try {
      const cleaned = await cleanLog(log, range, {
        files,
        disk,
        pacer: this.#pacer,
        limits: { bufferBytes, loadFactor },
        nowMs: clock.wallMs(),
        isOver: () => this.#isStopped || !log.config.cleanupPolicy.compact,
      });
      log.cleanedOffset = cleaned.cleanedOffset;
      const { bytesBefore, bytesAfter, cleanedOffset } = cleaned;
      const elapsedMs = Math.round(clock.monotonicMs() - startedMs);
      this.#parts.log.info(
        { ...log.topicPartition, bytesBefore, bytesAfter, cleanedOffset, elapsedMs },
        "log compacted",
      );
      await checkpoint();
    } catch (error) {
      this.#failed(log, error);
    }
  }

  #failed(log: PartitionLog, error: unknown): void {
    // Whatever happens to the files of a log that was deleted or closed meanwhile is nobody's concern.
    if (error instanceof CleaningAborted || (error instanceof DiskError && log.isClosed)) return;
    if (error instanceof DiskError) return this.#parts.onDiskError(log, error);
    if (!(error instanceof UncleanableLog) && !(error instanceof WireError)) throw error;
    this.#uncleanable.add(log);
    this.#parts.log.error(
      { partition: partitionKey(log.topicPartition), directory: log.directory, reason: error.message },
      "a log cannot be compacted and grows; it is tried again after the next start of the broker",
    );
  }
}
