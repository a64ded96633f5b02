import * as z from "zod/mini";
import { clusterSlug, offsetText, partitionNumber, topicName } from "@/lib/contracts/primitives";

/** Topics that one change may be made to. */
const topicsMax = 10_000;

/** Configs by name; null goes back to what the cluster gives. */
export const configTexts = z.record(z.string().check(z.minLength(1), z.maxLength(249)), z.nullable(z.string()));
export type ConfigTexts = z.infer<typeof configTexts>;

/** Input of the change `alter-topic-configs`. */
export const alterTopicConfigsInput = z.object({
  cluster: clusterSlug,
  changes: z
    .array(z.object({ topic: topicName, configs: configTexts }))
    .check(z.minLength(1, "At least one topic."), z.maxLength(topicsMax)),
});
export type AlterTopicConfigsInput = z.infer<typeof alterTopicConfigsInput>;

/** Input of the change `add-partitions`. */
export const addPartitionsInput = z.object({
  cluster: clusterSlug,
  topic: topicName,
  /** Partitions in all. */
  count: z.int().check(z.minimum(1, "At least 1."), z.maximum(100_000, "At most 100000.")),
});
export type AddPartitionsInput = z.infer<typeof addPartitionsInput>;

/** Up to where records are deleted. */
export const deletionPoint = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("everything") }),
  z.object({
    kind: z.literal("partitions"),
    partitions: z.array(partitionNumber).check(z.minLength(1, "At least one partition.")),
  }),
  /** Records before the offset go. */
  z.object({
    kind: z.literal("offsets"),
    offsets: z
      .array(z.object({ partition: partitionNumber, offset: offsetText }))
      .check(z.minLength(1, "At least one offset.")),
  }),
  /** Records before the first one at or after the time go. */
  z.object({ kind: z.literal("time"), timestampMs: z.int().check(z.minimum(0)) }),
]);
export type DeletionPoint = z.infer<typeof deletionPoint>;

/** Input of the change `delete-records`. */
export const deleteRecordsInput = z
  .object({
    cluster: clusterSlug,
    topics: z.array(topicName).check(z.minLength(1, "At least one topic."), z.maxLength(topicsMax)),
    upTo: deletionPoint,
  })
  .check(
    z.refine(
      ({ topics, upTo }) => topics.length === 1 || upTo.kind === "everything" || upTo.kind === "time",
      "Partitions and offsets are of one topic.",
    ),
  );
export type DeleteRecordsInput = z.infer<typeof deleteRecordsInput>;

/** Input of the change `delete-topics`. */
export const deleteTopicsInput = z.object({
  cluster: clusterSlug,
  topics: z
    .array(
      z.object({
        name: topicName,
        /** Only the topic with this id, when one is named: another of the same name is another topic. */
        topicId: z.optional(z.nullable(z.string())),
      }),
    )
    .check(z.minLength(1, "At least one topic."), z.maxLength(topicsMax)),
});
export type DeleteTopicsInput = z.infer<typeof deleteTopicsInput>;

/** Input of the change `recreate-topic`. */
export const recreateTopicInput = z.object({ cluster: clusterSlug, topic: topicName });
export type RecreateTopicInput = z.infer<typeof recreateTopicInput>;
