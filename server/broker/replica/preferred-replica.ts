import type { MetadataImage } from "../controller/image.ts";
import type { Offset } from "../log/log-config.ts";
import type { Partition } from "./partition.ts";
import type { ReadOptions } from "./partition-read.ts";

/** Kafka's selector of a replica in the consumer's rack. */
export const RACK_AWARE_SELECTOR = "org.apache.kafka.common.replica.RackAwareReplicaSelector";

/**
 * The broker that a consumer of a rack should better read from than from this leader (KIP-392, RackAwareReplicaSelector): of those of its rack that are in
 * sync and hold the offset, the one that has most. Undefined when that is the leader, or there is none.
 */
export function preferredReplica(
  partition: Partition,
  image: MetadataImage,
  reader: Pick<ReadOptions, "rack" | "fetchOffset" | "replicaId">,
  selector: string | null,
): number | undefined {
  const { rack = "", replicaId = -1 } = reader;
  if (selector !== RACK_AWARE_SELECTOR || replicaId >= 0 || partition.role !== "leader") return undefined;
  const isOfRack = (id: number): boolean => image.brokers.get(id)?.rack === rack;
  if (rack === "" || isOfRack(partition.leaderId)) return undefined;
  let preferred: { readonly id: number; readonly end: Offset } | undefined;
  for (const [id, { logEndOffset, logStartOffset }] of partition.followers) {
    if (logEndOffset === undefined || logEndOffset < reader.fetchOffset || logStartOffset > reader.fetchOffset)
      continue;
    if (!partition.isr.includes(id) || !isOfRack(id) || image.brokers.get(id)?.fenced !== false) continue;
    if (preferred === undefined || logEndOffset > preferred.end) preferred = { id, end: logEndOffset };
  }
  return preferred?.id;
}
