import type { Environment } from "../../environment/environment.ts";
import { DiskError } from "../../environment/environment.ts";
import { KAFKA_STORAGE_ERROR, NONE } from "../../wire/errors.ts";
import type { LogDirectory } from "../log/log-directory.ts";
import type { LogManager } from "../log/log-manager.ts";
import { isRefusal } from "../refusal.ts";
import type { Partition, PartitionSurroundings } from "./partition.ts";
import type { FutureReplica } from "./replica-moves.ts";

/** One partition in a log directory. */
export type LogDirPartition = {
  readonly partition: number;
  readonly sizeBytes: number;
  readonly offsetLag: number;
  readonly isFuture: boolean;
};
export type LogDirTopic = { readonly name: string; readonly partitions: readonly LogDirPartition[] };

/** DescribeLogDirs: one entry a directory; sizes are -1 where they are unknown. */
export type LogDirDescription = {
  readonly errorCode: number;
  readonly path: string;
  readonly topics: readonly LogDirTopic[];
  readonly totalBytes: number;
  readonly usableBytes: number;
};

/** A log that is made when somebody writes to it or reads from it. */
const UNMADE = { highWatermark: 0, logEndOffset: 0, sizeBytes: 0 };

/** Describes the directories and the asked partitions that lie in them; gives way after each partition. */
export function* describeDirectories(
  environment: Environment,
  logs: LogManager,
  asked: readonly Pick<Partition, "topicPartition" | "topicId" | "directoryId">[],
  open: PartitionSurroundings["open"],
  futures: readonly FutureReplica[],
): Generator<undefined, LogDirDescription[], undefined> {
  const described: LogDirDescription[] = [];
  for (const directory of logs.directories) {
    const volume = volumeOf(environment, directory);
    if (!directory.online || volume === undefined) {
      const unknown = { totalBytes: -1, usableBytes: -1 };
      described.push({ errorCode: KAFKA_STORAGE_ERROR, path: directory.path, topics: [], ...unknown });
      continue;
    }
    const topics = new Map<string, LogDirPartition[]>();
    for (const { topicPartition, topicId, directoryId } of asked) {
      yield;
      const isUnmade = logs.placeOfNew(topicPartition, directoryId) === directory;
      if (!isUnmade && logs.directoryOf(topicPartition) !== directory) continue;
      const log = isUnmade ? UNMADE : open(topicPartition, topicId);
      if (isRefusal(log)) continue;
      const partitions = topics.get(topicPartition.topic) ?? [];
      const offsetLag = Math.max(0, log.highWatermark - log.logEndOffset);
      partitions.push({ partition: topicPartition.partition, sizeBytes: log.sizeBytes, offsetLag, isFuture: false });
      topics.set(topicPartition.topic, partitions);
    }
    for (const { topicPartition, directory: target, sizeBytes, offsetLag } of futures) {
      const isAsked = asked.some((each) => each.topicPartition === topicPartition);
      if (target !== directory || !isAsked) continue;
      const partitions = topics.get(topicPartition.topic) ?? [];
      partitions.push({ partition: topicPartition.partition, sizeBytes, offsetLag, isFuture: true });
      topics.set(topicPartition.topic, partitions);
    }
    described.push({
      errorCode: NONE,
      path: directory.path,
      topics: [...topics].map(([name, partitions]) => ({ name, partitions })),
      ...volume,
    });
  }
  return described;
}

function volumeOf(
  { disk }: Environment,
  { path }: LogDirectory,
): { readonly totalBytes: number; readonly usableBytes: number } | undefined {
  try {
    return disk.volume(path);
  } catch (error) {
    if (error instanceof DiskError) return undefined;
    throw error;
  }
}
