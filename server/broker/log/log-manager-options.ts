import type { TopicPartition } from "../topic-partition.ts";
import type { CleanerSettings } from "./cleaner/log-cleaner.ts";
import type { LogConfig } from "./log-config.ts";

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

/** Kafka's defaults. */
export const defaultIntervals: HousekeepingIntervals = {
  flushCheckMs: 1000,
  highWatermarkMs: 5000,
  logStartMs: 60_000,
  producersMs: 600_000,
  firstMs: 30_000,
};
