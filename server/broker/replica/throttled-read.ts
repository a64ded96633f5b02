import type { Partition } from "./partition.ts";
import { readPartition, type PartitionRead, type ReadOptions } from "./partition-read.ts";
import type { ReplicationQuota } from "./replication-quota.ts";

/** Reads what the leader's quota leaves for a throttled follower. One that is in sync is never throttled: others wait for it. Throws DiskError. */
export function readWithinQuota(
  partition: Partition,
  options: ReadOptions,
  quota: ReplicationQuota | undefined,
): PartitionRead {
  const { replicaId = -1 } = options;
  const isFree =
    quota === undefined ||
    replicaId < 0 ||
    !quota.isThrottled(partition.topicPartition) ||
    partition.isr.includes(replicaId);
  if (isFree) return readPartition(partition, options);
  const availableBytes = quota.availableBytes();
  if (availableBytes > 0)
    return readPartition(partition, { ...options, maxBytes: Math.min(options.maxBytes, availableBytes) });
  const read = readPartition(partition, { ...options, maxBytes: 0, atLeastOneBatch: false });
  return options.fetchOffset < partition.log.logEndOffset ? { ...read, throttledMs: quota.waitMs() } : read;
}
