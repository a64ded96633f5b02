import assert from "node:assert/strict";
import type { Environment } from "../../environment/environment.ts";
import { DiskError } from "../../environment/environment.ts";
import { KAFKA_STORAGE_ERROR } from "../../wire/errors.ts";
import type { Refusal } from "../refusal.ts";
import type { TopicPartition } from "../topic-partition.ts";
import { partitionKey } from "../topic-partition.ts";
import { type CleanerSettings, defaultCleanerSettings, LogCleaner } from "./cleaner/log-cleaner.ts";
import { BackgroundWork } from "./background-work.ts";
import { ALL_CHECKPOINTS, Checkpointing } from "./checkpointing.ts";
import { CheckpointError } from "./checkpoint-file.ts";
import type { LogConfig } from "./log-config.ts";
import { explainDiskError } from "./disk-advice.ts";
import { type Checkpoints, LogDirectory } from "./log-directory.ts";
import { retiredDirectoryName } from "./log-files.ts";
import { FutureLogs } from "./future-logs.ts";
import { OpenFiles } from "./open-files.ts";
import { PartitionLog } from "./partition-log.ts";
import { LogDirectoryError } from "./meta-properties.ts";
import { readPartitionMetadata } from "./partition-metadata.ts";

export { LogDirectoryError } from "./meta-properties.ts";

/** How often files to delete are looked for. */
const HOUSEKEEPING_MS = 5000;
/** Kafka's defaults of `HousekeepingIntervals`. */
const DEFAULT_INTERVALS = {
  flushCheckMs: 1000,
  highWatermarkMs: 5000,
  logStartMs: 60_000,
  producersMs: 600_000,
  firstMs: 30_000,
};
/** Logs closed at once at stop: each waits for its syncs. */
const CLOSING_AT_ONCE = 16;

/** Settings of a broker's log directories. */
export type LogManagerOptions = {
  /** log.dirs, absolute. */
  readonly directories: readonly string[];
  readonly clusterId: string;
  readonly nodeId: number;
  /** A topic's effective settings, asked when a log is first used and after `configsChanged`. */
  readonly configOf: (topic: string) => LogConfig;
  /** log.retention.check.interval.ms */
  readonly retentionCheckIntervalMs: number;
  /** log.flush.offset.checkpoint.interval.ms */
  readonly checkpointIntervalMs: number;
  /** The other ones; Kafka's defaults when absent. */
  readonly intervals?: HousekeepingIntervals;
  /** log.cleaner.*; Kafka's defaults when absent. Asked again and again. */
  readonly cleaner?: () => CleanerSettings;
  /** Called under log.flush.policy=group when more of a log may be promised. */
  readonly onFlushed?: (topicPartition: TopicPartition) => void;
  /** Called once a directory when its disk failed; the logs in it answer KAFKA_STORAGE_ERROR from then on. */
  readonly onDirectoryFailure?: (directoryId: string) => void;
};

/** How often a broker looks after its logs. */
export type HousekeepingIntervals = {
  /** log.flush.scheduler.interval.ms: how often it is asked whether flush.ms has passed. */
  readonly flushCheckMs: number;
  /** replica.high.watermark.checkpoint.interval.ms */
  readonly highWatermarkMs: number;
  /** log.flush.start.offset.checkpoint.interval.ms */
  readonly logStartMs: number;
  /** producer.id.expiration.check.interval.ms */
  readonly producersMs: number;
  /** log.initial.task.delay.ms: when retention is applied for the first time. */
  readonly firstMs: number;
};

/** A partition known to be here; opened on first use, so that 10,000 of them start quickly. */
type Entry = {
  readonly topicPartition: TopicPartition;
  readonly directory: LogDirectory;
  log: PartitionLog | undefined;
  /** Whether its topic's settings were asked for: recovery opens logs before they are known. */
  isConfigured: boolean;
};

/** A broker's logs over its log.dirs. */
export class LogManager {
  readonly directories: readonly LogDirectory[];
  readonly #environment: Environment;
  readonly #options: LogManagerOptions;
  readonly #files: OpenFiles;
  readonly #entries = new Map<string, Entry>();
  readonly #entriesOfTopic = new Map<string, Set<Entry>>();
  readonly #partitionCounts = new Map<LogDirectory, number>();
  /** Where partitions that have no place yet shall be, by `partitionKey`. */
  readonly #preferred = new Map<string, LogDirectory>();
  readonly #checkpoints: Checkpointing;
  readonly #work: BackgroundWork;
  readonly #cleaner: LogCleaner;
  #deletions: { readonly path: string; readonly dueMs: number; readonly directory: LogDirectory }[] = [];

  private constructor(environment: Environment, options: LogManagerOptions, directories: readonly LogDirectory[]) {
    this.#environment = environment;
    this.#options = options;
    this.#files = new OpenFiles(environment.disk);
    this.#work = new BackgroundWork(environment.clock);
    this.directories = directories;
    this.#checkpoints = new Checkpointing(environment.clock, {
      directories,
      logsIn: (directory) => this.#logsIn(directory),
      onFailure: (directory, error) => this.#backgroundFailure(directory, error),
    });
    this.#cleaner = new LogCleaner({
      ...environment,
      files: this.#files,
      settings: options.cleaner ?? (() => defaultCleanerSettings),
      logs: () => this.#openLogs(),
      checkpoint: () => this.#checkpoints.write(["cleanedOffsets"]),
      onDiskError: (log, error) => this.refusalFor(error, this.directoryOf(log.topicPartition)),
    });
  }

  /**
   * Claims and reads the directories. After a stop that was not clean all logs are recovered here, before anything is served. Throws
   * LogDirectoryError (text for people) for a directory of another cluster or node, and when none works.
   */
  static open(environment: Environment, options: LogManagerOptions): LogManager {
    const { disk, log, random, clock } = environment;
    const startedMs = clock.monotonicMs();
    const directories = options.directories.map((path) => LogDirectory.open(disk, log, random, path, options));
    if (directories.every(({ online }) => !online))
      throw new LogDirectoryError(
        `none of the log directories can be used:\n${directories.map(({ failure }) => failure).join("\n")}`,
      );
    const manager = new LogManager(environment, options, directories);
    for (const directory of directories) manager.#adopt(directory);
    manager.#tellOpened(environment.clock.monotonicMs() - startedMs);
    return manager;
  }

  /** From the clean-shutdown marks; -1 after a crash (BrokerRegistration previous_broker_epoch, KIP-966). */
  get previousBrokerEpoch(): number {
    const epochs = new Set(this.directories.map(({ brokerEpoch }) => brokerEpoch));
    const [epoch] = epochs;
    return epochs.size === 1 ? (epoch ?? -1) : -1;
  }

  /** The log, opened or made on first use. KAFKA_STORAGE_ERROR when its directory is offline. A log of another topic id under this name is set aside. */
  logFor(topicPartition: TopicPartition, topicId: string): PartitionLog | Refusal {
    const key = partitionKey(topicPartition);
    const known = this.#entries.get(key);
    if (known?.log !== undefined && known.isConfigured && known.log.topicId === topicId) return this.#ifOnline(known);
    return this.guard(known?.directory, () => {
      const entry = this.#entryOf(topicPartition, topicId);
      if (entry === undefined) return storageRefusal(key);
      entry.log ??= this.#openLog(entry, topicId);
      // A crash may come between making the directory and naming its topic.
      if (entry.log.topicId === undefined) entry.log.assignTopicId(topicId);
      this.#warm(entry);
      return this.#ifOnline(entry);
    });
  }

  /** The log if it is open; opens nothing. */
  openedLog(topicPartition: TopicPartition): PartitionLog | undefined {
    return this.#entries.get(partitionKey(topicPartition))?.log;
  }

  /** The directory that a partition is in; undefined when it is nowhere yet. */
  directoryOf(topicPartition: TopicPartition): LogDirectory | undefined {
    return this.#entries.get(partitionKey(topicPartition))?.directory;
  }

  /** The partitions that have a place here, opened or not. */
  partitions(): TopicPartition[] {
    return [...this.#entries.values()].map(({ topicPartition }) => topicPartition);
  }

  /** Runs work on a log; a DiskError takes its directory offline and answers KAFKA_STORAGE_ERROR. */
  guard<T extends object>(directory: LogDirectory | undefined, work: () => T | Refusal): T | Refusal {
    try {
      return work();
    } catch (error) {
      return this.refusalFor(error, directory);
    }
  }

  /** What to answer after a failure of the disk, which takes the directory offline. Any other error is thrown again. */
  refusalFor(error: unknown, directory: LogDirectory | undefined): Refusal {
    if (error instanceof CheckpointError) {
      this.#environment.log.error(
        { reason: error.message },
        "a partition cannot be opened; restore the file, or remove the partition's directory to copy it anew",
      );
      return { errorCode: KAFKA_STORAGE_ERROR, message: error.message };
    }
    if (!(error instanceof DiskError)) throw error;
    const failed =
      directory ?? this.directories.find(({ path }) => error.path.startsWith(`${path}/`) || error.path === path);
    if (failed !== undefined) this.failDirectory(failed, error);
    return { errorCode: KAFKA_STORAGE_ERROR, message: error.message };
  }

  /** Takes a directory offline after its disk failed: nothing in it is read or written any more. */
  failDirectory(directory: LogDirectory, error: DiskError): void {
    if (!directory.online) return;
    directory.fail(error);
    this.#environment.log.error(
      { directory: directory.path, reason: explainDiskError(error) },
      "log directory failed and is offline; repair the disk and restart the broker",
    );
    for (const entry of this.#entries.values()) if (entry.directory === directory) entry.log?.closeFiles();
    this.#options.onDirectoryFailure?.(directory.id);
  }

  /** Renames the directory to `-delete` and removes it after file.delete.delay.ms. */
  deleteLog(topicPartition: TopicPartition): void {
    this.#retire(topicPartition, "delete");
  }

  /** Renames the directory to `-stray` and keeps it: a partition that the metadata does not name. */
  setAside(topicPartition: TopicPartition): void {
    this.#environment.log.warn(
      { ...topicPartition },
      "a partition's directory is not of this cluster's metadata and is set aside as -stray",
    );
    this.#retire(topicPartition, "stray");
  }

  /** A partition that has no place yet shall be in this directory. */
  preferDirectory(topicPartition: TopicPartition, directory: LogDirectory): void {
    if (this.directoryOf(topicPartition) === undefined) this.#preferred.set(partitionKey(topicPartition), directory);
  }

  /** The logs that shall take the place of others, in another directory. */
  get futures(): FutureLogs {
    const { clock, disk, log, random } = this.#environment;
    return new FutureLogs({
      clock,
      disk,
      log,
      random,
      files: this.#files,
      configOf: this.#options.configOf,
      onDiskError: (directory, error) => this.#backgroundFailure(directory, error),
      onFlushed: (topicPartition) => this.#options.onFlushed?.(topicPartition),
      onCut: () => this.#checkpoints.soon(),
    });
  }

  /** A future log that has its name takes the place of the partition's own, with what that got meanwhile; the old one is deleted. Throws DiskError. */
  placeFuture(topicPartition: TopicPartition, directory: LogDirectory, future: PartitionLog): PartitionLog {
    const log = this.openedLog(topicPartition);
    assert(log !== undefined, "the log was opened before it is moved");
    const placed = this.futures.reopen(log, directory, future);
    this.#retire(topicPartition, "delete");
    this.#add({ topicPartition, directory, log: placed, isConfigured: true });
    return placed;
  }

  /** Takes over changed settings for the open logs of a topic. */
  configsChanged(topic: string): void {
    for (const entry of this.#entriesOfTopic.get(topic) ?? []) {
      if (entry.log !== undefined) entry.log.config = this.#options.configOf(topic);
    }
  }

  /** Begins retention sweep, checkpoints and removal of deleted files. */
  start(): void {
    const { retentionCheckIntervalMs, checkpointIntervalMs, intervals = DEFAULT_INTERVALS } = this.#options;
    const sweep = (): void => this.#inSlices((entry) => this.#sweep(entry));
    this.#work.every(
      "retention",
      retentionCheckIntervalMs,
      sweep,
      Math.min(intervals.firstMs, retentionCheckIntervalMs),
    );
    this.#checkpointEvery("recoveryPoints", checkpointIntervalMs);
    this.#checkpointEvery("logStartOffsets", intervals.logStartMs);
    this.#checkpointEvery("highWatermarks", intervals.highWatermarkMs);
    this.#work.every("producers", intervals.producersMs, () =>
      this.#inSlices(({ log }) => log?.expireProducers(this.#environment.clock.wallMs())),
    );
    this.#work.every("flush", Math.min(intervals.flushCheckMs, DEFAULT_INTERVALS.flushCheckMs), () => this.#flushDue());
    this.#work.every("housekeeping", HOUSEKEEPING_MS, () => this.#housekeep());
    // Sizes and offsets of all logs are asked for soon, by tools and by the console: better in slices now than at once then.
    this.#inSlices((entry) => this.#warm(entry));
    this.#cleaner.start();
  }

  /** Closes all logs and, where that went well, marks the shutdown as clean with the broker's epoch. */
  async close(brokerEpoch: number): Promise<void> {
    this.#work.stop();
    await this.#cleaner.stop();
    const open = [...this.#entries.values()].filter((entry) => entry.log !== undefined && entry.directory.online);
    for (let start = 0; start < open.length; start += CLOSING_AT_ONCE) {
      await Promise.all(open.slice(start, start + CLOSING_AT_ONCE).map((entry) => this.#closeLog(entry)));
    }
    await this.#checkpoints.write(ALL_CHECKPOINTS);
    for (const directory of this.directories) {
      // A log that could not be opened after a crash still has to be recovered.
      const isRecovered =
        directory.wasClean ||
        [...this.#entries.values()].every((entry) => entry.directory !== directory || entry.log !== undefined);
      if (directory.online && isRecovered) this.#guarded(directory, () => directory.markCleanShutdown(brokerEpoch));
    }
  }

  #adopt(directory: LogDirectory): void {
    for (const topicPartition of directory.found) {
      const key = partitionKey(topicPartition);
      if (this.#entries.has(key)) {
        const other = this.#entries.get(key)?.directory.path ?? "";
        throw new LogDirectoryError(
          `the partition ${key} is in ${other} and in ${directory.path}; remove the older of the two directories`,
        );
      }
      const entry: Entry = { topicPartition, directory, log: undefined, isConfigured: false };
      this.#add(entry);
      if (!directory.wasClean) this.guard(directory, () => (entry.log = this.#openLog(entry, undefined)));
    }
    for (const path of directory.halfDeleted) this.#deletions.push({ path, dueMs: 0, directory });
  }

  #tellOpened(elapsedMs: number): void {
    if (this.#entries.size === 0) return;
    const { log } = this.#environment;
    const fields = { partitions: this.#entries.size, elapsedMs: Math.round(elapsedMs) };
    const isClean = this.directories.every(({ wasClean, found }) => wasClean || found.length === 0);
    if (isClean) log.info(fields, "logs found as a clean stop left them");
    else log.info(fields, "logs recovered after a stop that was not clean");
  }

  #openLog({ topicPartition, directory }: Entry, topicId: string | undefined): PartitionLog {
    const { disk, log, clock } = this.#environment;
    const key = partitionKey(topicPartition);
    const { recoveryPoints, logStartOffsets, highWatermarks, cleanedOffsets } = directory.checkpoints;
    const cleanedOffset = cleanedOffsets.get(key);
    const opened = PartitionLog.open({
      disk,
      log,
      directory: `${directory.path}/${key}`,
      topicPartition,
      ...(topicId === undefined ? {} : { topicId }),
      config: this.#options.configOf(topicPartition.topic),
      logStartOffset: logStartOffsets.get(key) ?? 0,
      recoveryPoint: recoveryPoints.get(key) ?? 0,
      ...(cleanedOffset === undefined ? {} : { cleanedOffset }),
      cleanShutdown: directory.wasClean,
      nowMs: clock.wallMs(),
      files: this.#files,
      onDiskError: (error) => this.#backgroundFailure(directory, error),
      onFlushed: () => this.#options.onFlushed?.(topicPartition),
      // A recovery point above the cut would keep recovery from looking at what is written there next.
      onCut: () => this.#checkpoints.soon(),
    });
    opened.updateHighWatermark(highWatermarks.get(key) ?? 0);
    opened.keepPromise();
    return opened;
  }

  /** The partition's entry, given a directory when it has none: the one with the fewest partitions. Undefined when no directory works. */
  #entryOf(topicPartition: TopicPartition, topicId: string): Entry | undefined {
    const key = partitionKey(topicPartition);
    const known = this.#entries.get(key);
    if (known !== undefined) {
      const path = `${known.directory.path}/${key}`;
      const foundId = known.log === undefined ? readPartitionMetadata(this.#environment.disk, path) : known.log.topicId;
      if (foundId === undefined || foundId === topicId) return known;
      this.setAside(topicPartition);
    }
    const count = (directory: LogDirectory): number => this.#partitionCounts.get(directory) ?? 0;
    const [emptiest] = this.directories.filter(({ online }) => online).sort((a, b) => count(a) - count(b));
    const preferred = this.#preferred.get(key);
    this.#preferred.delete(key);
    const directory = preferred?.online === true ? preferred : emptiest;
    if (directory === undefined) return undefined;
    directory.writeForgotten(key);
    const entry: Entry = { topicPartition, directory, log: undefined, isConfigured: false };
    this.#add(entry);
    return entry;
  }

  #add(entry: Entry): void {
    const { topic } = entry.topicPartition;
    this.#entries.set(partitionKey(entry.topicPartition), entry);
    this.#partitionCounts.set(entry.directory, (this.#partitionCounts.get(entry.directory) ?? 0) + 1);
    const ofTopic = this.#entriesOfTopic.get(topic);
    if (ofTopic === undefined) this.#entriesOfTopic.set(topic, new Set([entry]));
    else ofTopic.add(entry);
  }

  #ifOnline({ topicPartition, directory, log }: Entry): PartitionLog | Refusal {
    return directory.online && log !== undefined ? log : storageRefusal(partitionKey(topicPartition));
  }

  #retire(topicPartition: TopicPartition, reason: "delete" | "stray"): void {
    const key = partitionKey(topicPartition);
    const entry = this.#entries.get(key);
    if (entry === undefined) return;
    this.#entries.delete(key);
    this.#entriesOfTopic.get(topicPartition.topic)?.delete(entry);
    this.#partitionCounts.set(entry.directory, (this.#partitionCounts.get(entry.directory) ?? 1) - 1);
    const { directory, log } = entry;
    const { disk, random, clock } = this.#environment;
    log?.closeFiles();
    if (!directory.online) return;
    // A partition made again under this name must not take over its offsets.
    directory.forget(key);
    this.#checkpoints.soon();
    const delayMs = log?.config.fileDeleteDelayMs ?? this.#options.configOf(topicPartition.topic).fileDeleteDelayMs;
    this.#guarded(directory, () => {
      const from = `${directory.path}/${key}`;
      if (!disk.exists(from)) return;
      const to = `${directory.path}/${retiredDirectoryName(topicPartition, Buffer.from(random.bytes(16)).toString("hex"), reason)}`;
      disk.rename(from, to);
      if (reason === "delete") this.#deletions.push({ path: to, dueMs: clock.wallMs() + delayMs, directory });
    });
  }

  *#logsIn(directory: LogDirectory): Generator<readonly [string, PartitionLog | undefined]> {
    for (const [key, entry] of this.#entries) if (entry.directory === directory) yield [key, entry.log];
  }

  *#openLogs(): Generator<PartitionLog> {
    for (const { log, directory, isConfigured } of this.#entries.values())
      if (log !== undefined && isConfigured && directory.online) yield log;
  }

  #sweep(entry: Entry): void {
    this.#warm(entry).deleteOldSegments(this.#environment.clock.wallMs());
  }

  /** Opens a log that nobody has used yet, with its topic's settings. */
  #warm(entry: Entry): PartitionLog {
    const log = entry.log ?? this.#openLog(entry, undefined);
    if (!entry.isConfigured) log.config = this.#options.configOf(entry.topicPartition.topic);
    entry.log = log;
    entry.isConfigured = true;
    return log;
  }

  #checkpointEvery(kind: keyof Checkpoints, intervalMs: number): void {
    this.#work.every(kind, intervalMs, () => this.#checkpoints.inBackground([kind]));
  }

  #flushDue(): void {
    const nowMs = this.#environment.clock.wallMs();
    for (const log of this.#openLogs()) if (log.isFlushDue(nowMs)) log.flushSoon(nowMs);
  }

  #housekeep(): void {
    const nowMs = this.#environment.clock.wallMs();
    for (const { log, directory } of this.#entries.values()) {
      if (log !== undefined && directory.online) this.#guarded(directory, () => log.removeDeletedFiles(nowMs));
    }
    const due = this.#deletions.filter(({ dueMs }) => dueMs <= nowMs);
    this.#deletions = this.#deletions.filter(({ dueMs }) => dueMs > nowMs);
    for (const { path, directory } of due)
      if (directory.online) this.#guarded(directory, () => this.#environment.disk.remove(path));
  }

  async #closeLog({ log, directory }: Entry): Promise<void> {
    try {
      await log?.close();
    } catch (error) {
      this.#backgroundFailure(directory, error);
    }
  }

  #backgroundFailure(directory: LogDirectory, error: unknown): void {
    if (!(error instanceof DiskError)) throw error;
    this.failDirectory(directory, error);
  }

  #guarded(directory: LogDirectory, work: () => void): void {
    this.guard(directory, () => {
      work();
      return {};
    });
  }

  /** Shows all logs to `work`, those that are gone or offline by then left out. */
  #inSlices(work: (entry: Entry) => void): void {
    this.#work.inSlices([...this.#entries.values()], (entry) => {
      const isHere = this.#entries.get(partitionKey(entry.topicPartition)) === entry;
      if (isHere && entry.directory.online) this.#guarded(entry.directory, () => work(entry));
    });
  }
}

function storageRefusal(key: string): Refusal {
  return { errorCode: KAFKA_STORAGE_ERROR, message: `The log directory of ${key} is offline` };
}
