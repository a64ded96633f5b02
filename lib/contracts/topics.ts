import * as z from "zod/mini";
import { instantMs } from "@/lib/contracts/primitives";
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
  /** Its closed segments are in remote log storage (KIP-405): sizes are of what brokers have themselves. Absent where not. */
  isTiered: z.optional(z.literal(true)),
});
export type TopicSummary = z.infer<typeof topicSummary>;

/** GET /api/clusters/{cluster}/topics: every topic, internal ones too. */
export const topicList = z.object({
  topics: z.array(topicSummary),
  /**
   * What is drawn before all is read: null in a line then means "not yet" too, and a page as it is sent has the first topics only. Of all topics and
   * their partitions how many there are; null when the list is whole.
   */
  partial: z.nullable(z.object({ topics: z.number(), partitions: z.number() })),
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
  /** `local.retention.ms` and `.bytes` of a tiered topic: what stays on brokers too; -2 as long as `retention.*` says. Null where not tiered. */
  localRetention: z.nullable(z.object({ ms: z.nullable(z.number()), bytes: z.nullable(z.number()) })),
  /** What the console may do with it, in Kafka's words: "Read", "AlterConfigs"; null when the cluster does not tell (KIP-430). */
  rights: z.nullable(z.array(z.string())),
  problems: z.array(problemSchema),
  readAtMs: instantMs,
});
export type TopicDetail = z.infer<typeof topicDetail>;
