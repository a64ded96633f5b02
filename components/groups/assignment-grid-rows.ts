import type { GroupDetail, GroupPartition } from "@/lib/contracts/groups";

/** A member's partitions of a topic, by number. */
export type AssignmentRow = {
  readonly key: string;
  readonly label: string;
  /** Of partitions that nobody reads. */
  readonly isNobody: boolean;
  /** Partitions that it reads, with what it is behind in each; null where that is not known. */
  readonly lags: ReadonlyMap<number, number | null>;
};

/** Who reads what of one topic. */
export type AssignmentGridRows = {
  /** Columns: partitions that anybody reads or has committed in, in order. */
  readonly partitions: readonly number[];
  readonly rows: readonly AssignmentRow[];
  /** The largest lag in it. */
  readonly largest: number;
};

type Source = Pick<GroupDetail, "memberList" | "partitions">;

/** Topics that have partitions in a group, by name. */
export function assignedTopics({ partitions }: Pick<Source, "partitions">): readonly string[] {
  return [...new Set(partitions.map(({ topic }) => topic))].toSorted();
}

/** Members against partitions of a topic: a line for each member, those without a partition too, and one for what nobody reads. A partition of a share group stands in the lines of all who read it. */
export function assignmentGridRows({ memberList, partitions }: Source, topic: string): AssignmentGridRows {
  const own = new Map(
    partitions.filter((one) => one.topic === topic).map((one): [number, GroupPartition] => [one.partition, one]),
  );
  const lagOf = (partition: number) => own.get(partition)?.lagMessages ?? null;
  const members = memberList.map(({ memberId, instanceId, clientId, assignment }) => {
    const read = (assignment ?? []).find((part) => part.topic === topic)?.partitions ?? [];
    const lags = new Map(read.map((partition) => [partition, lagOf(partition)]));
    return { key: memberId, label: instanceId ?? clientId, isNobody: false, lags };
  });
  const read = new Set(members.flatMap(({ lags }) => [...lags.keys()]));
  const all = [...new Set([...own.keys(), ...read])].toSorted((a, b) => a - b);
  const unread = all.filter((partition) => !read.has(partition));
  const nobody = {
    ...{ key: "", label: "nobody", isNobody: true },
    lags: new Map(unread.map((partition) => [partition, lagOf(partition)])),
  };
  return {
    partitions: all,
    rows: [
      ...members.toSorted((a, b) => (`${a.label}\n${a.key}` < `${b.label}\n${b.key}` ? -1 : 1)),
      ...(unread.length > 0 ? [nobody] : []),
    ],
    largest: Math.max(0, ...all.map((partition) => lagOf(partition) ?? 0)),
  };
}
