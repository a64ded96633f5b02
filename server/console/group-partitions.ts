import type { GroupPartition } from "../../lib/contracts/groups.ts";
import type { GroupMember } from "../client/admin/describe-groups.ts";
import type { CommittedOffset } from "../client/admin/group-offsets.ts";
import { ageOf } from "./engine/sampler/lag-times.ts";
import type { Sampler } from "./engine/sampler/sampler.ts";
import { partitionKey } from "./engine/sampler/snapshot.ts";
import type { PartitionOffsets } from "./topic-columns/offsets-column.ts";

/** What is known of a group's partitions: its offsets were read before the bounds. */
export type GroupReading = {
  readonly offsets: readonly CommittedOffset[];
  readonly members: readonly GroupMember[];
  /** Topics that there are. */
  readonly topics: ReadonlySet<string>;
  readonly boundsOf: (topic: string, partition: number) => PartitionOffsets | undefined;
  /** What it saw of each committed offset. */
  readonly sampler: Pick<Sampler, "partitions" | "lagTimes" | "cadences">;
  readonly groupId: string;
};

/** Every partition that a group has committed in or is assigned, with its lag and what is odd about it; by topic and number. */
export function groupPartitions({
  offsets,
  members,
  topics,
  boundsOf,
  sampler,
  groupId,
}: GroupReading): GroupPartition[] {
  const committed = new Map(offsets.map((own) => [partitionKey(own.topic, own.partition), own]));
  const readers = readersOf(members);
  const places = new Map([...committed, ...readers].map(([key, { topic, partition }]) => [key, { topic, partition }]));
  return [...places]
    .map(([key, { topic, partition }]) => {
      const own = committed.get(key);
      const bounds = boundsOf(topic, partition);
      const memberId = readers.get(key)?.memberId ?? null;
      // Beyond the end there is no lag to tell: the topic is another one than the offset was committed for.
      const lag =
        own === undefined || bounds === undefined || own.offset > bounds.end
          ? null
          : (own.lag ?? bounds.end - own.offset);
      const age = ageHere(own, bounds, sampler);
      const commit = sampler.cadences.of(groupId, key);
      const stand = sampler.partitions.stand(groupId, key);
      // The sweep's offset is some seconds old: one that has moved since is not stuck.
      const isStanding = stand?.offset === own?.offset && bounds !== undefined && memberId !== null;
      const stuckSince = isStanding
        ? sampler.partitions.stuckSince(groupId, key, { end: bounds.end, lag: lag ?? 0 })
        : null;
      return {
        topic,
        partition,
        committedOffset: own === undefined ? null : String(own.offset),
        startOffset: bounds === undefined ? null : String(bounds.start),
        endOffset: bounds === undefined ? null : String(bounds.end),
        lagMessages: lag,
        memberId,
        metadata: own?.metadata === "" ? null : (own?.metadata ?? null),
        lagMs: typeof age === "number" ? age : null,
        lagMsFault: typeof age === "string" ? age : null,
        lastCommitMs: commit?.lastAtMs ?? null,
        commitEveryMs: commit?.everyMs == null ? null : Math.round(commit.everyMs),
        stuckSinceMs: stuckSince === null ? null : stuckSince * 1_000,
        movedAtMs: stand?.isMovementSeen ? stand.since * 1_000 : null,
        state: stateOf({ own, bounds, memberId, isThere: topics.has(topic) }),
      };
    })
    .sort((a, b) => (a.topic === b.topic ? a.partition - b.partition : a.topic < b.topic ? -1 : 1));
}

/** Where a group reads next in the partitions that have something to read there. */
export function nextPlaces(
  offsets: readonly CommittedOffset[],
  boundsOf: GroupReading["boundsOf"],
): { topic: string; partition: number; offset: number }[] {
  return offsets.flatMap(({ topic, partition, offset }) => {
    const bounds = boundsOf(topic, partition);
    // What retention has deleted is not read: the group goes on at the start.
    return bounds && offset < bounds.end ? [{ topic, partition, offset: Math.max(offset, bounds.start) }] : [];
  });
}

function ageHere(
  own: CommittedOffset | undefined,
  bounds: PartitionOffsets | undefined,
  { lagTimes }: GroupReading["sampler"],
): ReturnType<typeof ageOf> | undefined {
  if (own === undefined || bounds === undefined || own.offset > bounds.end) return undefined;
  const [next] = nextPlaces([own], () => bounds);
  if (next === undefined) return 0;
  const timestampMs = lagTimes.known(next);
  if (timestampMs === undefined) return undefined;
  return timestampMs === null ? 0 : ageOf(timestampMs, Date.now());
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
