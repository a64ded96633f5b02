import type { StripQuery, TimeStrip } from "../../lib/contracts/search.ts";
import { succeed } from "../../lib/result.ts";
import { EARLIEST, LATEST, listOffsets, MAX_TIMESTAMP, type OffsetAnswer } from "../client/admin/list-offsets.ts";
import { findTopic } from "./find-topic.ts";
import { sampledOf } from "./sampled.ts";
import { kafkaProblem, toProblem } from "./to-problem.ts";
import { defineUseCase, type Scope } from "./use-case.ts";

type Input = { readonly cluster: string; readonly topic: string; readonly query: StripQuery };

/** Lookups of one strip: of many partitions fewer buckets are shown. */
const LOOKUPS_MAX = 8_000;
const BUCKETS_MIN = 10;
const SECOND_MS = 1_000;

/** One partition with its offset at each edge. */
type Edges = {
  readonly partition: number;
  readonly start: number;
  readonly end: number;
  readonly offsets: readonly number[];
};

/** Records over time from the offsets at the buckets' edges (ListOffsets by timestamp): no record is read, however many there are. */
export const readTimeStrip = defineUseCase<Input, TimeStrip>({
  failed: ({ topic }) => `The time strip of ${topic} could not be read`,
  async run(scope, { topic, query }, title) {
    const { cluster } = scope;
    const found = await findTopic(cluster, topic, title);
    if (!found.ok) return found;
    const partitions = found.value.partitions.map(({ partitionIndex }) => partitionIndex).sort((a, b) => a - b);
    const range = await rangeOf(scope, topic, partitions, query);
    if (range === undefined) return succeed({ fromMs: 0, toMs: 0, counts: [], groups: [], problems: [] });
    const { fromMs } = range;
    const affordable = Math.floor(LOOKUPS_MAX / partitions.length);
    const buckets = Math.max(BUCKETS_MIN, Math.min(query.buckets, affordable));
    const stepMs = Math.max(1, Math.ceil((range.toMs - fromMs) / buckets));
    const toMs = fromMs + stepMs * buckets;
    const times = Array.from({ length: buckets + 1 }, (_, edge) => fromMs + edge * stepMs);
    const { edges, bad } = await edgesOf(scope, topic, partitions, times);
    const counts = Array.from({ length: buckets }, (_, bucket) =>
      edges.reduce((sum, { offsets }) => sum + Math.max(0, (offsets[bucket + 1] ?? 0) - (offsets[bucket] ?? 0)), 0),
    );
    const problems = bad.map((answer) => {
      const name = `${answer.topic}-${answer.partition}`;
      const attempt = {
        title: `${name} is not in the time strip`,
        facts: [["partition", name]] as const,
        identity: cluster.identity,
      };
      return (answer.failure && toProblem(answer.failure, attempt)) ?? kafkaProblem(answer.errorCode, null, attempt);
    });
    return succeed({ fromMs, toMs, counts, groups: await groupsOf(scope, topic, edges, times), problems });
  },
});

/** From the first record's time to just after the newest; undefined without records. */
async function rangeOf(
  { cluster }: Scope,
  topic: string,
  partitions: readonly number[],
  { fromMs, toMs }: StripQuery,
): Promise<{ readonly fromMs: number; readonly toMs: number } | undefined> {
  if (fromMs !== undefined && toMs !== undefined) return toMs > fromMs ? { fromMs, toMs } : undefined;
  // The first record at or after time 0 tells the oldest time that a partition begins with.
  const queries = [0, MAX_TIMESTAMP].flatMap((timestampMs) =>
    partitions.map((partition) => ({ topic, partition, timestampMs })),
  );
  const answers = await listOffsets(cluster.client, queries);
  const timesOf = (from: number) =>
    answers
      .slice(from, from + partitions.length)
      .filter(({ errorCode, recordTimestampMs }) => errorCode === 0 && recordTimestampMs >= 0)
      .map(({ recordTimestampMs }) => recordTimestampMs);
  const [first, last] = [timesOf(0), timesOf(partitions.length)];
  if (first.length === 0) return undefined;
  const begin = fromMs ?? first.reduce((a, b) => Math.min(a, b));
  // Before Kafka 3.0 there is no lookup of the newest: then it is now.
  const end = toMs ?? (last.length === 0 ? Date.now() : last.reduce((a, b) => Math.max(a, b))) + SECOND_MS;
  return end > begin ? { fromMs: begin, toMs: end } : undefined;
}

async function edgesOf(
  { cluster }: Scope,
  topic: string,
  partitions: readonly number[],
  times: readonly number[],
): Promise<{ readonly edges: readonly Edges[]; readonly bad: readonly OffsetAnswer[] }> {
  const asked = [EARLIEST, LATEST, ...times];
  const queries = asked.flatMap((timestampMs) => partitions.map((partition) => ({ topic, partition, timestampMs })));
  const answers = await listOffsets(cluster.client, queries);
  const bad: OffsetAnswer[] = [];
  const edges = partitions.flatMap((partition, index) => {
    const own = asked.map((_, round) => answers[round * partitions.length + index]);
    const refused = own.find((answer) => answer?.errorCode !== 0);
    if (refused) bad.push(refused);
    const [start, end, ...atEdges] = own.map((answer) => answer?.offset ?? -1);
    if (refused || start === undefined || end === undefined) return [];
    return [{ partition, start, end, offsets: atEdges.map((offset) => (offset < 0 ? end : offset)) }];
  });
  return { edges, bad };
}

/** Where groups stand in time, by the last sweep: between the edges around their committed offsets. */
async function groupsOf(
  scope: Scope,
  topic: string,
  edges: readonly Edges[],
  times: readonly number[],
): Promise<TimeStrip["groups"]> {
  const { groups } = (await sampledOf(scope)).snapshot;
  const marks: TimeStrip["groups"] = [];
  for (const { groupId, offsets } of groups?.value.values() ?? []) {
    const own = (offsets ?? []).filter((one) => one.topic === topic);
    const places = own.flatMap(({ partition, offset }) => {
      const found = edges.find((one) => one.partition === partition);
      return found ? [{ lag: Math.max(0, found.end - offset), atMs: timeOf(found, offset, times) }] : [];
    });
    if (places.length === 0) continue;
    const atMs = places.reduce((first, place) => Math.min(first, place.atMs), Number.POSITIVE_INFINITY);
    marks.push({ group: groupId, atMs, lag: places.reduce((sum, { lag }) => sum + lag, 0) });
  }
  return marks.sort((a, b) => a.atMs - b.atMs);
}

function timeOf({ offsets, end }: Edges, offset: number, times: readonly number[]): number {
  const last = times.at(-1) ?? 0;
  if (offset >= end) return last;
  const next = offsets.findIndex((edge) => edge > offset);
  if (next <= 0) return next < 0 ? last : (times[0] ?? 0);
  const [from = 0, to = 0] = [offsets[next - 1], offsets[next]];
  const [fromMs = 0, toMs = 0] = [times[next - 1], times[next]];
  return Math.round(fromMs + ((offset - from) / Math.max(1, to - from)) * (toMs - fromMs));
}
