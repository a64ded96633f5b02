import { boolean, double, int, list, long, LONG_MAX, string, type ConfigDefinition } from "./definition.ts";

/** Codecs that a topic may ask for (TopicConfig.COMPRESSION_TYPE_CONFIG). */
export const COMPRESSION_TYPES = ["uncompressed", "zstd", "lz4", "snappy", "gzip", "producer"] as const;
/** Clean-up policies (TopicConfig.CLEANUP_POLICY_CONFIG). */
export const CLEANUP_POLICIES = ["compact", "delete"] as const;
/** Where a record's timestamp comes from. */
export const TIMESTAMP_TYPES = ["CreateTime", "LogAppendTime"] as const;
/** Java's largest array, Kafka's limit of a decompressed batch. */
export const MAX_DECOMPRESSED_BYTES = 2_147_483_639;

/** Every topic config of Kafka 4.2, in the order in which DescribeConfigs sorts them: by name. */
export const topicConfigs = {
  "cleanup.policy": list(["delete"], {
    choices: CLEANUP_POLICIES,
    doc: "What happens to old records: delete drops whole segments by age or size, compact keeps the last record of each key, both together do both. An empty list keeps everything.",
  }),
  "compression.gzip.level": int(-1, {
    check: gzipLevel,
    doc: "Effort of gzip when the topic itself compresses with it; -1 is gzip's own default.",
  }),
  "compression.lz4.level": int(9, { min: 1, max: 17, doc: "Effort of lz4 when the topic itself compresses with it." }),
  "compression.type": string("producer", {
    choices: COMPRESSION_TYPES,
    doc: "The codec in which batches are stored. producer keeps what the producer chose; any other value recompresses batches that differ.",
  }),
  "compression.zstd.level": int(3, {
    min: -131_072,
    max: 22,
    doc: "Effort of zstd when the topic itself compresses with it.",
  }),
  "delete.retention.ms": long(86_400_000, {
    min: 0,
    doc: "How long a tombstone (a record with a null value) stays readable in a compacted topic after compaction has reached it, so that a reader starting from the beginning sees the deletion.",
  }),
  "file.delete.delay.ms": long(60_000, {
    min: 0,
    doc: "How long a segment's files wait on disk after it has left the log.",
  }),
  "flush.messages": long(LONG_MAX, {
    min: 1,
    doc: "Forces written data to disk after this many records. Unset, the operating system decides, and replication guards what it has not written yet.",
  }),
  "flush.ms": long(LONG_MAX, { min: 0, doc: "Forces written data to disk when it is older than this." }),
  "follower.replication.throttled.replicas": list([], {
    check: throttledReplicas,
    doc: "Replicas whose copying is slowed down on the follower's side, as partition:broker pairs, or * for all of the topic. Set while partitions are moved.",
  }),
  "index.interval.bytes": int(4096, {
    min: 0,
    doc: "Bytes of records between two entries of a segment's offset index: smaller finds faster and makes a larger index.",
  }),
  "leader.replication.throttled.replicas": list([], {
    check: throttledReplicas,
    doc: "Replicas whose copying is slowed down on the leader's side, as partition:broker pairs, or * for all of the topic. Set while partitions are moved.",
  }),
  "local.retention.bytes": long(-2, {
    min: -2,
    doc: "With tiered storage, bytes of a partition that stay on the broker's own disk; -2 uses retention.bytes. Without effect here, because segments are never tiered.",
  }),
  "local.retention.ms": long(-2, {
    min: -2,
    doc: "With tiered storage, how long segments stay on the broker's own disk; -2 uses retention.ms. Without effect here, because segments are never tiered.",
  }),
  "max.compaction.lag.ms": long(LONG_MAX, {
    min: 1,
    doc: "The longest time that a record of a compacted topic may wait before compaction must look at it.",
  }),
  "max.decompressed.message.bytes": int(MAX_DECOMPRESSED_BYTES, {
    min: 1,
    max: MAX_DECOMPRESSED_BYTES,
    doc: "The largest size of one record in a compressed batch once it is uncompressed; guards against records built to fill the memory.",
  }),
  "max.message.bytes": int(1_048_588, {
    min: 0,
    doc: "The largest record batch that the topic takes, after compression. Raise fetch sizes of old consumers along with it.",
  }),
  "message.timestamp.after.max.ms": long(3_600_000, {
    min: 0,
    doc: "How far in the future a record's timestamp may lie; records beyond are refused. Not used with LogAppendTime.",
  }),
  "message.timestamp.before.max.ms": long(LONG_MAX, {
    min: 0,
    doc: "How far in the past a record's timestamp may lie; records beyond are refused. Not used with LogAppendTime.",
  }),
  "message.timestamp.type": string("CreateTime", {
    choices: TIMESTAMP_TYPES,
    doc: "CreateTime keeps the producer's timestamps; LogAppendTime replaces them by the time at which the broker wrote the batch.",
  }),
  "min.cleanable.dirty.ratio": double(0.5, {
    min: 0,
    max: 1,
    doc: "The share of a log that must be uncompacted before compaction takes it up; lower compacts more often and wastes less space.",
  }),
  "min.compaction.lag.ms": long(0, { min: 0, doc: "How long a record is safe from compaction after it was written." }),
  "min.insync.replicas": int(1, {
    min: 1,
    doc: "Replicas that must have a record before a producer with acks=all gets its answer, itself included. Fewer in sync: such writes are refused.",
  }),
  preallocate: boolean(false, {
    doc: "In Kafka, reserves a new segment's full size on disk when it is made. Without effect here: segments grow as they are written.",
  }),
  "remote.log.copy.disable": boolean(false, {
    doc: "With tiered storage, stops copying segments to the remote tier. Without effect here, because segments are never tiered.",
  }),
  "remote.log.delete.on.disable": boolean(false, {
    doc: "With tiered storage, deletes what the remote tier holds when tiering is turned off. Without effect here, because segments are never tiered.",
  }),
  "remote.storage.enable": boolean(false, {
    doc: "Turns tiered storage on for the topic. The bundled cluster has none, so it can only be false.",
  }),
  "retention.bytes": long(-1, {
    doc: "The size at which a partition starts to drop its oldest segments; -1 sets no limit. A limit for each partition, not for the topic.",
  }),
  "retention.ms": long(604_800_000, {
    min: -1,
    doc: "How long records are kept under the delete policy, counted from the newest record of their segment; -1 keeps them for ever.",
  }),
  "segment.bytes": int(1_073_741_824, {
    min: 1_048_576,
    doc: "The size of a log segment. Retention and compaction work on whole closed segments, so smaller ones make them finer and files more.",
  }),
  "segment.index.bytes": int(10_485_760, {
    min: 4,
    doc: "The largest size of a segment's index; a full index closes the segment.",
  }),
  "segment.jitter.ms": long(0, {
    min: 0,
    doc: "The most by which closing a segment by age is brought forward at random, so that segments do not all close at once.",
  }),
  "segment.ms": long(604_800_000, {
    min: 1,
    doc: "The age at which a segment is closed even if it is not full, so that retention and compaction can reach it.",
  }),
  "unclean.leader.election.enable": boolean(false, {
    doc: "Lets a replica that is not in sync lead when no other is left: the partition works again and may have lost records.",
  }),
} as const satisfies Record<string, ConfigDefinition>;

/** The name of a topic config. */
export type TopicConfigName = keyof typeof topicConfigs;

/** Tells whether Kafka 4.2 has a topic config of this name. */
export function isTopicConfigName(name: string): name is TopicConfigName {
  return Object.hasOwn(topicConfigs, name);
}

/** gzip's levels, with Kafka's words for others. */
export function gzipLevel(level: number): string | undefined {
  return level === -1 || (level >= 1 && level <= 9) ? undefined : "Value must be between 1 and 9 or equal to -1";
}

/** Kafka's ThrottledReplicaListValidator. */
function throttledReplicas(replicas: readonly string[], name: string): string | undefined {
  const fits = replicas.join(",") === "*" || replicas.every((replica) => /^\d+:\d+$/.test(replica));
  if (fits) return undefined;
  return `${name} must be the literal '*' or a list of replicas in the following format: [partitionId]:[brokerId],[partitionId]:[brokerId],...`;
}
