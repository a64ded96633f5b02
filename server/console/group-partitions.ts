import type { GroupPartition } from "../../lib/contracts/groups.ts";
import type { GroupMember } from "../client/admin/describe-groups.ts";
import type { CommittedOffset } from "../client/admin/group-offsets.ts";
import { partitionKey } from "./engine/sampler/snapshot.ts";
import type { PartitionOffsets } from "./topic-columns/offsets-column.ts";

/** What is known of a group's partitions: its offsets were read before the bounds. */
export type GroupReading = {
  readonly offsets: readonly CommittedOffset[];
  readonly members: readonly GroupMember[];
  /** Topics that there are. */
  readonly topics: ReadonlySet<string>;
  readonly boundsOf: (topic: string, partition: number) => PartitionOffsets | undefined;
};

/** Every partition that a group has committed in or is assigned, with its lag and what is odd about it; by topic and number. */
export function groupPartitions({ offsets, members, topics, boundsOf }: GroupReading): GroupPartition[] {
  const committed = new Map(offsets.map((own) => [partitionKey(own.topic, own.partition), own]));
  const readers = readersOf(members);
  const places = new Map([...committed, ...readers].map(([key, { topic, partition }]) => [key, { topic, partition }]));
  return [...places]
    .map(([key, { topic, partition }]) => {
      const own = committed.get(key);
      const bounds = boundsOf(topic, partition);
      const memberId = readers.get(key)?.memberId ?? null;
      return {
        topic,
        partition,
        committedOffset: own === undefined ? null : String(own.offset),
        startOffset: bounds === undefined ? null : String(bounds.start),
        endOffset: bounds === undefined ? null : String(bounds.end),
        lagMessages: own === undefined || bounds === undefined ? null : Math.max(0, bounds.end - own.offset),
        memberId,
        metadata: own?.metadata === "" ? null : (own?.metadata ?? null),
        state: stateOf({ own, bounds, memberId, isThere: topics.has(topic) }),
      };
    })
    .sort((a, b) => (a.topic === b.topic ? a.partition - b.partition : a.topic < b.topic ? -1 : 1));
}

type Facts = {
  readonly own: CommittedOffset | undefined;
  readonly bounds: PartitionOffsets | undefined;
  readonly memberId: string | null;
  readonly isThere: boolean;
};

function stateOf({ own, bounds, memberId, isThere }: Facts): GroupPartition["state"] {
  if (!isThere) return "topic-deleted";
  if (own === undefined) return "never-committed";
  if (bounds === undefined) return "unknown";
  if (own.offset > bounds.end) return "beyond-end";
  if (own.offset < bounds.start) return "before-start";
  return memberId === null ? "unassigned" : "reading";
}

type Reader = { readonly topic: string; readonly partition: number; readonly memberId: string };

function readersOf(members: readonly GroupMember[]): Map<string, Reader> {
  const readers = new Map<string, Reader>();
  for (const { memberId, assignment } of members)
    for (const { topic, partitions } of assignment ?? [])
      for (const partition of partitions) readers.set(partitionKey(topic, partition), { topic, partition, memberId });
  return readers;
}
