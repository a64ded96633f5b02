import { DirectoryId } from "../../broker/controller/directory-id.ts";
import type { MetadataImage, PartitionImage } from "../../broker/controller/image.ts";
import { partitionKey } from "../../broker/topic-partition.ts";
import type { StoppedDirectory, StoppedPartition } from "./stopped-directory.ts";

/** A stopped cluster: what its metadata say, and the log directories of its brokers. */
export type StoppedCluster = {
  readonly image: MetadataImage;
  readonly clusterId: string;
  readonly directories: readonly StoppedDirectory[];
};

/** Where metadata and files disagree; and the directories, by path, that no metadata name: Kafka would set them aside as `-stray`. */
export type Agreement = { readonly problems: readonly string[]; readonly strays: readonly string[] };

/** More problems than this are counted, not listed. */
const PROBLEMS_MAX = 20;

/** Compares ids, replica lists and files of a stopped cluster. */
export function checkAgreement(cluster: StoppedCluster): Agreement {
  const problems = [...ownerProblems(cluster), ...brokerProblems(cluster), ...missingPartitions(cluster)];
  const rest = problems.length - PROBLEMS_MAX;
  const strays = cluster.directories.flatMap((directory) => [
    ...directory.others.map((name) => `${directory.path}/${name}`),
    ...[...directory.futures.keys()]
      .filter((name) => !isWanted(cluster.image, directory, name))
      .map((name) => `${directory.path}/${name}`),
    ...[...directory.partitions.keys()]
      .filter((key) => !isNamed(cluster.image, directory, key))
      .map((key) => `${directory.path}/${key}`),
  ]);
  return { problems: rest > 0 ? [...problems.slice(0, PROBLEMS_MAX), `… and ${rest} more`] : problems, strays };
}

/** Whether the metadata put this partition, with the topic id that its directory has, into this directory. */
export function isNamed(image: MetadataImage, directory: StoppedDirectory, key: string): boolean {
  const found = directory.partitions.get(key);
  const partition = found && replicaOf(image, directory.nodeId, found);
  return partition !== undefined && isPlace(partition, directory);
}

/** Whether a copy in the directory is of a partition that the metadata put on this broker. */
export function isWanted(image: MetadataImage, { nodeId, futures }: StoppedDirectory, name: string): boolean {
  const found = futures.get(name);
  return found !== undefined && replicaOf(image, nodeId, found) !== undefined;
}

/** The partition that the files are of, when a broker has a replica of it. */
function replicaOf(
  image: MetadataImage,
  nodeId: number,
  { topicPartition, topicId }: StoppedPartition,
): PartitionImage | undefined {
  const topic = image.topicsByName.get(topicPartition.topic);
  const partition = topic?.partitions[topicPartition.partition];
  return topic?.id === topicId && partition?.replicas.includes(nodeId) === true ? partition : undefined;
}

function isPlace(partition: PartitionImage, { nodeId, directoryId }: StoppedDirectory): boolean {
  const placed = partition.directories[partition.replicas.indexOf(nodeId)];
  return placed === directoryId || placed === DirectoryId.unassigned || placed === DirectoryId.migrating;
}

function ownerProblems({ clusterId, directories }: StoppedCluster): string[] {
  return directories
    .filter((directory) => directory.clusterId !== clusterId)
    .map(({ path, clusterId: other }) => `${path} belongs to the cluster ${other}, and the metadata to ${clusterId}.`);
}

function brokerProblems({ image, directories }: StoppedCluster): string[] {
  return directories.flatMap(({ path, nodeId, directoryId, cleanShutdownEpoch }) => {
    const broker = image.brokers.get(nodeId);
    if (broker === undefined) return [`${path} belongs to node ${nodeId}, which the metadata do not know as a broker.`];
    if (cleanShutdownEpoch === undefined)
      return [`Broker ${nodeId} was not stopped in order, or still runs: ${path} has no .kafka_cleanshutdown.`];
    if (cleanShutdownEpoch !== broker.epoch)
      return [
        `Broker ${nodeId} was last stopped in epoch ${cleanShutdownEpoch}, and the metadata have it in ${broker.epoch}: ${path} and the metadata are of different times.`,
      ];
    if (!broker.logDirs.includes(directoryId))
      return [`${path} has the directory id ${directoryId}, which the metadata do not name for broker ${nodeId}.`];
    return [];
  });
}

/**
 * In-sync and eligible replicas without the directory of a partition that has records: Kafka would make an empty one, and take it for the truth. One
 * that was never written to has none, because it is made at the first use.
 */
function missingPartitions({ image, directories }: StoppedCluster): string[] {
  const missing: string[] = [];
  for (const { name: topic, partitions } of image.topicsByName.values()) {
    for (const { partition, isr, eligibleLeaderReplicas } of partitions) {
      const key = partitionKey({ topic, partition });
      if (directories.every(({ highWatermarks }) => (highWatermarks.get(key) ?? 0) === 0)) continue;
      for (const nodeId of new Set([...isr, ...eligibleLeaderReplicas])) {
        const hasIt = directories.some((each) => each.nodeId === nodeId && isNamed(image, each, key));
        if (!hasIt) missing.push(`Broker ${nodeId} is in sync for ${key} and has no directory of it.`);
      }
    }
  }
  return missing;
}
