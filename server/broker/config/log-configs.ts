import { boolean, double, int, list, long, string, LONG_MAX, type ConfigDefinition } from "./definition.ts";
import { gzipLevel, MAX_DECOMPRESSED_BYTES } from "./topic-configs.ts";

/** Log directories, segments, retention, compaction and the defaults of topic configs. */
export const logConfigs = {
  "log.dir": list(["/tmp/kafka-logs"], {
    importance: "high",
    doc: "A single log directory, used when log.dirs is not set.",
  }),
  "log.dirs": list(null, {
    importance: "high",
    doc: "The directories in which partitions are kept, divided by commas; new partitions go to the one with the fewest.",
  }),
  "num.recovery.threads.per.data.dir": int(2, {
    min: 1,
    importance: "high",
    scope: "cluster-wide",
    doc: "Kafka's threads that recover logs at start. Accepted for compatibility; here one log is recovered after the other, and none after a clean stop.",
  }),
  "log.dir.failure.timeout.ms": long(30_000, {
    min: 1,
    importance: "low",
    doc: "How long a broker whose log directory failed may stay up when it cannot tell the controller so.",
  }),
  "log.segment.bytes": int(1_073_741_824, {
    min: 1_048_576,
    importance: "high",
    scope: "cluster-wide",
    doc: "The cluster's default of the topic config segment.bytes.",
  }),
  "log.roll.ms": long(null, {
    importance: "high",
    scope: "cluster-wide",
    doc: "The cluster's default of the topic config segment.ms. Unset, log.roll.hours holds.",
  }),
  "log.roll.hours": int(168, {
    min: 1,
    importance: "high",
    doc: "The same in hours, used when log.roll.ms is not set.",
  }),
  "log.roll.jitter.ms": long(null, {
    importance: "high",
    scope: "cluster-wide",
    doc: "The cluster's default of the topic config segment.jitter.ms. Unset, log.roll.jitter.hours holds.",
  }),
  "log.roll.jitter.hours": int(0, {
    min: 0,
    importance: "high",
    doc: "The same in hours, used when log.roll.jitter.ms is not set.",
  }),
  "log.retention.ms": long(null, {
    importance: "high",
    scope: "cluster-wide",
    doc: "The cluster's default of the topic config retention.ms; -1 keeps for ever. Unset, log.retention.minutes holds.",
  }),
  "log.retention.minutes": int(null, {
    importance: "high",
    doc: "The same in minutes, used when log.retention.ms is not set.",
  }),
  "log.retention.hours": int(168, {
    importance: "high",
    doc: "The same in hours, used when neither milliseconds nor minutes are set.",
  }),
  "log.retention.bytes": long(-1, {
    importance: "high",
    scope: "cluster-wide",
    doc: "The cluster's default of the topic config retention.bytes; -1 sets no limit.",
  }),
  "log.retention.check.interval.ms": long(300_000, {
    min: 1,
    doc: "How often logs are looked at for segments that may go.",
  }),
  "log.cleanup.policy": list(["delete"], {
    choices: ["compact", "delete"],
    scope: "cluster-wide",
    doc: "The cluster's default of the topic config cleanup.policy.",
  }),
  "log.segment.delete.delay.ms": long(60_000, {
    min: 0,
    importance: "high",
    scope: "cluster-wide",
    doc: "The cluster's default of the topic config file.delete.delay.ms.",
  }),
  "log.index.size.max.bytes": int(10_485_760, {
    min: 4,
    scope: "cluster-wide",
    doc: "The cluster's default of the topic config segment.index.bytes.",
  }),
  "log.index.interval.bytes": int(4096, {
    min: 0,
    scope: "cluster-wide",
    doc: "The cluster's default of the topic config index.interval.bytes.",
  }),
  "log.preallocate": boolean(false, {
    scope: "cluster-wide",
    doc: "The cluster's default of the topic config preallocate, which has no effect here.",
  }),
  "log.flush.interval.messages": long(LONG_MAX, {
    min: 1,
    importance: "high",
    scope: "cluster-wide",
    doc: "The cluster's default of the topic config flush.messages.",
  }),
  "log.flush.interval.ms": long(null, {
    importance: "high",
    scope: "cluster-wide",
    doc: "The cluster's default of the topic config flush.ms. Unset, log.flush.scheduler.interval.ms holds.",
  }),
  "log.flush.policy": string("none", {
    choices: ["none", "group", "interval"],
    doc: "Odradek's own. none: as in Kafka the system decides when written data reaches the disk, and replicas guard it until then. group: a batch is answered, seen by consumers and confirmed by followers only when it is on disk, with one flush for all that wait. interval: written data is flushed every log.flush.interval.ms, or every second where that is not set.",
  }),
  "log.flush.scheduler.interval.ms": long(LONG_MAX, {
    importance: "high",
    doc: "How often it is checked whether a log must be forced to disk; here at least once a second.",
  }),
  "log.flush.offset.checkpoint.interval.ms": int(60_000, {
    min: 0,
    importance: "high",
    doc: "How often the offsets from which recovery would start are written down.",
  }),
  "log.flush.start.offset.checkpoint.interval.ms": int(60_000, {
    min: 0,
    importance: "high",
    doc: "How often the first offsets of the logs are written down.",
  }),
  "log.local.retention.ms": long(-2, {
    min: -2,
    scope: "cluster-wide",
    doc: "The cluster's default of the topic config local.retention.ms.",
  }),
  "log.local.retention.bytes": long(-2, {
    min: -2,
    scope: "cluster-wide",
    doc: "The cluster's default of the topic config local.retention.bytes.",
  }),
  "log.message.timestamp.type": string("CreateTime", {
    choices: ["CreateTime", "LogAppendTime"],
    scope: "cluster-wide",
    doc: "The cluster's default of the topic config message.timestamp.type.",
  }),
  "log.message.timestamp.before.max.ms": long(LONG_MAX, {
    min: 0,
    scope: "cluster-wide",
    doc: "The cluster's default of the topic config message.timestamp.before.max.ms.",
  }),
  "log.message.timestamp.after.max.ms": long(3_600_000, {
    min: 0,
    scope: "cluster-wide",
    doc: "The cluster's default of the topic config message.timestamp.after.max.ms.",
  }),
  "log.cleaner.enable": boolean(true, {
    doc: "Whether compaction runs at all. Off, compacted topics, the group offsets among them, grow without end.",
  }),
  "log.cleaner.threads": int(1, {
    min: 0,
    scope: "cluster-wide",
    doc: "Kafka's compaction threads. Here any number above 0 means one worker.",
  }),
  "log.cleaner.backoff.ms": long(15_000, {
    min: 0,
    scope: "cluster-wide",
    doc: "How long compaction rests when no log needs it.",
  }),
  "log.cleaner.dedupe.buffer.size": long(134_217_728, {
    scope: "cluster-wide",
    doc: "Memory for the keys of one compaction pass.",
  }),
  "log.cleaner.io.buffer.size": int(524_288, {
    min: 0,
    scope: "cluster-wide",
    doc: "Memory for reading and writing in compaction.",
  }),
  "log.cleaner.io.buffer.load.factor": double(0.9, {
    scope: "cluster-wide",
    doc: "How full the table of keys may get before a pass ends.",
  }),
  "log.cleaner.io.max.bytes.per.second": double(Number.MAX_VALUE, {
    scope: "cluster-wide",
    doc: "The most bytes a second that compaction reads and writes together.",
  }),
  "log.cleaner.delete.retention.ms": long(86_400_000, {
    min: 0,
    scope: "cluster-wide",
    doc: "The cluster's default of the topic config delete.retention.ms.",
  }),
  "log.cleaner.min.cleanable.ratio": double(0.5, {
    min: 0,
    max: 1,
    scope: "cluster-wide",
    doc: "The cluster's default of the topic config min.cleanable.dirty.ratio.",
  }),
  "log.cleaner.min.compaction.lag.ms": long(0, {
    min: 0,
    scope: "cluster-wide",
    doc: "The cluster's default of the topic config min.compaction.lag.ms.",
  }),
  "log.cleaner.max.compaction.lag.ms": long(LONG_MAX, {
    min: 1,
    scope: "cluster-wide",
    doc: "The cluster's default of the topic config max.compaction.lag.ms.",
  }),
  "message.max.bytes": int(1_048_588, {
    min: 0,
    importance: "high",
    scope: "cluster-wide",
    doc: "The cluster's default of the topic config max.message.bytes.",
  }),
  "max.decompressed.message.bytes": int(MAX_DECOMPRESSED_BYTES, {
    min: 1,
    max: MAX_DECOMPRESSED_BYTES,
    scope: "cluster-wide",
    doc: "The cluster's default of the topic config max.decompressed.message.bytes.",
  }),
  "compression.type": string("producer", {
    choices: ["uncompressed", "zstd", "lz4", "snappy", "gzip", "producer"],
    importance: "high",
    scope: "cluster-wide",
    doc: "The cluster's default of the topic config compression.type.",
  }),
  "compression.gzip.level": int(-1, {
    check: gzipLevel,
    scope: "cluster-wide",
    doc: "The cluster's default of the topic config compression.gzip.level.",
  }),
  "compression.lz4.level": int(9, {
    min: 1,
    max: 17,
    scope: "cluster-wide",
    doc: "The cluster's default of the topic config compression.lz4.level.",
  }),
  "compression.zstd.level": int(3, {
    min: -131_072,
    max: 22,
    scope: "cluster-wide",
    doc: "The cluster's default of the topic config compression.zstd.level.",
  }),
  "log.initial.task.delay.ms": long(30_000, {
    min: 0,
    importance: "low",
    internal: true,
    doc: "How long after the start the regular work on logs begins.",
  }),
  "producer.id.expiration.ms": int(86_400_000, {
    min: 1,
    importance: "low",
    scope: "cluster-wide",
    doc: "How long a partition remembers an idle producer's sequence numbers, which is how it knows a repeated batch.",
  }),
  "producer.id.expiration.check.interval.ms": int(600_000, {
    min: 1,
    importance: "low",
    internal: true,
    doc: "How often producers past that time are looked for.",
  }),
} as const satisfies Record<string, ConfigDefinition>;
