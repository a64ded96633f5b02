import type { Impact } from "../../lib/contracts/changes.ts";
import { formatNumberOf } from "../../lib/format.ts";

/** A topic as it would be made; null is what the brokers do not tell. */
export type NewTopicShape = {
  readonly partitions: number | null;
  readonly replicationFactor: number | null;
  readonly minIsr: number | null;
  /** Partitions or replicas were not chosen by whoever makes it. */
  readonly isLeftToBrokers: boolean;
};

/** What whoever makes a topic should know of its shape before it is there, on a cluster of so many brokers. */
export function newTopicImpact(
  { partitions, replicationFactor, minIsr, isLeftToBrokers }: NewTopicShape,
  brokers: number,
): Impact[] {
  const found: Impact[] = [];
  if (replicationFactor === 1 && brokers > 1)
    found.push({
      severity: "warning",
      text: "One replica: while its broker is away a partition cannot be read or written, and a broken disk loses its messages.",
    });
  if (replicationFactor !== null && replicationFactor > 1 && minIsr !== null && minIsr >= replicationFactor)
    found.push({
      severity: "warning",
      text: `min.insync.replicas is ${minIsr}, of ${formatNumberOf(replicationFactor, "replica")}: one broker that is away stops producers with acks=all (NOT_ENOUGH_REPLICAS).`,
    });
  if (isLeftToBrokers && partitions !== null && replicationFactor !== null)
    found.push({
      severity: "info",
      text: `The brokers make it ${formatNumberOf(partitions, "partition")} with ${formatNumberOf(replicationFactor, "replica")} each (num.partitions, default.replication.factor).`,
    });
  return found;
}
