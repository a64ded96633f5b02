import type { Clock } from "../../environment/environment.ts";
import type { PartitionLog } from "../log/partition-log.ts";
import type { ReplicaManager } from "../replica/replica-manager.ts";
import { isRefusal } from "../refusal.ts";
import type { TopicPartition } from "../topic-partition.ts";
import type { ShardLog } from "./shard-log.ts";

/** Where a coordinator's records are kept: a partition that this broker leads, in the epoch that it was given. */
export type ReplicaShard = { readonly topicPartition: TopicPartition; readonly leaderEpoch: number };

/** A partition of the replica manager as a coordinator's log. In a later epoch, or without the lead, appends are refused. */
export function openReplicaShardLog(
  replicas: ReplicaManager,
  clock: Clock,
  { topicPartition, leaderEpoch }: ReplicaShard,
): ShardLog {
  // Looked up each time: the partition may be moved, deleted, or taken offline under the coordinator.
  const log = (): PartitionLog | undefined => {
    const partition = replicas.leader(topicPartition);
    return isRefusal(partition) ? undefined : partition.log;
  };
  return {
    get logStartOffset() {
      return log()?.logStartOffset ?? 0;
    },
    get logEndOffset() {
      return log()?.logEndOffset ?? 0;
    },
    get highWatermark() {
      return log()?.highWatermark ?? 0;
    },
    get sizeBytes() {
      return log()?.sizeBytes ?? 0;
    },
    read(fromOffset, maxBytes) {
      const partition = replicas.leader(topicPartition);
      if (isRefusal(partition)) return partition;
      // To the end of the log, past the high watermark: what is there was written by earlier leaders, and this one stands by it.
      const read = partition.log.read(fromOffset, {
        maxBytes,
        maxOffset: partition.log.logEndOffset,
        atLeastOneBatch: true,
      });
      return isRefusal(read) ? read : read.bytes;
    },
    append(batch) {
      return replicas.append(topicPartition, batch, {
        acks: -1,
        origin: "coordinator",
        currentLeaderEpoch: leaderEpoch,
      });
    },
    awaitCommitted(offset, timeoutMs, done) {
      replicas.awaitReplication(topicPartition, offset, clock.monotonicMs() + timeoutMs, done);
    },
  };
}
