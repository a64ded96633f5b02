import { DirectoryId } from "../../controller/directory-id.ts";
import type { PartitionImage } from "../../controller/image.ts";

/** A partition that broker 1 alone holds, and leads in epoch 3. */
export function partitionImage(partition: number, changes: Partial<PartitionImage> = {}): PartitionImage {
  return {
    partition,
    replicas: [1],
    directories: [DirectoryId.unassigned],
    isr: [1],
    removingReplicas: [],
    addingReplicas: [],
    eligibleLeaderReplicas: [],
    lastKnownElr: [],
    leader: 1,
    leaderEpoch: 3,
    partitionEpoch: 5,
    leaderRecoveryState: 0,
    ...changes,
  };
}
