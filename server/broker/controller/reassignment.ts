import type { PartitionImage } from "./image.ts";

/** The replicas of a partition, and which of them are on their way in or out (KIP-455). */
export type Assignment = Pick<PartitionImage, "replicas" | "addingReplicas" | "removingReplicas">;

/** Whether a partition is on its way to other brokers. */
export function isReassigning({ addingReplicas, removingReplicas }: Assignment): boolean {
  return addingReplicas.length > 0 || removingReplicas.length > 0;
}

/**
 * A partition on its way to the `target` replicas: these first, in their order, behind them who goes. What an earlier reassignment added stays noted as such
 * while this one adds nothing, so that a cancel finds the replicas from before it (Kafka's PartitionReassignmentReplicas).
 */
export function reassigned(current: Assignment, target: readonly number[]): Assignment {
  const removing = without(current.replicas, target).toSorted(ascending);
  const adding = without(target, current.replicas).toSorted(ascending);
  return {
    replicas: [...target, ...removing],
    removingReplicas: removing.length > 0 ? removing : current.removingReplicas,
    addingReplicas: adding.length > 0 ? adding : current.addingReplicas,
  };
}

/** A partition whose reassignment is taken back, with its in-sync replicas; `unclean` when none of those from before is in sync, so that the first must do. */
export function reverted(partition: Assignment & Pick<PartitionImage, "isr">): {
  readonly assignment: Assignment;
  readonly isr: readonly number[];
  readonly unclean: boolean;
} {
  const replicas = without(partition.replicas, partition.addingReplicas);
  const isr = without(partition.isr, partition.addingReplicas);
  const assignment = { replicas, addingReplicas: [], removingReplicas: [] };
  return isr.length > 0
    ? { assignment, isr, unclean: false }
    : { assignment, isr: replicas.slice(0, 1), unclean: replicas.length > 0 };
}

/** What a reassignment ends with once all of its target replicas are in sync; undefined before, and where there is none. */
export function completed(
  assignment: Assignment,
  isr: readonly number[],
): { readonly assignment: Assignment; readonly isr: readonly number[] } | undefined {
  if (!isReassigning(assignment)) return undefined;
  const replicas = without(assignment.replicas, assignment.removingReplicas);
  const staying = without(isr, assignment.removingReplicas);
  if (replicas.length === 0 || without(replicas, staying).length > 0) return undefined;
  return { assignment: { replicas, addingReplicas: [], removingReplicas: [] }, isr: staying };
}

function without(replicas: readonly number[], others: readonly number[]): number[] {
  return replicas.filter((replica) => !others.includes(replica));
}

function ascending(a: number, b: number): number {
  return a - b;
}
