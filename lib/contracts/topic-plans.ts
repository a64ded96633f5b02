import * as z from "zod/mini";
import { clusterSlug, topicName } from "@/lib/contracts/primitives";
import { linkedConnector } from "@/lib/contracts/topic-links";
import { problemSchema } from "@/lib/problem";

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
  /** Messages in remote log storage, which go too and are not in `sizeBytes`, and those that no broker has itself; null inside: not told. */
  tiered: z.nullable(z.object({ remote: z.nullable(z.number()), onlyRemote: z.nullable(z.number()) })),
  /** Timestamp of the oldest record still kept. */
  oldestTimestampMs: z.nullable(z.number()),
  /** Messages that arrived while the plan was made, per second; null when not measured. */
  messagesPerSecond: z.nullable(z.number()),
  groups: z.array(affectedGroup),
  /** Access control entries that name the topic, and stay; null where there is no access control, or it is not told. */
  accessEntries: z.nullable(z.number()),
  /** Connectors that use it; none where no Connect cluster is known, a problem where one does not tell. */
  connectors: z.array(z.pick(linkedConnector, { name: true, use: true })),
  /** Subjects of the Schema Registry that are named after it, and stay; likewise. */
  subjects: z.array(z.string()),
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

/** Input of the change `restore-topic`: the job that saved a topic in a file, and the name of the topic to make of it. */
export const restoreTopicInput = z.object({ cluster: clusterSlug, job: z.int(), name: topicName });
export type RestoreTopicInput = z.infer<typeof restoreTopicInput>;

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
