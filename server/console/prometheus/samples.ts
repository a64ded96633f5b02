import type { TopicMetadata } from "../../client/metadata-image.ts";
import { type ClusterSnapshot, partitionKey, type SampledGroup } from "../engine/sampler/snapshot.ts";
import type { PartitionOffsets } from "../topic-columns/offsets-column.ts";
import type { Labels } from "./exposition.ts";

type Sample = readonly [Labels, number];
type Partition = TopicMetadata["partitions"][number];

/** One sample a partition, of what metadata says. */
export function* partitionsOf(
  { topics }: ClusterSnapshot,
  valueOf: (partition: Partition) => number,
  labelsOf: (topic: string, partition: number) => Labels,
): Generator<Sample> {
  for (const { name, partitions } of topics)
    for (const partition of partitions) yield [labelsOf(name ?? "", partition.partitionIndex), valueOf(partition)];
}

/** One sample a partition, of its offsets; those that could not be read are not there. */
export function* offsetsOf(
  { offsets }: ClusterSnapshot,
  valueOf: (offsets: PartitionOffsets) => number,
  labelsOf: (topic: string, partition: number) => Labels,
): Generator<Sample> {
  for (const [topic, partitions] of offsets?.value ?? [])
    for (const [partition, found] of partitions) yield [labelsOf(topic, partition), valueOf(found)];
}

/** What a group has committed in one partition; the lag is undefined when the partition's end is not known. */
type Committed = {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly lag: number | undefined;
};

function* committed({ offsets, lagOf }: SampledGroup): Generator<Committed> {
  for (const { topic, partition, offset } of offsets ?? [])
    yield { topic, partition, offset, lag: lagOf.get(partitionKey(topic, partition)) };
}

/** One sample a group and partition, where there is a value. */
export function* committedOf(
  groups: readonly SampledGroup[],
  valueOf: (committed: Committed) => number | undefined,
  labelsOf: (group: string, topic: string, partition: number) => Labels,
): Generator<Sample> {
  for (const group of groups)
    for (const own of committed(group)) {
      const value = valueOf(own);
      if (value !== undefined) yield [labelsOf(group.groupId, own.topic, own.partition), value];
    }
}

/** One sample a group and topic: a sum, where every part of it is known. */
export function* sumByTopic(
  groups: readonly SampledGroup[],
  valueOf: (committed: Committed) => number | undefined,
  labelsOf: (group: string, topic: string) => Labels,
): Generator<Sample> {
  for (const group of groups) {
    const sums = new Map<string, number>();
    for (const own of committed(group)) sums.set(own.topic, (sums.get(own.topic) ?? 0) + (valueOf(own) ?? Number.NaN));
    for (const [topic, sum] of sums) if (!Number.isNaN(sum)) yield [labelsOf(group.groupId, topic), sum];
  }
}
