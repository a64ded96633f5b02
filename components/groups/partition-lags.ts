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
  /** Far more behind than the others, in a group in trouble: it is this one to look at. */
  readonly isOdd: boolean;
};

/** How many times the usual lag makes a partition the odd one. */
const oddTimes = 3;

/** Partitions with their readers. In a group in trouble, those with far more lag than most stand out; when all are alike, none does. */
export function partitionLags({ partitions, memberList, attention }: GroupDetail): readonly PartitionLag[] {
  const members = new Map(memberList.map((member) => [member.memberId, member]));
  const lags = partitions.flatMap(({ lagMessages }) => lagMessages ?? []).toSorted((a, b) => a - b);
  const largest = lags.at(-1) ?? 0;
  const median = lags[Math.floor((lags.length - 1) / 2)] ?? 0;
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
      isOdd: attention !== null && lags.length > 1 && lag > Math.max(1, median * oddTimes),
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
