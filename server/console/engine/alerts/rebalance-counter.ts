import type { ClusterSnapshot } from "../sampler/snapshot.ts";

const HOUR_MS = 3_600_000;
/** Rebalances of a group that are remembered: more in an hour is trouble, however many. */
const REMEMBERED_MAX = 500;

const REBALANCING = new Set(["PreparingRebalance", "CompletingRebalance", "Assigning", "Reconciling"]);

type Seen = { isRebalancing: boolean; members: string; atMs: number[] };

/** Counts how often groups rebalanced: seen in such a state, or with other members than a sweep before. Two rebalances between two sweeps count as one. */
export class RebalanceCounter {
  private readonly seen = new Map<string, Seen>();
  private nowMs = 0;

  tell({ groups, readAtMs }: Pick<ClusterSnapshot, "groups" | "readAtMs">): void {
    this.nowMs = readAtMs;
    if (groups === null) return;
    for (const [groupId, group] of groups.value) {
      if (group.readAtMs < readAtMs || group.members === null) continue;
      const isRebalancing = REBALANCING.has(group.state);
      const members = group.members
        .map(({ memberId }) => memberId)
        .sort()
        .join(" ");
      const before = this.seen.get(groupId);
      const atMs = (before?.atMs ?? []).filter((at) => readAtMs - at < HOUR_MS).slice(-REMEMBERED_MAX);
      const isNew = before !== undefined && !before.isRebalancing && (isRebalancing || members !== before.members);
      this.seen.set(groupId, { isRebalancing, members, atMs: isNew ? [...atMs, readAtMs] : atMs });
    }
    for (const groupId of this.seen.keys()) if (!groups.value.has(groupId)) this.seen.delete(groupId);
  }

  inLastHour(groupId: string): number {
    return (this.seen.get(groupId)?.atMs ?? []).filter((at) => this.nowMs - at < HOUR_MS).length;
  }
}
