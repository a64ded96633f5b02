import type { Problem } from "../../../../lib/problem.ts";
import type { BrokerNode, TopicMetadata } from "../../../client/metadata-image.ts";
import type { GroupFacts } from "../../read-groups.ts";
import type { PartitionOffsets } from "../../topic-columns/offsets-column.ts";

/** Facts with the time at which they were read: what could not be read again keeps its old time. */
export type Timed<T> = { readonly value: T; readonly readAtMs: number };

/** Log directories of one broker, summed. */
export type BrokerDisk = {
  readonly sizeBytes: number;
  readonly replicas: number;
  /** Of the file systems; null before Kafka 3.3 (KIP-827). */
  readonly totalBytes: number | null;
  readonly usableBytes: number | null;
};

/** How a broker answered when it was asked itself. */
export type BrokerAnswer =
  { readonly latencyMs: number; readonly version: string | null } | { readonly problem: Problem };

/** What the log directories of all brokers hold. */
export type Disks = {
  readonly brokers: ReadonlyMap<number, BrokerDisk>;
  /** Bytes of all replicas; a topic with a replica on a broker that did not tell is not there. */
  readonly topics: ReadonlyMap<string, number>;
};

/** A group with its lag. */
export type SampledGroup = GroupFacts & {
  /** By "topic/partition"; a partition whose end is not known is not there. */
  readonly lagOf: ReadonlyMap<string, number>;
  /** Messages not yet read; null when an offset or an end that counts is not known. */
  readonly lagMessages: number | null;
};

/** Everything that one sweep found of a cluster. */
export type ClusterSnapshot = {
  /** When topics and brokers were read: the age of the whole. */
  readonly readAtMs: number;
  readonly topics: readonly TopicMetadata[];
  readonly brokers: readonly BrokerNode[];
  readonly controllerId: number | null;
  /** By topic and partition. */
  readonly offsets: Timed<ReadonlyMap<string, ReadonlyMap<number, PartitionOffsets>>> | null;
  readonly disks: Timed<Disks> | null;
  readonly answers: Timed<ReadonlyMap<number, BrokerAnswer>> | null;
  /** min.insync.replicas by topic. */
  readonly minIsr: ReadonlyMap<string, number>;
  /** By group id; null when groups could never be read. */
  readonly groups: Timed<ReadonlyMap<string, SampledGroup>> | null;
  readonly problems: readonly Problem[];
};

/** A partition's name in maps: a topic's name has no slash. */
export function partitionKey(topic: string, partition: number): string {
  return `${topic}/${partition}`;
}

/** Lag of a group, from its offsets and the ends that were read after them. */
export function withLag(
  group: GroupFacts,
  topics: ReadonlyMap<string, TopicMetadata>,
  offsets: ReadonlyMap<string, ReadonlyMap<number, PartitionOffsets>> | undefined,
): SampledGroup {
  const lagOf = new Map<string, number>();
  let lagMessages: number | null = group.offsets === null ? null : 0;
  for (const { topic, partition, offset, lag: told } of group.offsets ?? []) {
    // Offsets outlive their topic; nothing of it is left to read.
    if (!topics.has(topic)) continue;
    const end = offsets?.get(topic)?.get(partition)?.end;
    if (end === undefined) {
      lagMessages = null;
      continue;
    }
    const lag = told ?? Math.max(0, end - offset);
    lagOf.set(partitionKey(topic, partition), lag);
    if (lagMessages !== null) lagMessages += lag;
  }
  return { ...group, lagOf, lagMessages };
}

/** What all groups together have not read; null when that of one is not known, since a sum of some is no total. */
export function totalLag({ groups }: Pick<ClusterSnapshot, "groups">): number | null {
  if (groups === null) return null;
  let sum = 0;
  for (const { lagMessages } of groups.value.values()) {
    if (lagMessages === null) return null;
    sum += lagMessages;
  }
  return sum;
}
