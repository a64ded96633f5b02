import type { Disk, Log } from "../../environment/environment.ts";
import type { TopicPartition } from "../topic-partition.ts";
import type { LogConfig, Offset } from "./log-config.ts";
import type { OpenFiles } from "./open-files.ts";

/** What a log needs to be opened. */
export type OpenLog = {
  readonly disk: Disk;
  readonly log: Log;
  /** The partition's own directory; made when missing. */
  readonly directory: string;
  readonly topicPartition: TopicPartition;
  /** Written to partition.metadata when the directory has none. */
  readonly topicId?: string;
  readonly config: LogConfig;
  /** From log-start-offset-checkpoint; 0 when it names none. */
  readonly logStartOffset?: Offset;
  /** From cleaner-offset-checkpoint; absent for a log that was never compacted. */
  readonly cleanedOffset?: Offset;
  /** From recovery-point-offset-checkpoint: all below is durable. Segments from it on are scanned unless `cleanShutdown`. */
  readonly recoveryPoint: Offset;
  readonly cleanShutdown: boolean;
  readonly nowMs: number;
  /** The descriptors that a broker's logs share; a log alone has its own. */
  readonly files?: OpenFiles;
  /** Told when a write or sync in the background failed; the log must not be written to again. */
  readonly onDiskError?: (error: unknown) => void;
  /** Told under log.flush.policy=group when more may be promised. */
  readonly onFlushed?: () => void;
  /** Told when the recovery point went back because records were cut: it has to be checkpointed soon. */
  readonly onCut?: () => void;
};
