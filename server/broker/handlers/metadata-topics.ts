import { LEADER_NOT_AVAILABLE, LISTENER_NOT_FOUND, NONE, REPLICA_NOT_AVAILABLE } from "../../wire/errors.ts";
import type { MetadataImage, PartitionImage } from "../controller/image.ts";
import { endpointOf } from "./leader-hint.ts";

/** Topics that Kafka itself keeps (org.apache.kafka.common.internals.Topic). */
const INTERNAL_TOPICS: ReadonlySet<string> = new Set([
  "__consumer_offsets",
  "__transaction_state",
  "__share_group_state",
]);

/** Whether clients must not treat the topic as an ordinary one. */
export function isInternalTopic(name: string): boolean {
  return INTERNAL_TOPICS.has(name);
}

/** A partition as Metadata and DescribeTopicPartitions tell it. */
export type DescribedPartition = {
  readonly errorCode: number;
  readonly partitionIndex: number;
  readonly leaderId: number;
  readonly leaderEpoch: number;
  readonly replicaNodes: readonly number[];
  readonly isrNodes: readonly number[];
  readonly offlineReplicas: readonly number[];
};

/** Which errors a version of Metadata knows. */
export type MetadataErrors = {
  /** v6+: 72 instead of 5 for a leader without the client's listener. */
  readonly listenerNotFound: boolean;
  /** v0: replicas that are down are left out and told as 9. */
  readonly replicaNotAvailable: boolean;
};

/** What the newest clients understand. */
export const NEWEST_ERRORS: MetadataErrors = { listenerNotFound: true, replicaNotAvailable: false };

/** A partition as clients of a listener see it: its leader must be up and have that listener (KRaftMetadataCache.getPartitionMetadata). */
export function describePartition(
  image: MetadataImage,
  partition: PartitionImage,
  listenerName: string,
  errors: MetadataErrors,
): DescribedPartition {
  const offline = partition.replicas.filter((id) => !isAlive(image, id));
  const leaderIsAlive = isAlive(image, partition.leader);
  const leaderIsReachable = leaderIsAlive && endpointOf(image, partition.leader, listenerName) !== undefined;
  const online = (ids: readonly number[]) =>
    errors.replicaNotAvailable ? ids.filter((id) => isAlive(image, id)) : ids;
  return {
    errorCode: errorOf({ leaderIsAlive, leaderIsReachable, anyOffline: offline.length > 0, errors }),
    partitionIndex: partition.partition,
    leaderId: leaderIsReachable ? partition.leader : -1,
    leaderEpoch: partition.leaderEpoch,
    replicaNodes: online(partition.replicas),
    isrNodes: online(partition.isr),
    offlineReplicas: offline,
  };
}

type Situation = {
  readonly leaderIsAlive: boolean;
  readonly leaderIsReachable: boolean;
  readonly anyOffline: boolean;
  readonly errors: MetadataErrors;
};

function errorOf({ leaderIsAlive, leaderIsReachable, anyOffline, errors }: Situation): number {
  if (!leaderIsAlive) return LEADER_NOT_AVAILABLE;
  if (!leaderIsReachable) return errors.listenerNotFound ? LISTENER_NOT_FOUND : LEADER_NOT_AVAILABLE;
  return errors.replicaNotAvailable && anyOffline ? REPLICA_NOT_AVAILABLE : NONE;
}

/** Registered and not fenced. */
export function isAlive(image: MetadataImage, nodeId: number): boolean {
  return image.brokers.get(nodeId)?.fenced === false;
}
