import type { Environment } from "../../environment/environment.ts";
import type { Refusal } from "../refusal.ts";
import type { TopicPartition } from "../topic-partition.ts";
import type { LogConfig } from "./log-config.ts";
import type { PartitionLog } from "./partition-log.ts";

/** Settings of a broker's log directories. */
export type LogManagerOptions = {
  /** log.dirs, absolute. */
  readonly directories: readonly string[];
  readonly clusterId: string;
  readonly nodeId: number;
  /** A topic's effective settings, asked when a log is opened and after `configsChanged`. */
  readonly configOf: (topic: string) => LogConfig;
  /** log.retention.check.interval.ms */
  readonly retentionCheckIntervalMs: number;
  /** log.flush.offset.checkpoint.interval.ms, log.flush.start.offset.checkpoint.interval.ms */
  readonly checkpointIntervalMs: number;
  /** Called once a directory when its disk failed; the logs in it answer KAFKA_STORAGE_ERROR from then on. */
  readonly onDirectoryFailure?: (directoryId: string) => void;
};

/** One of log.dirs. `id` is meta.properties' directory.id. */
export type LogDirectory = { readonly path: string; readonly id: string; readonly online: boolean };

/** A broker's logs over its log.dirs. */
export declare class LogManager {
  /** Opens the directories: makes or checks meta.properties, reads checkpoints and the clean-shutdown mark. Throws LogDirectoryError (text for people) for another cluster's or node's directory. */
  static open(environment: Environment, options: LogManagerOptions): LogManager;
  readonly directories: readonly LogDirectory[];
  /** From the clean-shutdown marks; -1 after a crash (BrokerRegistration previous_broker_epoch, KIP-966). */
  readonly previousBrokerEpoch: number;
  /** The log, opened or made on first use. KAFKA_STORAGE_ERROR when its directory is offline. */
  logFor(topicPartition: TopicPartition, topicId: string): PartitionLog | Refusal;
  /** Renames the directory to `-delete` and removes it after file.delete.delay.ms. */
  deleteLog(topicPartition: TopicPartition): void;
  /** Takes over changed settings for the open logs of a topic. */
  configsChanged(topic: string): void;
  /** Begins retention sweep and checkpoints. */
  start(): void;
  /** Closes all logs; marks the shutdown as clean with the broker's epoch. */
  close(brokerEpoch: number): Promise<void>;
}

/** A directory that this broker must not use; the message says why and what to do. */
export declare class LogDirectoryError extends Error {}
