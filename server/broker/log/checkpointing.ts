import type { Clock } from "../../environment/environment.ts";
import type { Offset } from "./log-config.ts";
import type { Checkpoints, LogDirectory } from "./log-directory.ts";
import type { PartitionLog } from "./partition-log.ts";

/** All that a directory's checkpoint files keep. */
export const ALL_CHECKPOINTS = ["recoveryPoints", "logStartOffsets", "highWatermarks", "cleanedOffsets"] as const;

/** What the checkpoints are written from. */
export type CheckpointSource = {
  readonly directories: readonly LogDirectory[];
  /** The partitions in a directory by `partitionKey`; undefined for a log that is not open and so has not changed. */
  readonly logsIn: (directory: LogDirectory) => Iterable<readonly [key: string, log: PartitionLog | undefined]>;
  readonly onFailure: (directory: LogDirectory, error: unknown) => void;
};

/** Writes the checkpoint files of a broker's directories in the background. */
export class Checkpointing {
  readonly #clock: Clock;
  readonly #source: CheckpointSource;
  #isDue = false;

  constructor(clock: Clock, source: CheckpointSource) {
    this.#clock = clock;
    this.#source = source;
  }

  /** Settles when the files are durable, or their directory failed. */
  async write(kinds: readonly (keyof Checkpoints)[]): Promise<void> {
    const online = this.#source.directories.filter((directory) => directory.online);
    await Promise.all(online.flatMap((directory) => kinds.map((kind) => this.#writeOne(directory, kind))));
  }

  /** As `write`, for who does not wait. A bug in it ends the broker in a step of its own. */
  inBackground(kinds: readonly (keyof Checkpoints)[]): void {
    this.write(kinds).catch((error: unknown) => {
      this.#clock.soon(() => {
        throw error;
      });
    });
  }

  /** Writes all once the current step is over: one time for everything that was deleted or cut in it. */
  soon(): void {
    if (this.#isDue) return;
    this.#isDue = true;
    this.#clock.soon(() => {
      this.#isDue = false;
      this.inBackground(ALL_CHECKPOINTS);
    });
  }

  async #writeOne(directory: LogDirectory, kind: keyof Checkpoints): Promise<void> {
    const known = directory.checkpoints[kind];
    const offsets = new Map<string, Offset>();
    for (const [key, log] of this.#source.logsIn(directory)) {
      const offset = log === undefined ? known.get(key) : checkpointed(log, kind);
      if (offset !== undefined) offsets.set(key, offset);
    }
    try {
      await directory.writeCheckpoint(kind, offsets);
    } catch (error) {
      this.#source.onFailure(directory, error);
    }
  }
}

/** What a checkpoint says of a log; undefined where a missing line says the same. */
function checkpointed(log: PartitionLog, kind: keyof Checkpoints): Offset | undefined {
  switch (kind) {
    case "recoveryPoints":
      return log.recoveryPoint;
    case "logStartOffsets":
      return log.logStartOffset === 0 ? undefined : log.logStartOffset;
    case "highWatermarks":
      return log.highWatermark;
    case "cleanedOffsets":
      return log.cleanedOffset;
  }
}
