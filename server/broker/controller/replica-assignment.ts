import { INVALID_REPLICA_ASSIGNMENT } from "../../wire/errors.ts";
import type { Refusal } from "../refusal.ts";
import { isActive } from "./broker-state.ts";
import { DirectoryId } from "./directory-id.ts";
import type { MetadataImage } from "./image.ts";

/** Checks a list of replicas that a user wrote (validateManualPartitionAssignment). `replicationFactor`: of the partitions before it. */
export function checkAssignment(
  image: MetadataImage,
  replicas: readonly number[],
  replicationFactor: number | undefined,
): Refusal | undefined {
  if (replicas.length === 0) return refuse("The manual partition assignment includes an empty replica list.");
  const sorted = [...replicas].sort((a, b) => a - b);
  for (const [index, broker] of sorted.entries()) {
    if (!image.brokers.has(broker))
      return refuse(`The manual partition assignment includes broker ${broker}, but no such broker is registered.`);
    if (sorted[index - 1] === broker)
      return refuse(`The manual partition assignment includes the broker ${broker} more than once.`);
  }
  if (replicationFactor === undefined || replicas.length === replicationFactor) return undefined;
  return refuse(
    `The manual partition assignment includes a partition with ${replicas.length} replica(s), but this is not consistent with previous partitions, which have ${replicationFactor} replica(s).`,
  );
}

/** In-sync replicas of a new partition: those of its brokers that are up. */
export function initialIsr(
  image: MetadataImage,
  replicas: readonly number[],
  partition: number,
): readonly number[] | Refusal {
  const isr = replicas.filter((broker) => isActive(image.brokers.get(broker)));
  if (isr.length > 0) return isr;
  return refuse(
    `All brokers specified in the manual partition assignment for partition ${partition} are fenced or in controlled shutdown.`,
  );
}

/** The directory of a new replica: known when its broker has one only; of several the broker chooses. */
export function initialDirectory(image: MetadataImage, broker: number): string {
  const directories = image.brokers.get(broker)?.logDirs ?? [];
  return directories.length === 1 ? (directories[0] ?? DirectoryId.unassigned) : DirectoryId.unassigned;
}

function refuse(message: string): Refusal {
  return { errorCode: INVALID_REPLICA_ASSIGNMENT, message };
}
