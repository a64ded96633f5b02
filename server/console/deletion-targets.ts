import type { DeleteRecordsInput } from "../../lib/contracts/topic-changes.ts";
import { type Problem, problem } from "../../lib/problem.ts";
import { type Result, fail, succeed } from "../../lib/result.ts";
import { EARLIEST, LATEST, listOffsets } from "../client/admin/list-offsets.ts";
import { describeAllTopics } from "../client/admin/topics.ts";
import type { TopicMetadata } from "../client/metadata-image.ts";
import type { Cluster } from "./cluster.ts";
import { findPartitions } from "./find-partitions.ts";
import { findTopic } from "./find-topic.ts";
import { settle } from "./settled.ts";
import { kafkaProblem } from "./to-problem.ts";
import { readTiers, remoteRecordsOf, type RemoteRecords } from "./tiered-offsets.ts";
import { distinctProblems } from "./topic-columns/column.ts";
import { readSettingsColumn } from "./topic-columns/settings-column.ts";
import { readSizesColumn } from "./topic-columns/sizes-column.ts";

/** A partition and what goes of it: the records from `start` until before `upTo`. */
export type DeletionTarget = {
  readonly topic: string;
  readonly partition: number;
  readonly start: number;
  readonly end: number;
  readonly upTo: number;
  /** Of the leader's replica; 0 when not known. */
  readonly sizeBytes: number;
  /** Where the leader's own log begins: beyond `start` what is before it is in remote storage only. */
  readonly localStart: number;
};

/** What a deletion means now. */
export type DeletionTargets = {
  readonly targets: readonly DeletionTarget[];
  /** Topics that Kafka refuses, since their policy is compact alone. */
  readonly compactedOnly: readonly string[];
  /** What goes from remote storage; null where no topic is tiered. */
  readonly tiered: RemoteRecords | null;
  readonly problems: readonly Problem[];
};

/** Finds what a deletion of records means now, partition by partition. */
export async function findDeletionTargets(
  cluster: Cluster,
  input: DeleteRecordsInput,
  title: string,
): Promise<Result<DeletionTargets>> {
  const topics = await topicsOf(cluster, input, title);
  if (!topics.ok) return topics;
  const { identity } = cluster;
  const [points, sizes, settings] = await Promise.all([
    pointsOf(cluster, topics.value, input, title),
    settle(readSizesColumn(cluster, topics.value, { only: input.topics.length === 1 }), {
      title: "Sizes could not be read",
      identity,
    }),
    settle(readSettingsColumn(cluster, topics.value), { title: "cleanup.policy could not be read", identity }),
  ]);
  if (!points.ok) return points;
  const tieredTopics = topics.value.filter(({ name }) => settings.value?.values.get(name ?? "")?.isTiered === true);
  const tiers = await settle(readTiers(cluster, tieredTopics), {
    title: "What is in remote storage could not be read",
    identity,
  });
  const tierOf = ({ topic, partition }: { readonly topic: string; readonly partition: number }) =>
    tiers.value?.get(`${topic}/${partition}`);
  const targets = points.value.targets.map((target) => {
    const leader = cluster.client.metadata.partition(target.topic, target.partition)?.leaderId;
    const replicas = sizes.value?.values.get(target.topic) ?? [];
    const own = replicas.find(({ broker, partition }) => broker === leader && partition === target.partition);
    const localStart = Math.max(target.start, tierOf(target)?.localStart ?? 0);
    return { ...target, sizeBytes: own?.sizeBytes ?? 0, localStart };
  });
  const compactedOnly = input.topics.filter((topic) => {
    const policy = settings.value?.values.get(topic)?.cleanupPolicy;
    return policy !== undefined && policy !== null && !policy.includes("delete");
  });
  const names = new Set(tieredTopics.map(({ name }) => name));
  return succeed({
    targets,
    compactedOnly,
    tiered:
      tieredTopics.length === 0
        ? null
        : remoteRecordsOf(
            targets.filter(({ topic }) => names.has(topic)),
            tierOf,
          ),
    problems: [
      ...points.value.problems,
      ...[sizes, settings, tiers].flatMap(({ problems }) => problems),
      ...(sizes.value?.problems ?? []),
    ],
  });
}

async function topicsOf(
  cluster: Cluster,
  { topics }: DeleteRecordsInput,
  title: string,
): Promise<Result<TopicMetadata[]>> {
  const [only] = topics;
  if (topics.length === 1 && only !== undefined) {
    const found = await findTopic(cluster, only, title);
    return found.ok ? succeed([found.value]) : found;
  }
  const wanted = new Set(topics);
  const found = (await describeAllTopics(cluster.client)).filter(
    ({ name, errorCode }) => errorCode === 0 && wanted.has(name ?? ""),
  );
  if (found.length > 0) return succeed(found);
  return fail(problem({ code: "topic-not-found", title, detail: "None of these topics is there any more." }));
}

type Point = Omit<DeletionTarget, "sizeBytes" | "localStart">;
type Points = { readonly targets: readonly Point[]; readonly problems: readonly Problem[] };

async function pointsOf(
  { client, identity }: Cluster,
  topics: readonly TopicMetadata[],
  { upTo }: DeleteRecordsInput,
  title: string,
): Promise<Result<Points>> {
  const [first] = topics;
  const named = partitionsNamed(upTo);
  const known = first ? findPartitions(first, named, title) : undefined;
  if (known && !known.ok) return known;
  const partitions = topics.flatMap(({ name, partitions: own }) =>
    own
      .filter(({ partitionIndex }) => named.length === 0 || named.includes(partitionIndex))
      .map(({ partitionIndex }) => ({ topic: name ?? "", partition: partitionIndex })),
  );
  const at = (timestampMs: number) => partitions.map((one) => ({ ...one, timestampMs }));
  const times = upTo.kind === "time" ? at(upTo.timestampMs) : [];
  const answers = await listOffsets(client, [...at(EARLIEST), ...at(LATEST), ...times]);
  const targets: Point[] = [];
  const problems: Problem[] = [];
  for (const [index, { topic, partition }] of partitions.entries()) {
    const [start, end, time] = [
      answers[index],
      answers[index + partitions.length],
      answers[index + 2 * partitions.length],
    ];
    const bad = [start, end, time].find((answer) => answer !== undefined && answer.errorCode !== 0);
    if (bad || !start || !end) {
      const needs = { operation: "Describe", resource: { topic } };
      problems.push(
        kafkaProblem(bad?.errorCode ?? -1, null, {
          title,
          facts: [["partition", `${topic}-${partition}`]],
          needs,
          identity,
        }),
      );
      continue;
    }
    const point = time === undefined ? undefined : time.offset < 0 ? end.offset : time.offset;
    const offset = pointOf(upTo, partition) ?? point ?? end.offset;
    if (offset > end.offset) return fail(beyondEnd(`${topic}-${partition}`, offset, end.offset, title));
    targets.push({ topic, partition, start: start.offset, end: end.offset, upTo: offset });
  }
  if (targets.length === 0 && problems[0]) return fail(problems[0]);
  return succeed({ targets, problems: distinctProblems(problems) });
}

function partitionsNamed(upTo: DeleteRecordsInput["upTo"]): readonly number[] {
  if (upTo.kind === "partitions") return upTo.partitions;
  return upTo.kind === "offsets" ? upTo.offsets.map(({ partition }) => partition) : [];
}

function pointOf(upTo: DeleteRecordsInput["upTo"], partition: number): number | undefined {
  if (upTo.kind !== "offsets") return undefined;
  const found = upTo.offsets.find((one) => one.partition === partition);
  return found && Number(found.offset);
}

function beyondEnd(partition: string, offset: number, end: number, title: string): Problem {
  const detail = `${partition} ends at offset ${end}: there is nothing before ${offset} beyond it (OFFSET_OUT_OF_RANGE).`;
  return problem({ code: "invalid-input", title, detail, fields: { offsets: detail } });
}
