import type { PartitionDetail, PartitionList, ReplicaDetail } from "../../lib/contracts/partitions.ts";
import { succeed } from "../../lib/result.ts";
import type { TopicMetadata } from "../client/metadata-image.ts";
import { findTopic } from "./find-topic.ts";
import { settle } from "./settled.ts";
import { readTieredOffsets, type TieredOffsets } from "./tiered-offsets.ts";
import { type PartitionOffsets, readOffsetsColumn } from "./topic-columns/offsets-column.ts";
import { readSettingsColumn } from "./topic-columns/settings-column.ts";
import { readSizesColumn, type ReplicaSize } from "./topic-columns/sizes-column.ts";
import { defineUseCase } from "./use-case.ts";

/** Partitions of a topic with leaders, replicas, offsets and sizes. */
export const listPartitions = defineUseCase<{ readonly cluster: string; readonly topic: string }, PartitionList>({
  failed: ({ topic }) => `Partitions of ${topic} could not be listed`,
  async run({ cluster }, input, title) {
    const found = await findTopic(cluster, input.topic, title);
    if (!found.ok) return found;
    const topic = found.value;
    const { identity } = cluster;
    const [offsets, sizes, settings] = await Promise.all([
      settle(readOffsetsColumn(cluster, [topic]), { title: "Offsets could not be read", identity }),
      settle(readSizesColumn(cluster, [topic], { only: true }), { title: "Sizes could not be read", identity }),
      settle(readSettingsColumn(cluster, [topic]), { title: "min.insync.replicas could not be read", identity }),
    ]);
    const own = settings.value?.values.get(input.topic);
    const tiers = await settle(
      own?.isTiered === true ? readTieredOffsets(cluster, topic) : Promise.resolve(undefined),
      {
        title: "What is in remote storage could not be read",
        identity,
      },
    );
    const ownOffsets = offsets.value?.values.get(input.topic);
    const ownSizes = sizes.value?.values.get(input.topic) ?? [];
    return succeed({
      partitions: topic.partitions
        .map((partition) => ({
          ...describePartition(partition, ownOffsets?.get(partition.partitionIndex), ownSizes),
          ...tierOf(tiers.value?.get(partition.partitionIndex)),
        }))
        .sort((a, b) => a.partition - b.partition),
      brokers: [...cluster.client.metadata.brokers.values()].sort((a, b) => a.id - b.id),
      minInsyncReplicas: own?.minInsyncReplicas ?? null,
      isTiered: own?.isTiered ?? false,
      problems: [
        ...[offsets, sizes, settings].flatMap(({ value, problems }) => [...problems, ...(value?.problems ?? [])]),
        ...tiers.problems,
      ],
      readAtMs: Date.now(),
    });
  },
});

type Partition = TopicMetadata["partitions"][number];

function describePartition(
  partition: Partition,
  offsets: PartitionOffsets | undefined,
  sizes: readonly ReplicaSize[],
): PartitionDetail {
  const { partitionIndex, leaderId, leaderEpoch, replicaNodes } = partition;
  const own = new Map(sizes.filter((size) => size.partition === partitionIndex).map((size) => [size.broker, size]));
  return {
    partition: partitionIndex,
    leader: leaderId < 0 ? null : leaderId,
    leaderEpoch: leaderEpoch < 0 ? null : leaderEpoch,
    replicas: replicaNodes.map((broker) => describeReplica(broker, partition, own.get(broker))),
    startOffset: offsets ? String(offsets.start) : null,
    endOffset: offsets ? String(offsets.end) : null,
    sizeBytes: own.get(leaderId)?.sizeBytes ?? null,
  };
}

function tierOf(offsets: TieredOffsets | undefined): Pick<PartitionDetail, "tier"> {
  if (offsets === undefined) return {};
  const { localStart, lastTiered } = offsets;
  return {
    tier: {
      localStartOffset: localStart === null || localStart < 0 ? null : String(localStart),
      lastTieredOffset: lastTiered === null ? null : String(lastTiered),
    },
  };
}

function describeReplica(
  broker: number,
  { isrNodes, offlineReplicas }: Partition,
  size: ReplicaSize | undefined,
): ReplicaDetail {
  const state = offlineReplicas.includes(broker) ? "offline" : isrNodes.includes(broker) ? "in-sync" : "lagging";
  const { lagMessages = null, sizeBytes = null, directory = null } = size ?? {};
  return { broker, state, lagMessages, sizeBytes, directory };
}
