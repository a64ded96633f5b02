import { type ClusterSnapshot, partitionKey } from "./snapshot.ts";

/** A group's committed offset in one partition: since when it is this one, and where the end was then. Seconds. */
export type Stand = {
  readonly offset: number;
  readonly since: number;
  readonly isMovementSeen: boolean;
  readonly endThen: number;
};

/** Seconds without movement, while more comes in, after which a partition is stuck: longer than a usual commit interval. */
export const STUCK_AFTER = 60;

/** Follows every committed offset from sweep to sweep: one that stands still while the end grows and a member is assigned is stuck. */
export class PartitionWatch {
  private stands = new Map<string, Stand>();
  private now = 0;

  tell({ groups, offsets, readAtMs }: ClusterSnapshot): void {
    this.now = Math.floor(readAtMs / 1_000);
    const next = new Map<string, Stand>();
    for (const { groupId, offsets: committed } of groups?.value.values() ?? [])
      for (const { topic, partition, offset } of committed ?? []) {
        const key = standKey(groupId, partitionKey(topic, partition));
        const before = this.stands.get(key);
        const end = offsets?.value.get(topic)?.get(partition)?.end;
        if (before?.offset === offset) next.set(key, before);
        else next.set(key, { offset, since: this.now, isMovementSeen: before !== undefined, endThen: end ?? offset });
      }
    this.stands = next;
  }

  /** Since when a committed offset is the one it is; undefined when it was never seen. */
  stand(groupId: string, partition: string): Stand | undefined {
    return this.stands.get(standKey(groupId, partition));
  }

  /** Since when a partition is stuck, in seconds: its offset stands, the end has grown since, and what came waits. Null when it is not. */
  stuckSince(
    groupId: string,
    partition: string,
    { end, lag }: { readonly end: number; readonly lag: number },
  ): number | null {
    const own = this.stand(groupId, partition);
    if (own === undefined || lag <= 0 || end <= own.endThen || this.now - own.since < STUCK_AFTER) return null;
    return own.since;
  }
}

function standKey(groupId: string, partition: string): string {
  return `${groupId}\n${partition}`;
}
