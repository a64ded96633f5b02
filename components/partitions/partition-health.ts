import type { StatusKind } from "@/components/ui/status";
import type { PartitionDetail } from "@/lib/contracts/partitions";
import { formatCount } from "@/lib/format";

/** A partition's state and, when it is not well, what that is and what it does to producers. */
export type PartitionHealth = { readonly kind: StatusKind; readonly note: string };

/** Tells what is wrong with a partition, broker by broker. */
export function partitionHealth(partition: PartitionDetail, minInsyncReplicas: number | null): PartitionHealth {
  if (partition.leader === null) return { kind: "bad", note: "no leader: nothing can be read or written" };
  const inSync = partition.replicas.filter((replica) => replica.state === "in-sync").length;
  if (inSync === partition.replicas.length) return { kind: "ok", note: "" };
  const parts = partition.replicas.flatMap((replica) => {
    if (replica.state === "in-sync") return [];
    if (replica.state === "offline") return [`${replica.broker} is offline`];
    return [
      replica.lagMessages
        ? `${replica.broker} is ${formatCount(replica.lagMessages)} behind`
        : `${replica.broker} is not in sync`,
    ];
  });
  if (minInsyncReplicas !== null && inSync < minInsyncReplicas)
    return { kind: "bad", note: [...parts, "acks=all refused"].join(", ") };
  return { kind: "warn", note: parts.join(", ") };
}
