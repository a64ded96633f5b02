import type { OffsetGoal, OffsetScope } from "../../lib/contracts/group-offsets.ts";
import { listGroupOffsets } from "../client/admin/group-offsets.ts";
import { listOffsets, type OffsetQuery } from "../client/admin/list-offsets.ts";
import type { TopicMetadata } from "../client/metadata-image.ts";
import type { Cluster } from "./cluster.ts";
import { partitionKey } from "./engine/sampler/snapshot.ts";
import type { GroupStanding } from "./group-standing.ts";
import type { PartitionOffsets } from "./topic-columns/offsets-column.ts";

/** A partition of a plan before its offset is known. */
export type Place = { readonly topic: string; readonly partition: number };

/** Where a partition goes: an offset, null for "delete", undefined for "left alone"; and what there is to say of it. */
export type Resolved = { readonly next: number | null | undefined; readonly note: string | null };

/** Partitions that a goal is about: those named, all of a topic's, those of the file or of the other group, else all that the group committed in. */
export function placesOf(
  goal: OffsetGoal,
  { topics, standing, metadata }: { topics: OffsetScope | null; standing: GroupStanding; metadata: Metadata },
): Place[] {
  if (goal.to === "file")
    return Object.entries(goal.offsets).flatMap(([topic, own]) =>
      Object.keys(own).map((partition) => ({ topic, partition: Number(partition) })),
    );
  if (topics === null) return [...standing.offsets.values()].map(({ topic, partition }) => ({ topic, partition }));
  return topics.flatMap(({ topic, partitions }) =>
    (partitions ?? metadata.get(topic)?.partitions.map(({ partitionIndex }) => partitionIndex) ?? []).map(
      (partition) => ({ topic, partition }),
    ),
  );
}

type Metadata = ReadonlyMap<string, TopicMetadata>;

type Facts = {
  readonly cluster: Cluster;
  readonly standing: GroupStanding;
  readonly metadata: Metadata;
  readonly boundsOf: (place: Place) => PartitionOffsets | undefined;
};

/** Turns a goal into an offset for each partition, as Kafka's own tool does: what lies outside of the log is brought to its nearest end. */
export async function resolveGoal(goal: OffsetGoal, places: readonly Place[], facts: Facts): Promise<Resolved[]> {
  const wanted = await wantedBy(goal, places, facts);
  return places.map((place, index) => {
    const want = wanted[index] ?? LEFT;
    if (goal.to === "none") return committedIn(place, facts) === undefined ? left("nothing is committed") : want;
    if (typeof want.next !== "number") return want;
    const topic = facts.metadata.get(place.topic);
    if (topic === undefined) return left("the topic does not exist");
    if (topic.partitions.every(({ partitionIndex }) => partitionIndex !== place.partition))
      return left("the topic has no such partition");
    const bounds = facts.boundsOf(place);
    if (bounds === undefined) return left("its leader does not say what it has");
    return within(want, bounds);
  });
}

const LEFT: Resolved = { next: undefined, note: null };

function left(note: string): Resolved {
  return { next: undefined, note: `Left alone: ${note}.` };
}

function within({ next, note }: Resolved, { start, end }: PartitionOffsets): Resolved {
  if (typeof next !== "number") return { next, note };
  if (next > end) return { next: end, note: `${next} is beyond the end.` };
  if (next < start) return { next: start, note: `${next} is before the first record.` };
  return { next, note };
}

function committedIn({ topic, partition }: Place, { standing }: Facts): number | undefined {
  return standing.offsets.get(partitionKey(topic, partition))?.offset;
}

async function wantedBy(goal: OffsetGoal, places: readonly Place[], facts: Facts): Promise<Resolved[]> {
  const each = (next: (place: Place) => Resolved) => places.map(next);
  switch (goal.to) {
    case "earliest":
      return each((place) => ({ next: facts.boundsOf(place)?.start ?? 0, note: null }));
    case "latest":
      return each((place) => ({ next: facts.boundsOf(place)?.end ?? 0, note: null }));
    case "time":
      return atTime(goal.timeMs, places, facts);
    case "duration":
      return atTime(Math.max(0, Date.now() - goal.durationMs), places, facts);
    case "offset":
      return each(() => ({ next: Number(goal.offset), note: null }));
    case "shift":
      return each((place) => {
        const committed = committedIn(place, facts);
        return committed === undefined
          ? left("nothing is committed to shift from")
          : { next: committed + goal.by, note: null };
      });
    case "group":
      return asGroup(goal.group, places, facts);
    case "file":
      return each(({ topic, partition }) => {
        const own = goal.offsets[topic]?.[partition];
        return { next: own === null || own === undefined ? own : Number(own), note: null };
      });
    case "none":
      return each(() => ({ next: null, note: null }));
  }
}

async function atTime(timeMs: number, places: readonly Place[], facts: Facts): Promise<Resolved[]> {
  const there = places.filter((place) => facts.boundsOf(place) !== undefined);
  const queries = there.map(({ topic, partition }): OffsetQuery => ({ topic, partition, timestampMs: timeMs }));
  const answers = new Map(
    (await listOffsets(facts.cluster.client, queries)).map((answer) => [
      partitionKey(answer.topic, answer.partition),
      answer,
    ]),
  );
  return places.map((place) => {
    const answer = answers.get(partitionKey(place.topic, place.partition));
    if (answer !== undefined && answer.errorCode !== 0) return left("its leader could not look the time up");
    if (answer !== undefined && answer.offset >= 0) return { next: answer.offset, note: null };
    return { next: facts.boundsOf(place)?.end ?? 0, note: "No record is that new: it goes to the end." };
  });
}

async function asGroup(group: string, places: readonly Place[], { cluster }: Facts): Promise<Resolved[]> {
  const { offsets } = await listGroupOffsets(cluster.client, group);
  const known = new Map(offsets.map(({ topic, partition, offset }) => [partitionKey(topic, partition), offset]));
  return places.map(({ topic, partition }) => {
    const next = known.get(partitionKey(topic, partition));
    return next === undefined ? left(`${group} has committed nothing here`) : { next, note: null };
  });
}
