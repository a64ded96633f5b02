import type { TopicSummary } from "../../lib/contracts/topics.ts";
import type { TopicMetadata } from "../client/metadata-image.ts";
import { messageCount, type OffsetsColumn } from "./topic-columns/offsets-column.ts";
import type { SettingsColumn } from "./topic-columns/settings-column.ts";
import { type SizesColumn, totalSize } from "./topic-columns/sizes-column.ts";

/** What is known of topics beside their metadata; a column that failed is undefined. */
export type TopicColumns = {
  readonly offsets: OffsetsColumn | undefined;
  readonly sizes: SizesColumn | undefined;
  readonly settings: SettingsColumn | undefined;
};

/** The all-zero id that clusters before topic ids (Kafka 2.8) give. */
const NO_TOPIC_ID = "AAAAAAAAAAAAAAAAAAAAAA";

/** The topic's id, if the cluster has ids. */
export function topicIdOf({ topicId }: { readonly topicId: string }): string | null {
  return topicId === NO_TOPIC_ID ? null : topicId;
}

/** Replicas of a partition; the largest where partitions differ. */
export function replicationFactorOf({ partitions }: TopicMetadata): number {
  return partitions.reduce((largest, { replicaNodes }) => Math.max(largest, replicaNodes.length), 0);
}

/** Puts a topic's line together. */
export function summariseTopic(topic: TopicMetadata, { offsets, sizes, settings }: TopicColumns): TopicSummary {
  const name = topic.name ?? "";
  const { partitions } = topic;
  const own = settings?.values.get(name);
  const minIsr = own?.minInsyncReplicas ?? null;
  return {
    name,
    topicId: topicIdOf(topic),
    internal: topic.isInternal,
    partitionCount: partitions.length,
    replicationFactor: replicationFactorOf(topic),
    messages: messageCount(partitions.length, offsets?.values.get(name)),
    sizeBytes: sizes ? totalSize(topic, sizes) : null,
    cleanupPolicy: own?.cleanupPolicy ?? null,
    retentionMs: own?.retentionMs ?? null,
    retentionBytes: own?.retentionBytes ?? null,
    minInsyncReplicas: minIsr,
    underReplicated: partitions.filter(({ isrNodes, replicaNodes }) => isrNodes.length < replicaNodes.length).length,
    belowMinIsr: minIsr === null ? 0 : partitions.filter((partition) => isBelowMinIsr(partition, minIsr)).length,
    offline: partitions.filter(({ leaderId }) => leaderId < 0).length,
    ...(own?.isTiered === true && { isTiered: true }),
  };
}

/** Whether acks=all is refused. The minimum counts at most as many replicas as there are (Kafka's effectiveMinIsr). */
export function isBelowMinIsr(
  { isrNodes, replicaNodes }: Pick<TopicMetadata["partitions"][number], "isrNodes" | "replicaNodes">,
  minIsr: number,
): boolean {
  return isrNodes.length < Math.min(minIsr, replicaNodes.length);
}
