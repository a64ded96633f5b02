import type { Disk } from "../../environment/environment.ts";
import { readOffsetCheckpoint, REPLICATION_CHECKPOINT } from "../../broker/log/checkpoint-file.ts";
import { readCleanShutdown } from "../../broker/log/log-directory.ts";
import { directoryKind } from "../../broker/log/log-files.ts";
import { LogDirectoryError, readMetaProperties } from "../../broker/log/meta-properties.ts";
import { readPartitionMetadata } from "../../broker/log/partition-metadata.ts";
import { METADATA_TOPIC } from "../../broker/controller/directory-id.ts";
import { type TopicPartition, partitionKey } from "../../broker/topic-partition.ts";

/** The directory of the metadata log inside metadata.log.dir. */
export const METADATA_DIRECTORY = `${METADATA_TOPIC}-0`;

/** A partition's directory; the id is undefined where its file is missing. */
export type StoppedPartition = { readonly topicPartition: TopicPartition; readonly topicId: string | undefined };

/** One of log.dirs or metadata.log.dir of a stopped node, as its files say. */
export type StoppedDirectory = {
  readonly path: string;
  readonly clusterId: string;
  readonly nodeId: number;
  readonly directoryId: string;
  /** The broker's epoch in the clean-shutdown mark; undefined after a stop that was not clean. */
  readonly cleanShutdownEpoch: number | undefined;
  readonly hasMetadataLog: boolean;
  /** By `partitionKey`. */
  readonly partitions: ReadonlyMap<string, StoppedPartition>;
  /** Copies on their way into this directory, by the names of their directories: whoever owns the files next goes on with the move. */
  readonly futures: ReadonlyMap<string, StoppedPartition>;
  /** Names of directories that are nobody's partition: set aside as stray, or unknown. */
  readonly others: readonly string[];
  /** By `partitionKey`, as replication-offset-checkpoint has them. */
  readonly highWatermarks: ReadonlyMap<string, number>;
};

/** Reads a directory and changes nothing. Throws LogDirectoryError, CheckpointError, DiskError. */
export function readStoppedDirectory(disk: Disk, path: string): StoppedDirectory {
  const meta = readMetaProperties(disk, path);
  if (meta === undefined)
    throw new LogDirectoryError(`${path} has no meta.properties: it is no log directory of Kafka's`);
  if (meta.directoryId === undefined)
    throw new LogDirectoryError(`${path}/meta.properties names no directory.id: it was written before Kafka 3.7`);
  const partitions = new Map<string, StoppedPartition>();
  const futures = new Map<string, StoppedPartition>();
  const others: string[] = [];
  const directories = disk.list(path).filter(({ isDirectory, name }) => isDirectory && name !== METADATA_DIRECTORY);
  for (const { name } of directories) {
    const kind = directoryKind(name);
    if (kind.type === "log" || kind.type === "future") {
      const { topicPartition } = kind;
      const found = { topicPartition, topicId: readPartitionMetadata(disk, `${path}/${name}`) };
      if (kind.type === "log") partitions.set(partitionKey(topicPartition), found);
      else futures.set(name, found);
    } else if (kind.type !== "deleted") others.push(name);
  }
  return {
    path,
    clusterId: meta.clusterId,
    nodeId: meta.nodeId,
    directoryId: meta.directoryId,
    cleanShutdownEpoch: readCleanShutdown(disk, path),
    hasMetadataLog: disk.exists(`${path}/${METADATA_DIRECTORY}`),
    partitions,
    futures,
    others,
    highWatermarks: readOffsetCheckpoint(disk, `${path}/${REPLICATION_CHECKPOINT}`),
  };
}
