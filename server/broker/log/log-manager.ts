import assert from "node:assert/strict";
import type { Environment } from "../../environment/environment.ts";
import { DiskError } from "../../environment/environment.ts";
import { KAFKA_STORAGE_ERROR } from "../../wire/errors.ts";
import { DirectoryId } from "../controller/directory-id.ts";
import type { Refusal } from "../refusal.ts";
import type { TopicPartition } from "../topic-partition.ts";
import { partitionKey } from "../topic-partition.ts";
import { defaultCleanerSettings, LogCleaner } from "./cleaner/log-cleaner.ts";
import { BackgroundWork } from "./background-work.ts";
import { ALL_CHECKPOINTS, Checkpointing } from "./checkpointing.ts";
import { CheckpointError } from "./checkpoint-file.ts";
import { explainDiskError } from "./disk-advice.ts";
import { type Checkpoints, LogDirectory } from "./log-directory.ts";
import { FutureLogs } from "./future-logs.ts";
import { type KnownLog, KnownLogs } from "./known-logs.ts";
import { defaultIntervals, type LogManagerOptions } from "./log-manager-options.ts";
import { OpenFiles } from "./open-files.ts";
import { PartitionLog } from "./partition-log.ts";
import { LogDirectoryError } from "./meta-properties.ts";
import { readPartitionMetadata } from "./partition-metadata.ts";
import { RetiredLogs } from "./retired-logs.ts";
import { hasAllOf, isFurther } from "./rival-logs.ts";

export { LogDirectoryError } from "./meta-properties.ts";

/** How often files to delete are looked for. */
const HOUSEKEEPING_MS = 5000;
/** Logs closed at once at stop: each waits for its syncs. */
const CLOSING_AT_ONCE = 16;

/** A broker's logs over its log.dirs. */
export class LogManager {
  readonly directories: readonly LogDirectory[];
  readonly #environment: Environment;
  readonly #options: LogManagerOptions;
  readonly #files: OpenFiles;
  readonly #known = new KnownLogs();
  /** Of partitions that were found twice, the logs with another topic id, by `partitionKey`: the metadata will tell which topic is the present one. */
  readonly #namesakes = new Map<string, KnownLog[]>();
  /** Where partitions that have no place yet shall be, by `partitionKey`. */
  readonly #preferred = new Map<string, LogDirectory>();
  readonly #checkpoints: Checkpointing;
  readonly #work: BackgroundWork;
  readonly #cleaner: LogCleaner;
  readonly #retired: RetiredLogs;
  readonly #retirements = new Set<Promise<void>>();

  private constructor(environment: Environment, options: LogManagerOptions, directories: readonly LogDirectory[]) {
    this.#environment = environment;
    this.#options = options;
    this.#files = new OpenFiles(environment.disk);
    this.#work = new BackgroundWork(environment.clock);
    this.directories = directories;
    this.#checkpoints = new Checkpointing(environment.clock, {
      directories,
      logsIn: (directory) => this.#known.inDirectory(directory),
      onFailure: (directory, error) => this.#backgroundFailure(directory, error),
    });
    this.#retired = new RetiredLogs(environment, {
      fileDeleteDelayMs: ({ topic }) => options.configOf(topic).fileDeleteDelayMs,
      guarded: (directory, work) => this.#guarded(directory, work),
      checkpointsChanged: () => this.#checkpoints.soon(),
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

  /**
   * The log, opened or made on first use. KAFKA_STORAGE_ERROR when its directory is offline, or when the one that the metadata assign (`directoryId`) may be. A log
   * of another topic id under this name is set aside.
   */
  logFor(topicPartition: TopicPartition, topicId: string, directoryId?: string): PartitionLog | Refusal {
    const key = partitionKey(topicPartition);
    const known = this.#known.get(key);
    if (known?.log !== undefined && known.isConfigured && known.log.topicId === topicId) return this.#ifOnline(known);
    if (this.#mayBeOffline(directoryId)) return storageRefusal(key);
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
    return this.#known.get(partitionKey(topicPartition))?.log;
  }

  /** The directory that a partition is in; undefined when it is nowhere yet. */
  directoryOf(topicPartition: TopicPartition): LogDirectory | undefined {
    return this.#known.get(partitionKey(topicPartition))?.directory;
  }

  /** Where a log that is not on disk would be made: where it shall be, else in the directory with the fewest. Undefined when it is there, or may be in one that failed. */
  placeOfNew(topicPartition: TopicPartition, directoryId?: string): LogDirectory | undefined {
    const key = partitionKey(topicPartition);
    if (this.#known.get(key) !== undefined || this.#mayBeOffline(directoryId)) return undefined;
    const preferred = this.#preferred.get(key);
    if (preferred?.online === true) return preferred;
    const count = (directory: LogDirectory): number => this.#known.countIn(directory);
    const [emptiest] = this.directories.filter(({ online }) => online).sort((a, b) => count(a) - count(b));
    return emptiest;
  }

  /** The partitions that have a place here, opened or not. */
  partitions(): TopicPartition[] {
    return [...this.#known.values()].map(({ topicPartition }) => topicPartition);
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
    for (const entry of this.#known.values()) if (entry.directory === directory) entry.log?.closeFiles();
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
    const key = partitionKey(topicPartition);
    for (const namesake of this.#namesakes.get(key) ?? []) this.#retired.putAway(namesake, "stray");
    this.#namesakes.delete(key);
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

  /** Removes a directory of an earlier run that nobody wants. */
  discard(path: string, directory: LogDirectory): void {
    this.#retired.deleteSoon(path, directory);
  }

  /** A future log that has its name takes the place of the partition's own, with what that got meanwhile; the old one is deleted. Throws DiskError. */
  placeFuture(topicPartition: TopicPartition, directory: LogDirectory, future: PartitionLog): PartitionLog {
    const old = this.#known.get(partitionKey(topicPartition));
    assert(old?.log !== undefined, "the log was opened before it is moved");
    const placed = this.futures.reopen(old.log, directory, future);
    old.log.closeFiles();
    this.#known.add({ topicPartition, directory, log: placed, isConfigured: true });
    const retirement = this.#retireReplaced(old, placed, directory).finally(() => this.#retirements.delete(retirement));
    this.#retirements.add(retirement);
    return placed;
  }

  /** Not before all of the new one is on disk: a power cut could take its end, and what is in the old one was promised. */
  async #retireReplaced(old: KnownLog, placed: PartitionLog, directory: LogDirectory): Promise<void> {
    try {
      await placed.flush();
      this.#retired.putAway(old, "delete");
    } catch (error) {
      this.#backgroundFailure(directory, error);
    }
  }

  /** Takes over changed settings for the open logs of a topic. */
  configsChanged(topic: string): void {
    for (const entry of this.#known.ofTopic(topic)) {
      if (entry.log !== undefined) entry.log.config = this.#options.configOf(topic);
    }
  }

  /** Begins retention sweep, checkpoints and removal of deleted files. */
  start(): void {
    const { retentionCheckIntervalMs, checkpointIntervalMs, intervals = defaultIntervals } = this.#options;
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
    this.#work.every("flush", Math.min(intervals.flushCheckMs, defaultIntervals.flushCheckMs), () => this.#flushDue());
    this.#work.every("housekeeping", HOUSEKEEPING_MS, () => this.#housekeep());
    // Sizes and offsets of all logs are asked for soon, by tools and by the console: better in slices now than at once then.
    this.#inSlices((entry) => this.#warm(entry));
    this.#cleaner.start();
  }

  /** Closes all logs and, where that went well, marks the shutdown as clean with the broker's epoch. */
  async close(brokerEpoch: number): Promise<void> {
    this.#work.stop();
    await this.#cleaner.stop();
    await Promise.all(this.#retirements);
    const open = [...this.#known.values()].filter((entry) => entry.log !== undefined && entry.directory.online);
    for (let start = 0; start < open.length; start += CLOSING_AT_ONCE) {
      await Promise.all(open.slice(start, start + CLOSING_AT_ONCE).map((entry) => this.#closeLog(entry)));
    }
    await this.#checkpoints.write(ALL_CHECKPOINTS);
    for (const directory of this.directories) {
      // A log that could not be opened after a crash still has to be recovered.
      const isRecovered =
        directory.wasClean ||
        [...this.#known.values()].every((entry) => entry.directory !== directory || entry.log !== undefined);
      if (directory.online && isRecovered) this.#guarded(directory, () => directory.markCleanShutdown(brokerEpoch));
    }
  }

  #adopt(directory: LogDirectory): void {
    for (const topicPartition of directory.found) {
      const entry: KnownLog = { topicPartition, directory, log: undefined, isConfigured: false };
      const rival = this.#known.get(partitionKey(topicPartition));
      if (rival !== undefined) this.#settle(rival, entry);
      else {
        this.#known.add(entry);
        if (!directory.wasClean) this.#recover(entry);
      }
    }
    for (const path of directory.halfDeleted) this.#retired.deleteSoon(path, directory);
  }

  #recover(entry: KnownLog): void {
    this.guard(entry.directory, () => (entry.log ??= this.#openLog(entry, undefined)));
  }

  /** A partition is in two directories: a move between them did not come to its end, or the end did not outlive the machine. */
  #settle(known: KnownLog, found: KnownLog): void {
    const { topicPartition } = known;
    const key = partitionKey(topicPartition);
    for (const entry of [known, found]) this.#recover(entry);
    if (known.log === undefined) return;
    // What cannot be read may be the further one: the partition is offline until somebody repairs it.
    if (found.log === undefined) return this.#known.add(found);
    const ids = [known.log.topicId, found.log.topicId];
    if (!ids.includes(undefined) && ids[0] !== ids[1]) {
      this.#namesakes.set(key, [...(this.#namesakes.get(key) ?? []), found]);
      return;
    }
    const isNewer = isFurther(known.log, found.log);
    const [current, other] = isNewer ? [found, known] : [known, found];
    const isCopied = current.log !== undefined && other.log !== undefined && hasAllOf(current.log, other.log);
    const fields = { ...topicPartition, current: current.directory.path, other: other.directory.path };
    const { log } = this.#environment;
    if (isCopied) log.warn(fields, "a partition was in two log directories; the copy that is not current is deleted");
    else
      log.warn(
        fields,
        "a partition was in two log directories; the other one has records of its own and is set aside as -stray",
      );
    if (isCopied) current.log?.updateHighWatermark(other.log?.highWatermark ?? 0);
    this.#known.add(current);
    this.#retired.putAway(other, isCopied ? "delete" : "stray");
  }

  #tellOpened(elapsedMs: number): void {
    if (this.#known.size === 0) return;
    const { log } = this.#environment;
    const fields = { partitions: this.#known.size, elapsedMs: Math.round(elapsedMs) };
    const isClean = this.directories.every(({ wasClean, found }) => wasClean || found.length === 0);
    if (isClean) log.info(fields, "logs found as a clean stop left them");
    else log.info(fields, "logs recovered after a stop that was not clean");
  }

  #openLog({ topicPartition, directory }: KnownLog, topicId: string | undefined): PartitionLog {
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
  #entryOf(topicPartition: TopicPartition, topicId: string): KnownLog | undefined {
    const key = partitionKey(topicPartition);
    const known = this.#known.get(key);
    const namesakes = this.#namesakes.get(key) ?? [];
    this.#namesakes.delete(key);
    const isMine = (entry: KnownLog): boolean => {
      const foundId = this.#topicIdOf(entry);
      return foundId === undefined || foundId === topicId;
    };
    const mine = [...(known === undefined ? [] : [known]), ...namesakes].find(isMine);
    if (known !== undefined && known !== mine) this.setAside(topicPartition);
    for (const namesake of namesakes) if (namesake !== mine) this.#retired.putAway(namesake, "stray");
    if (mine === undefined) return this.#newEntry(topicPartition);
    if (mine !== known) this.#known.add(mine);
    return mine;
  }

  #topicIdOf({ topicPartition, directory, log }: KnownLog): string | undefined {
    if (log !== undefined) return log.topicId;
    return readPartitionMetadata(this.#environment.disk, `${directory.path}/${partitionKey(topicPartition)}`);
  }

  #newEntry(topicPartition: TopicPartition): KnownLog | undefined {
    const key = partitionKey(topicPartition);
    const directory = this.placeOfNew(topicPartition);
    this.#preferred.delete(key);
    if (directory === undefined) return undefined;
    directory.writeForgotten(key);
    const entry: KnownLog = { topicPartition, directory, log: undefined, isConfigured: false };
    this.#known.add(entry);
    return entry;
  }

  /** Whether the log may be in a directory that failed: then an empty one in its place would pass for all that there was. As Partition.createLogInAssignedDirectoryId. */
  #mayBeOffline(directoryId: string | undefined): boolean {
    if (directoryId === undefined || directoryId === DirectoryId.unassigned) return false;
    if (this.directories.every(({ online }) => online)) return false;
    return !this.directories.some(({ id, online }) => online && id === directoryId);
  }

  #ifOnline({ topicPartition, directory, log }: KnownLog): PartitionLog | Refusal {
    return directory.online && log !== undefined ? log : storageRefusal(partitionKey(topicPartition));
  }

  #retire(topicPartition: TopicPartition, reason: "delete" | "stray"): void {
    const entry = this.#known.remove(partitionKey(topicPartition));
    if (entry !== undefined) this.#retired.putAway(entry, reason);
  }

  *#openLogs(): Generator<PartitionLog> {
    for (const { log, directory, isConfigured } of this.#known.values())
      if (log !== undefined && isConfigured && directory.online) yield log;
  }

  #sweep(entry: KnownLog): void {
    this.#warm(entry).deleteOldSegments(this.#environment.clock.wallMs());
  }

  /** Opens a log that nobody has used yet, with its topic's settings. */
  #warm(entry: KnownLog): PartitionLog {
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
    for (const { log, directory } of this.#known.values()) {
      if (log !== undefined && directory.online) this.#guarded(directory, () => log.removeDeletedFiles(nowMs));
    }
    this.#retired.removeDue();
  }

  async #closeLog({ log, directory }: KnownLog): Promise<void> {
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
  #inSlices(work: (entry: KnownLog) => void): void {
    this.#work.inSlices([...this.#known.values()], (entry) => {
      const isHere = this.#known.get(partitionKey(entry.topicPartition)) === entry;
      if (isHere && entry.directory.online) this.#guarded(entry.directory, () => work(entry));
    });
  }
}

function storageRefusal(key: string): Refusal {
  return { errorCode: KAFKA_STORAGE_ERROR, message: `The log directory of ${key} is offline` };
}
