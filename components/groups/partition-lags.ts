import { hostText, type Marked, partitionNote } from "@/components/groups/group-words";
import type { GroupDetail, GroupPartition } from "@/lib/contracts/groups";

/** A partition of a group with who reads it and how far behind it is beside the others. */
export type PartitionLag = GroupPartition & {
  readonly key: string;
  readonly client: string;
  readonly host: string;
  /** Of the largest lag in the group. */
  readonly lagShare: number;
  readonly note: Marked;
  /** Among those that hold the group back, while it is in trouble. */
  readonly isBehind: boolean;
};

/** Partitions with their readers; in a group in trouble, those with at least half of the largest lag hold it back. */
export function partitionLags({ partitions, memberList, attention }: GroupDetail): readonly PartitionLag[] {
  const members = new Map(memberList.map((member) => [member.memberId, member]));
  const largest = partitions.reduce((most, { lagMessages }) => Math.max(most, lagMessages ?? 0), 0);
  return partitions.map((partition) => {
    const member = partition.memberId === null ? undefined : members.get(partition.memberId);
    const lag = partition.lagMessages ?? 0;
    return {
      ...partition,
      key: `${partition.topic}/${partition.partition}`,
      client: member?.clientId ?? "",
      host: member ? hostText(member.host) : "",
      lagShare: largest === 0 ? 0 : lag / largest,
      note: partitionNote(partition),
      isBehind: attention !== null && lag > 0 && lag * 2 >= largest,
    };
  });
}

/** The partitions that a chart draws beside the whole: at most four, each with a tenth of the lag at least, by name so that colours stay. */
export function chartedPartitions(rows: readonly PartitionLag[]): readonly PartitionLag[] {
  const total = rows.reduce((sum, { lagMessages }) => sum + (lagMessages ?? 0), 0);
  if (rows.length < 2 || total === 0) return [];
  return rows
    .filter(({ lagMessages }) => (lagMessages ?? 0) * 10 >= total)
    .toSorted((a, b) => (b.lagMessages ?? 0) - (a.lagMessages ?? 0))
    .slice(0, 4)
    .toSorted((a, b) => (a.key < b.key ? -1 : 1));
}
