import type { GroupPartition, TopicGroups } from "@/lib/contracts/groups";

/** A group that reads a topic, with what it has in it. */
export type TopicGroup = TopicGroups["groups"][number];

/** A partition with its bar: the share of the largest lag of all groups in the topic. */
export type BarredPartition = GroupPartition & { readonly share: number; readonly isBehind: boolean };

/** A group as the page shows it. */
export type ReadingGroup = {
  readonly group: TopicGroup;
  /** In this topic; null when no partition's lag is known. */
  readonly lag: number | null;
  readonly partitions: readonly BarredPartition[];
};

/** Groups in trouble first, then by lag. Bars are of one scale, so that groups compare. */
export function readingGroups(groups: readonly TopicGroup[]): readonly ReadingGroup[] {
  const lags = groups.flatMap(({ partitions }) => partitions.map(({ lagMessages }) => lagMessages ?? 0));
  const largest = lags.reduce((max, lag) => Math.max(max, lag), 0);
  return groups
    .map((group) => {
      const known = group.partitions.flatMap(({ lagMessages }) => lagMessages ?? []);
      const most = known.reduce((max, lag) => Math.max(max, lag), 0);
      return {
        group,
        lag: known.length === 0 ? null : known.reduce((sum, lag) => sum + lag, 0),
        partitions: group.partitions.map((partition) => {
          const lag = partition.lagMessages ?? 0;
          const isBehind = group.attention !== null && lag > 0 && lag * 2 >= most;
          return { ...partition, share: largest === 0 ? 0 : lag / largest, isBehind };
        }),
      };
    })
    .toSorted((a, b) => rank(a.group) - rank(b.group) || (b.lag ?? -1) - (a.lag ?? -1));
}

function rank({ attention }: TopicGroup): number {
  if (attention === null) return 2;
  return attention.severity === "critical" ? 0 : 1;
}

/** Few enough to be read at once. */
export const partitionsAtOnce = 12;

/** The partitions that are shown before all are asked for: the few in their order, of many those with the largest lag. */
export function firstPartitions(partitions: readonly BarredPartition[]): readonly BarredPartition[] {
  if (partitions.length <= partitionsAtOnce) return partitions;
  return partitions.toSorted((a, b) => (b.lagMessages ?? -1) - (a.lagMessages ?? -1)).slice(0, partitionsAtOnce);
}

/** A member's id without the random part that clients put at its end. */
export function memberName(memberId: string): string {
  return memberId.replace(/-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, "") || memberId;
}
