import { INVALID_TOPIC_EXCEPTION, POLICY_VIOLATION } from "../../wire/errors.ts";
import type { MetadataImage } from "../controller/image.ts";
import type { Offset } from "../log/log-config.ts";
import type { PartitionLog } from "../log/partition-log.ts";
import type { Refusal } from "../refusal.ts";
import type { Partition } from "./partition.ts";

/** What DeleteRecords answers of one partition; the low watermark is -1 where nothing was deleted. */
export type DeletedRecords = { readonly errorCode: number; readonly lowWatermark: Offset };

/** Nobody deletes records of an internal topic. */
export const NOT_DELETED: Refusal = { errorCode: INVALID_TOPIC_EXCEPTION };

/** Moves a log's start forward to `offset`, or to its high watermark for -1. POLICY_VIOLATION where cleanup.policy has no delete, and what the log refuses. */
export function deleteUpTo(log: PartitionLog, offset: Offset, nowMs: number): { readonly start: Offset } | Refusal {
  const { cleanupPolicy } = log.config;
  if (!cleanupPolicy.delete && cleanupPolicy.compact) return { errorCode: POLICY_VIOLATION };
  const start = log.deleteRecordsBefore(offset === -1 ? log.highWatermark : offset, nowMs);
  return typeof start === "number" ? { start } : start;
}

/** Up to where every replica on a broker that serves has deleted (Kafka's Partition.lowWatermarkIfLeader): a follower that did not may lead next, and would show the records again. */
export function lowWatermark(partition: Partition, image: MetadataImage | undefined): Offset {
  let lowest = partition.log.logStartOffset;
  for (const [id, { logStartOffset }] of partition.followers)
    if (image?.brokers.get(id)?.fenced === false) lowest = Math.min(lowest, logStartOffset);
  return lowest;
}

/** Whether a follower has what its leader deleted. One that is behind the leader's log start has to be fitted to it first. */
export function mustDelete(
  follower: { readonly fetchOffset: Offset; readonly logStartOffset: Offset },
  leaderLogStartOffset: Offset,
): boolean {
  return follower.logStartOffset < leaderLogStartOffset && follower.fetchOffset >= leaderLogStartOffset;
}
