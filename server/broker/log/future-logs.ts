import type { Clock, Disk, Log, Random } from "../../environment/environment.ts";
import type { TopicPartition } from "../topic-partition.ts";
import { partitionKey } from "../topic-partition.ts";
import { copySlice } from "./copy-slice.ts";
import type { LogConfig, Offset } from "./log-config.ts";
import type { LogDirectory } from "./log-directory.ts";
import { retiredDirectoryName } from "./log-files.ts";
import type { OpenFiles } from "./open-files.ts";
import { PartitionLog } from "./partition-log.ts";

/** What future logs are opened with, as all logs of a broker. */
export type FutureLogParts = {
  readonly clock: Clock;
  readonly disk: Disk;
  readonly log: Log;
  readonly random: Random;
  readonly files: OpenFiles;
  readonly configOf: (topic: string) => LogConfig;
  readonly onDiskError: (directory: LogDirectory, error: unknown) => void;
  readonly onFlushed: (topicPartition: TopicPartition) => void;
  readonly onCut: () => void;
};

/** Logs beside those of partitions, in another directory, that shall take their place (KIP-113). */
export class FutureLogs {
  constructor(private readonly parts: FutureLogParts) {}

  /** An empty one, that begins where the partition's own log does. Throws DiskError. */
  open(of: PartitionLog, directory: LogDirectory): PartitionLog {
    const { clock } = this.parts;
    const path = this.#pathOf(of, directory, "future");
    const future = this.#open({ of, directory, path, recoveryPoint: 0, cleanShutdown: true });
    future.truncateFullyAndStartAt(of.logStartOffset, clock.wallMs());
    return future;
  }

  /** One of an earlier run; scanned after a stop that was not clean. Throws DiskError, CheckpointError. */
  resume(of: PartitionLog, directory: LogDirectory, path: string): PartitionLog {
    return this.#open({ of, directory, path, recoveryPoint: 0, cleanShutdown: directory.wasClean });
  }

  /**
   * Gives one that was closed the partition's own name in its directory, durably, while the partition's log stays what it is: were the two renames of a move
   * made at once, a crash could keep only the second. Rejects with DiskError.
   */
  async name(directory: LogDirectory, future: PartitionLog): Promise<void> {
    const { disk } = this.parts;
    const key = partitionKey(future.topicPartition);
    directory.writeForgotten(key);
    disk.rename(future.directory, `${directory.path}/${key}`);
    await disk.syncDirectory(directory.path);
  }

  /** Opens one that has its name, and copies what the partition's log got meanwhile. Throws DiskError. */
  reopen(of: PartitionLog, directory: LogDirectory, future: PartitionLog): PartitionLog {
    const path = `${directory.path}/${partitionKey(of.topicPartition)}`;
    const placed = this.#open({ of, directory, path, recoveryPoint: future.recoveryPoint, cleanShutdown: true });
    while (placed.logEndOffset < of.logEndOffset) copySlice(of, placed, Infinity, this.parts.clock.wallMs());
    placed.updateHighWatermark(of.highWatermark);
    placed.keepPromise();
    return placed;
  }

  /** Removes one that is not wanted any more, also where it has its name already. Throws DiskError. */
  drop(directory: LogDirectory, future: PartitionLog, isNamed: boolean): void {
    const { disk } = this.parts;
    future.closeFiles();
    if (!isNamed) return disk.remove(future.directory);
    // Half removed it must not pass for the partition's log.
    const retired = this.#pathOf(future, directory, "delete");
    disk.rename(`${directory.path}/${partitionKey(future.topicPartition)}`, retired);
    disk.remove(retired);
  }

  #pathOf({ topicPartition }: PartitionLog, directory: LogDirectory, suffix: "future" | "delete"): string {
    const uniqueId = Buffer.from(this.parts.random.bytes(16)).toString("hex");
    return `${directory.path}/${retiredDirectoryName(topicPartition, uniqueId, suffix)}`;
  }

  #open(copy: {
    readonly of: PartitionLog;
    readonly directory: LogDirectory;
    readonly path: string;
    readonly recoveryPoint: Offset;
    readonly cleanShutdown: boolean;
  }): PartitionLog {
    const { clock, disk, log, files, configOf, onDiskError, onFlushed, onCut } = this.parts;
    const { of, directory, path, recoveryPoint, cleanShutdown } = copy;
    const { topicPartition, topicId, logStartOffset } = of;
    return PartitionLog.open({
      disk,
      log,
      directory: path,
      topicPartition,
      ...(topicId === undefined ? {} : { topicId }),
      config: configOf(topicPartition.topic),
      logStartOffset,
      recoveryPoint,
      cleanShutdown,
      nowMs: clock.wallMs(),
      files,
      onDiskError: (error) => onDiskError(directory, error),
      onFlushed: () => onFlushed(topicPartition),
      onCut,
    });
  }
}
