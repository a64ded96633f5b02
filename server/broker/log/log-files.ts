import type { TopicPartition } from "../topic-partition.ts";
import { parsePartitionKey, partitionKey } from "../topic-partition.ts";
import type { Offset } from "./log-config.ts";

/** Digits of an offset in a file's name, so that names sort as offsets do. */
const OFFSET_DIGITS = 20;
/** Longest name of a directory that file systems take. */
const NAME_LENGTH_MAX = 255;

/** Suffixes of a segment's files. */
export const SEGMENT_SUFFIXES = [".log", ".index", ".timeindex", ".txnindex"] as const;
export const SNAPSHOT_SUFFIX = ".snapshot";
/** A file that waits for its removal. */
export const DELETED_SUFFIX = ".deleted";
/** Compaction's output that is not complete. */
export const CLEANED_SUFFIX = ".cleaned";
/** Compaction's output that is complete and takes the place of what it was made from. */
export const SWAP_SUFFIX = ".swap";

/** `00000000000000000042.log` for offset 42 and ".log". */
export function offsetFileName(offset: Offset, suffix: string): string {
  return `${String(offset).padStart(OFFSET_DIGITS, "0")}${suffix}`;
}

/** The offset in the name of a file that ends with `suffix`; undefined for any other name. */
export function offsetOfFileName(name: string, suffix: string): Offset | undefined {
  if (!name.endsWith(suffix)) return undefined;
  const digits = name.slice(0, name.length - suffix.length);
  if (!/^\d{20}$/.test(digits)) return undefined;
  const offset = Number(digits);
  return Number.isSafeInteger(offset) ? offset : undefined;
}

/** What a directory under log.dirs is, by its name. */
export type DirectoryKind =
  | { readonly type: "log"; readonly topicPartition: TopicPartition }
  | { readonly type: "deleted" }
  | { readonly type: "future"; readonly topicPartition: TopicPartition }
  | { readonly type: "set-aside" }
  | { readonly type: "other" };

/** Reads the name of a directory under log.dirs: `topic-0`, or with `.<unique id>-delete`, `-stray` or `-future` behind it. */
export function directoryKind(name: string): DirectoryKind {
  if (/^\S+-\d+\.[^.\s]+-delete$/.test(name)) return { type: "deleted" };
  const copied = parsePartitionKey(/^(\S+-\d+)\.[^.\s]+-future$/.exec(name)?.[1] ?? "");
  if (copied !== undefined) return { type: "future", topicPartition: copied };
  if (/^\S+-\d+\.[^.\s]+-stray$/.test(name)) return { type: "set-aside" };
  const topicPartition = parsePartitionKey(name);
  return topicPartition === undefined ? { type: "other" } : { type: "log", topicPartition };
}

/** The name a partition's directory gets when it is deleted or set aside as stray, and that of a copy on its way to take its place. `uniqueId` has no dot. Long topic names are cut, as Kafka does. */
export function retiredDirectoryName(
  topicPartition: TopicPartition,
  uniqueId: string,
  reason: "delete" | "stray" | "future",
): string {
  const tail = `-${topicPartition.partition}.${uniqueId}-${reason}`;
  const topic = partitionKey(topicPartition).slice(0, -`-${topicPartition.partition}`.length);
  return topic.slice(0, NAME_LENGTH_MAX - tail.length) + tail;
}
