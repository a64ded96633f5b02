import type { ChangePlan } from "../../lib/contracts/changes.ts";
import {
  landingsMax,
  type OffsetMove,
  type OffsetPlan,
  type OffsetPlanQuery,
  type OffsetsByTopic,
  offsetsMax,
} from "../../lib/contracts/group-offsets.ts";
import type { RecordSummary } from "../../lib/contracts/messages.ts";
import { problem } from "../../lib/problem.ts";
import { type Result, fail, succeed } from "../../lib/result.ts";
import { offsetsByTopicOf } from "../../lib/offsets-by-topic.ts";
import { describeTopics } from "../client/admin/topics.ts";
import type { TopicMetadata } from "../client/metadata-image.ts";
import type { Cluster } from "./cluster.ts";
import { partitionKey } from "./engine/sampler/snapshot.ts";
import { type GroupStanding, groupStanding } from "./group-standing.ts";
import { readLandings } from "./landings.ts";
import { type Place, placesOf, type Resolved, resolveGoal } from "./resolve-offset-goal.ts";
import { samplerOf } from "./sampled.ts";
import { setOffsetsChange } from "./set-offsets.ts";
import { settle } from "./settled.ts";
import { type PartitionOffsets, readOffsetsColumn } from "./topic-columns/offsets-column.ts";
import { readSizesColumn } from "./topic-columns/sizes-column.ts";
import { defineUseCase, type Scope } from "./use-case.ts";

type Input = { readonly cluster: string; readonly group: string; readonly query: OffsetPlanQuery };

/** What a reset would do, partition by partition: the record it lands on, and how much is read again or skipped. Reads only. */
export const planOffsets = defineUseCase<Input, OffsetPlan>({
  failed: ({ group }) => `The reset of ${group} could not be planned`,
  async run(scope, { group, query }, title) {
    const { cluster } = scope;
    const found = await groupStanding(cluster, group, title);
    if (!found.ok) return found;
    const standing = found.value;
    const metadata = await namedTopics(cluster, topicsIn(query, standing));
    const places = placesOf(query.goal, { topics: query.topics, standing, metadata });
    if (places.length > offsetsMax) return fail(tooMany(places.length, title));
    const { identity } = cluster;
    const [bounds, sizes] = await Promise.all([
      settle(readOffsetsColumn(cluster, [...metadata.values()]), { title: "Offsets could not be read", identity }),
      settle(readSizesColumn(cluster, [...metadata.values()], { only: true }), {
        title: "Sizes could not be read",
        identity,
      }),
    ]);
    const boundsOf = ({ topic, partition }: Place) => bounds.value?.values.get(topic)?.get(partition);
    const resolved = await resolveGoal(query.goal, places, { cluster, standing, metadata, boundsOf });
    const lands = await landingsOf(scope, places, resolved, boundsOf);
    const moves = places
      .map((place, index) =>
        moveOf(place, resolved[index] ?? { next: undefined, note: null }, {
          committed: standing.offsets.get(partitionKey(place.topic, place.partition))?.offset,
          bounds: boundsOf(place),
          sizeBytes: sizeOf(metadata.get(place.topic), place.partition, sizes.value?.values.get(place.topic)),
          landing: lands,
        }),
      )
      .sort((a, b) => (a.topic === b.topic ? a.partition - b.partition : a.topic < b.topic ? -1 : 1));
    const offsets = offsetsOf(moves);
    const plan = await planOf(scope, { group, query, offsets });
    if (!plan.ok) return plan;
    return succeed({
      ...plan.value,
      problems: [...plan.value.problems, ...bounds.problems, ...(bounds.value?.problems ?? [])],
      moves,
      offsets,
      active: standing.description.members.map(({ clientId, host, memberId }) => ({ clientId, host, memberId })),
      sums: sumsOf(moves, samplerOf(scope).groups.consumedPerSecond(group)),
      readAtMs: Date.now(),
    });
  },
});

function topicsIn({ goal, topics }: OffsetPlanQuery, { offsets }: GroupStanding): string[] {
  if (goal.to === "file") return Object.keys(goal.offsets);
  return [...new Set((topics ?? [...offsets.values()]).map(({ topic }) => topic))];
}

async function namedTopics({ client }: Cluster, names: readonly string[]): Promise<Map<string, TopicMetadata>> {
  const found = await describeTopics(client, names);
  return new Map(found.flatMap((topic) => (topic.errorCode === 0 ? [[topic.name ?? "", topic] as const] : [])));
}

function tooMany(count: number, title: string) {
  const detail = `${count} partitions are meant; ${offsetsMax} go at once.`;
  return problem({ code: "invalid-input", title, detail, suggestion: "Choose topics one after another." });
}

/** The plan of the change itself; one that changes nothing has no command and no fingerprint worth confirming. */
async function planOf(
  { context, actor, cluster }: Scope,
  { group, query, offsets }: { group: string; query: OffsetPlanQuery; offsets: OffsetsByTopic },
): Promise<Result<ChangePlan>> {
  const { goal, topics, isNew } = query;
  const isEmpty = Object.keys(offsets).length === 0;
  if (isEmpty) {
    const target = { type: "group", name: group } as const;
    const detail = { impact: [], problems: [], fingerprint: "", cli: null, code: null, irreversible: null };
    return succeed({ kind: "set-offsets", title: `Set offsets of ${group}`, target, before: {}, after: {}, ...detail });
  }
  // What a file says stands in the offsets already.
  const kept = goal.to === "file" ? null : goal;
  const input = { cluster: cluster.options.id, group, offsets, goal: kept, topics, isNew, metadata: {} };
  return setOffsetsChange.planIt(context, actor, input);
}

/** The record that is read first, null when there is none before the end, undefined when it could not be read. */
type Landed = RecordSummary | null | undefined;

async function landingsOf(
  { context, cluster }: Scope,
  places: readonly Place[],
  resolved: readonly Resolved[],
  boundsOf: (place: Place) => PartitionOffsets | undefined,
): Promise<ReadonlyMap<string, Landed>> {
  const wanted = places.flatMap((place, index) => {
    const next = resolved[index]?.next;
    const bounds = boundsOf(place);
    return typeof next === "number" && bounds && next < bounds.end ? [{ ...place, offset: next }] : [];
  });
  const read = await settle(readLandings(cluster, wanted.slice(0, landingsMax)), {
    title: "Records could not be read",
  });
  const found = wanted.map(({ topic, partition }) => ({
    topic,
    partition,
    record: read.value?.get(partitionKey(topic, partition)),
  }));
  const placed = found.flatMap(({ record, ...place }) => (record ? [{ ...place, record }] : []));
  const summaries = await context.decoding.run("summaries", { placed, choices: {} });
  const nothing = found.flatMap(({ topic, partition, record }) =>
    record === null ? [[partitionKey(topic, partition), null] as const] : [],
  );
  return new Map<string, Landed>([
    ...nothing,
    ...summaries.map((one) => [partitionKey(one.topic, one.partition), one] as const),
  ]);
}

/** Bytes of a partition at its leader. */
function sizeOf(
  topic: TopicMetadata | undefined,
  partition: number,
  replicas: readonly { readonly broker: number; readonly partition: number; readonly sizeBytes: number }[] | undefined,
): number | undefined {
  const leader = topic?.partitions.find(({ partitionIndex }) => partitionIndex === partition)?.leaderId;
  return replicas?.find((own) => own.partition === partition && own.broker === leader)?.sizeBytes;
}

type MoveFacts = {
  readonly committed: number | undefined;
  readonly bounds: PartitionOffsets | undefined;
  readonly sizeBytes: number | undefined;
  readonly landing: ReadonlyMap<string, Landed>;
};

function moveOf(place: Place, { next, note }: Resolved, facts: MoveFacts): OffsetMove {
  const { topic, partition } = place;
  const { committed, bounds, sizeBytes } = facts;
  const key = partitionKey(topic, partition);
  const record = facts.landing.get(key);
  const distance =
    typeof next === "number" && committed !== undefined && bounds ? next - clamp(committed, bounds) : null;
  const held = bounds ? bounds.end - bounds.start : 0;
  const bytes =
    distance === null || sizeBytes === undefined
      ? null
      : held === 0
        ? 0
        : Math.round((Math.abs(distance) / held) * sizeBytes);
  const moves = next !== undefined;
  return {
    topic,
    partition,
    committed: committed === undefined ? null : String(committed),
    next: typeof next === "number" ? String(next) : null,
    start: bounds ? String(bounds.start) : null,
    end: bounds ? String(bounds.end) : null,
    landing: landingOf(next, bounds, record),
    lands: record ?? null,
    readAgain: distance === null ? null : Math.max(0, -distance),
    skipped: distance === null ? null : Math.max(0, distance),
    bytes,
    moves,
    note: note === null ? null : { severity: moves ? "info" : "warning", text: note },
  };
}

/** What lies outside of the log can neither be read again nor skipped. */
function clamp(offset: number, { start, end }: PartitionOffsets): number {
  return Math.min(end, Math.max(start, offset));
}

function landingOf(
  next: number | null | undefined,
  bounds: PartitionOffsets | undefined,
  record: Landed,
): OffsetMove["landing"] {
  if (typeof next !== "number") return "none";
  if (bounds !== undefined && next >= bounds.end) return "end";
  if (record === undefined) return "unread";
  return record === null ? "end" : "record";
}

function offsetsOf(moves: readonly OffsetMove[]): OffsetsByTopic {
  return offsetsByTopicOf(
    moves.flatMap(({ topic, partition, next, moves: isPart }) =>
      isPart ? [{ topic, partition: String(partition), offset: next }] : [],
    ),
  );
}

function sumsOf(moves: readonly OffsetMove[], consumedPerSecond: number | null): OffsetPlan["sums"] {
  const sum = (values: readonly (number | null)[]) => values.reduce<number>((total, value) => total + (value ?? 0), 0);
  const own = moves.filter(({ moves: isPart }) => isPart);
  const lags = (pick: (move: OffsetMove) => string | null) =>
    own.map((move) => {
      const offset = pick(move);
      return offset === null || move.end === null ? null : Math.max(0, Number(move.end) - Number(offset));
    });
  const whole = (values: readonly (number | null)[]) =>
    own.length === 0 || values.some((value) => value === null) ? null : sum(values);
  const lagAfter = whole(lags(({ next }) => next));
  return {
    readAgain: sum(own.map(({ readAgain }) => readAgain)),
    skipped: sum(own.map(({ skipped }) => skipped)),
    bytes: whole(own.map(({ bytes }) => bytes)),
    lagBefore: whole(lags(({ committed }) => committed)),
    lagAfter,
    drainsInMs: lagAfter === null || !consumedPerSecond ? null : (lagAfter / consumedPerSecond) * 1_000,
  };
}
