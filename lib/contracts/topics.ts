import * as z from "zod/mini";
import { clusterSlug, instantMs, topicName } from "@/lib/contracts/primitives";
import { problemSchema } from "@/lib/problem";

/** One topic in a list. Null means: could not be read (the list's `problems` say why). */
export const topicSummary = z.object({
  name: z.string(),
  /** Kafka's topic id, as its tools write it (base64); null before Kafka 2.8. */
  topicId: z.nullable(z.string()),
  internal: z.boolean(),
  partitionCount: z.number(),
  /** Replicas of a partition; the largest when partitions differ. */
  replicationFactor: z.number(),
  /** Sum of end minus start offset: exact for plain topics, an upper bound for compacted and transactional ones. */
  messages: z.nullable(z.number()),
  /** Bytes on disk of all replicas. */
  sizeBytes: z.nullable(z.number()),
  /** From `cleanup.policy`. */
  cleanupPolicy: z.nullable(z.array(z.enum(["delete", "compact"]))),
  /** From `retention.ms`; -1 keeps for ever. */
  retentionMs: z.nullable(z.number()),
  /** From `retention.bytes`, for each partition; -1 is no limit. */
  retentionBytes: z.nullable(z.number()),
  minInsyncReplicas: z.nullable(z.number()),
  /** Partitions whose ISR is smaller than their replica list. */
  underReplicated: z.number(),
  /** Partitions whose ISR is smaller than min.insync.replicas: acks=all is refused. */
  belowMinIsr: z.number(),
  /** Partitions without a leader. */
  offline: z.number(),
});
export type TopicSummary = z.infer<typeof topicSummary>;

/** GET /api/clusters/{cluster}/topics: every topic, internal ones too. */
export const topicList = z.object({
  topics: z.array(topicSummary),
  /** What could not be read, when the rest could. */
  problems: z.array(problemSchema),
  readAtMs: instantMs,
});
export type TopicList = z.infer<typeof topicList>;

/** GET /api/clusters/{cluster}/topics/{topic}: the header of a topic's pages. */
export const topicDetail = z.object({
  ...topicSummary.shape,
  /** Configs set on the topic itself; null when they cannot be read. */
  changedConfigs: z.nullable(z.number()),
  /** What the console may do with it, in Kafka's words: "Read", "AlterConfigs"; null when the cluster does not tell (KIP-430). */
  rights: z.nullable(z.array(z.string())),
  problems: z.array(problemSchema),
  readAtMs: instantMs,
});
export type TopicDetail = z.infer<typeof topicDetail>;

/** A consumer group with committed offsets or an assignment in the topic. */
export const affectedGroup = z.object({
  groupId: z.string(),
  /** Kafka's word: Stable, Empty, PreparingRebalance, … */
  state: z.string(),
  members: z.number(),
});

/** GET /api/clusters/{cluster}/topics/{topic}/deletion: what deleting the topic would take with it. */
export const topicDeletionPlan = z.object({
  topic: z.string(),
  topicId: z.nullable(z.string()),
  internal: z.boolean(),
  partitionCount: z.number(),
  replicationFactor: z.number(),
  messages: z.nullable(z.number()),
  sizeBytes: z.nullable(z.number()),
  /** Timestamp of the oldest record still kept. */
  oldestTimestampMs: z.nullable(z.number()),
  /** Messages that arrived while the plan was made, per second; null when not measured. */
  messagesPerSecond: z.nullable(z.number()),
  groups: z.array(affectedGroup),
  /** Impacts that could not be found out. */
  problems: z.array(problemSchema),
  /** Given back with the deletion, which is refused (`changed-meanwhile`) when the topic is another one by then. */
  fingerprint: z.string(),
});
export type TopicDeletionPlan = z.infer<typeof topicDeletionPlan>;

/** Input of the action `createTopic`. Null leaves the choice to the brokers (num.partitions, default.replication.factor). */
export const createTopicInput = z.object({
  cluster: clusterSlug,
  name: topicName,
  partitions: z.nullable(z.int().check(z.minimum(1, "At least 1."), z.maximum(100_000, "At most 100000."))),
  replicationFactor: z.nullable(z.int().check(z.minimum(1, "At least 1."), z.maximum(1_000, "At most 1000."))),
  configs: z.record(z.string(), z.string()),
});
export type CreateTopicInput = z.infer<typeof createTopicInput>;

/** Input of the change `copy-topic`: a topic to make, and the one whose messages come into it. */
export const copyTopicInput = z.object({ ...createTopicInput.shape, from: topicName });
export type CopyTopicInput = z.infer<typeof copyTopicInput>;

/** What the cluster made of it. */
export type CreatedTopic = {
  readonly name: string;
  readonly topicId: string | null;
  readonly partitionCount: number;
  readonly replicationFactor: number;
};

/** Input of the action `deleteTopic`. */
export const deleteTopicInput = z.object({
  cluster: clusterSlug,
  topic: topicName,
  /** The name as the person typed it; must equal `topic`. */
  confirmation: z.string(),
  fingerprint: z.string(),
});
export type DeleteTopicInput = z.infer<typeof deleteTopicInput>;
