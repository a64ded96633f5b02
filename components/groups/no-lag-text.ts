import type { GroupPartition, GroupSummary } from "@/lib/contracts/groups";

/** What stands where a lag would: who has committed nothing has none, as in Kafka's own tool; else it is not known. */
export function noLagText(isWaiting: boolean): string {
  return isWaiting ? "no commits" : "unknown";
}

/** Whether a group has committed nothing in partitions that it is assigned. */
export function isUncommittedIn(partitions: readonly Pick<GroupPartition, "state">[]): boolean {
  return partitions.length > 0 && partitions.every(({ state }) => state === "never-committed");
}

/** Whether a group has committed nothing anywhere, though it is assigned topics. */
export function isUncommitted({ hasCommitted, topics }: Pick<GroupSummary, "hasCommitted" | "topics">): boolean {
  return !hasCommitted && topics.length > 0;
}
