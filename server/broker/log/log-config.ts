/** Counts records in a partition. End offsets (`logEndOffset`, `highWatermark`, `lastStableOffset`) are exclusive. */
export type Offset = number;

/** What a log does with its old records (cleanup.policy). Both false: nothing is ever removed but by DeleteRecords. */
export type CleanupPolicy = { readonly delete: boolean; readonly compact: boolean };

/** When what was written may be promised: at once, or only when it is on disk ("group"). "interval" shows in `flushMs`. */
export type FlushPolicy = "none" | "group" | "interval";

/** A partition's effective settings: the topic's configs over the broker's. Names are Kafka's topic configs; "unlimited" stands for Kafka's -1. */
export type LogConfig = {
  readonly segmentBytes: number;
  readonly segmentMs: number;
  readonly segmentJitterMs: number;
  readonly segmentIndexBytes: number;
  readonly indexIntervalBytes: number;
  readonly retentionMs: number | "unlimited";
  readonly retentionBytes: number | "unlimited";
  readonly fileDeleteDelayMs: number;
  readonly maxMessageBytes: number;
  /** Of one record of a compressed batch. */
  readonly maxDecompressedMessageBytes: number;
  readonly cleanupPolicy: CleanupPolicy;
  readonly messageTimestampType: "CreateTime" | "LogAppendTime";
  readonly messageTimestampBeforeMaxMs: number;
  readonly messageTimestampAfterMaxMs: number;
  /** compression.type; "producer" keeps the batch as it came. */
  readonly compressionType: "producer" | "uncompressed" | "gzip" | "snappy" | "lz4" | "zstd";
  /** compression.gzip.level, compression.lz4.level, compression.zstd.level of the chosen codec; the codec's default when absent. */
  readonly compressionLevel?: number;
  readonly minInsyncReplicas: number;
  readonly uncleanLeaderElectionEnable: boolean;
  /** log.flush.policy of the broker. */
  readonly flushPolicy: FlushPolicy;
  readonly flushMessages: number;
  readonly flushMs: number;
  readonly minCleanableDirtyRatio: number;
  readonly minCompactionLagMs: number;
  readonly maxCompactionLagMs: number;
  readonly deleteRetentionMs: number;
  readonly preallocate: boolean;
  /** producer.id.expiration.ms of the broker. */
  readonly producerIdExpirationMs: number;
};

/** Kafka 4.2's defaults. */
export const defaultLogConfig: LogConfig = {
  segmentBytes: 1_073_741_824,
  segmentMs: 604_800_000,
  segmentJitterMs: 0,
  segmentIndexBytes: 10_485_760,
  indexIntervalBytes: 4096,
  retentionMs: 604_800_000,
  retentionBytes: "unlimited",
  fileDeleteDelayMs: 60_000,
  maxMessageBytes: 1_048_588,
  maxDecompressedMessageBytes: 2_147_483_639,
  cleanupPolicy: { delete: true, compact: false },
  messageTimestampType: "CreateTime",
  messageTimestampBeforeMaxMs: Number.MAX_SAFE_INTEGER,
  messageTimestampAfterMaxMs: 3_600_000,
  compressionType: "producer",
  minInsyncReplicas: 1,
  uncleanLeaderElectionEnable: false,
  flushPolicy: "none",
  flushMessages: Number.MAX_SAFE_INTEGER,
  flushMs: Number.MAX_SAFE_INTEGER,
  minCleanableDirtyRatio: 0.5,
  minCompactionLagMs: 0,
  maxCompactionLagMs: Number.MAX_SAFE_INTEGER,
  deleteRetentionMs: 86_400_000,
  preallocate: false,
  producerIdExpirationMs: 86_400_000,
};
