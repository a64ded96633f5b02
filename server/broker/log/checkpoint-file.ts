import type { Disk } from "../../environment/environment.ts";
import type { TopicPartition } from "../topic-partition.ts";
import { partitionKey } from "../topic-partition.ts";
import type { Offset } from "./log-config.ts";

/** Checkpoint files of a log directory, by Kafka's names. */
export const RECOVERY_POINT_CHECKPOINT = "recovery-point-offset-checkpoint";
export const LOG_START_CHECKPOINT = "log-start-offset-checkpoint";
export const REPLICATION_CHECKPOINT = "replication-offset-checkpoint";
export const CLEANER_CHECKPOINT = "cleaner-offset-checkpoint";

const VERSION = 0;

/** One line of an offset checkpoint. */
export type CheckpointEntry = { readonly topicPartition: TopicPartition; readonly offset: Offset };

/** Why a text file of Kafka's could not be read; the reader goes on without it where that is safe, and says so. */
export class CheckpointError extends Error {
  override readonly name = "CheckpointError";
}

/** What a checkpoint of these lines holds: version, number of lines, lines. */
export function checkpointBytes(lines: readonly string[]): Uint8Array {
  return Buffer.from(`${VERSION}\n${lines.length}\n${lines.map((line) => `${line}\n`).join("")}`);
}

/** The lines of a checkpoint; none when the file is missing. Throws CheckpointError when it is damaged or of a later version. */
export function readCheckpointLines(disk: Disk, path: string): readonly string[] {
  const bytes = disk.readFile(path);
  if (bytes === undefined) return [];
  const [version, count, ...lines] = Buffer.from(bytes).toString("utf8").split("\n");
  if (version !== String(VERSION)) throw new CheckpointError(`${path}: version ${version ?? ""} is not ${VERSION}`);
  if (lines.at(-1) === "") lines.pop();
  if (count !== String(lines.length))
    throw new CheckpointError(`${path}: ${count ?? "no"} lines announced, ${lines.length} found`);
  return lines;
}

/** What a checkpoint of `<topic> <partition> <offset>` lines holds. */
export function offsetCheckpointBytes(entries: readonly CheckpointEntry[]): Uint8Array {
  return checkpointBytes(
    entries.map(({ topicPartition, offset }) => `${topicPartition.topic} ${topicPartition.partition} ${offset}`),
  );
}

/** Offsets by `partitionKey`; empty when the file is missing. Throws CheckpointError. */
export function readOffsetCheckpoint(disk: Disk, path: string): Map<string, Offset> {
  const offsets = new Map<string, Offset>();
  for (const line of readCheckpointLines(disk, path)) {
    const [topic, partition, offset, ...rest] = line.split(" ");
    const isWhole = topic !== undefined && partition !== undefined && offset !== undefined && rest.length === 0;
    if (!isWhole || !/^\d+$/.test(partition) || !/^\d+$/.test(offset))
      throw new CheckpointError(`${path}: bad line "${line}"`);
    offsets.set(partitionKey({ topic, partition: Number(partition) }), Number(offset));
  }
  return offsets;
}
