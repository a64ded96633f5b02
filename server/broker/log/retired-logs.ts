import type { Environment } from "../../environment/environment.ts";
import type { TopicPartition } from "../topic-partition.ts";
import { partitionKey } from "../topic-partition.ts";
import type { KnownLog } from "./known-logs.ts";
import type { LogDirectory } from "./log-directory.ts";
import { retiredDirectoryName } from "./log-files.ts";

/** What retired logs need of their broker. */
export type RetiredLogParts = {
  /** Of logs that were not opened. */
  readonly fileDeleteDelayMs: (topicPartition: TopicPartition) => number;
  /** A DiskError in the work takes the directory offline. */
  readonly guarded: (directory: LogDirectory, work: () => void) => void;
  readonly checkpointsChanged: () => void;
};

/** Directories of partitions that are no more: renamed at once, removed after file.delete.delay.ms, or kept as stray. */
export class RetiredLogs {
  #deletions: { readonly path: string; readonly dueMs: number; readonly directory: LogDirectory }[] = [];

  constructor(
    private readonly environment: Environment,
    private readonly parts: RetiredLogParts,
  ) {}

  /** A directory whose removal a stop interrupted. */
  deleteSoon(path: string, directory: LogDirectory): void {
    this.#deletions.push({ path, dueMs: 0, directory });
  }

  /** Takes the name from a partition's directory. */
  putAway({ topicPartition, directory, log }: KnownLog, reason: "delete" | "stray"): void {
    const { disk, random, clock } = this.environment;
    const key = partitionKey(topicPartition);
    log?.closeFiles();
    if (!directory.online) return;
    // A partition made again under this name must not take over its offsets.
    directory.forget(key);
    this.parts.checkpointsChanged();
    const delayMs = log?.config.fileDeleteDelayMs ?? this.parts.fileDeleteDelayMs(topicPartition);
    this.parts.guarded(directory, () => {
      const from = `${directory.path}/${key}`;
      if (!disk.exists(from)) return;
      const uniqueId = Buffer.from(random.bytes(16)).toString("hex");
      const to = `${directory.path}/${retiredDirectoryName(topicPartition, uniqueId, reason)}`;
      disk.rename(from, to);
      if (reason === "delete") this.#deletions.push({ path: to, dueMs: clock.wallMs() + delayMs, directory });
    });
  }

  /** Removes those whose time has come. */
  removeDue(): void {
    const { clock, disk } = this.environment;
    const nowMs = clock.wallMs();
    const due = this.#deletions.filter(({ dueMs }) => dueMs <= nowMs);
    this.#deletions = this.#deletions.filter(({ dueMs }) => dueMs > nowMs);
    for (const { path, directory } of due) if (directory.online) this.parts.guarded(directory, () => disk.remove(path));
  }
}
