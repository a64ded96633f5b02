import type { SearchQuery } from "../../../lib/contracts/search.ts";
import { partitionForKey } from "../../../lib/murmur2.ts";
import { type Problem, problem } from "../../../lib/problem.ts";
import { type Result, succeed } from "../../../lib/result.ts";
import { EARLIEST, LATEST, listOffsets, type OffsetAnswer } from "../../client/admin/list-offsets.ts";
import type { Cluster } from "../cluster.ts";
import { findTopic } from "../find-topic.ts";
import { inParallel } from "../in-parallel.ts";
import { kafkaProblem, toProblem } from "../to-problem.ts";
import { compileExpression } from "./expression.ts";
import { type Necessary, necessaryOf } from "./necessary.ts";
import type { SearchRange } from "./search-range.ts";

/** Records may be written out of the order of their timestamps: a bound that an expression sets to them reads so much further. */
const DISORDER_MS = 3_600_000;
const LOOKUPS = 8;

/** What a search will read. */
export type SearchPlan = {
  readonly ranges: readonly SearchRange[];
  /** The only partition read, because the key that is named is in it. */
  readonly keyPartition: number | null;
  /** Partitions that cannot be read. */
  readonly problems: readonly Problem[];
};

/** Finds out by ListOffsets which offsets a search must read: no more than its partitions, times and key leave. */
export async function planSearch(cluster: Cluster, query: SearchQuery, title: string): Promise<Result<SearchPlan>> {
  const bounds = boundsOf(query);
  const plans = await inParallel(query.topics, LOOKUPS, (topic) => planTopic(cluster, { topic, query, bounds, title }));
  const ranges: SearchRange[] = [];
  const problems: Problem[] = [];
  let keyPartition: number | null = null;
  for (const plan of plans) {
    if (!plan.ok) return plan;
    ranges.push(...plan.value.ranges);
    problems.push(...plan.value.problems);
    keyPartition = plan.value.keyPartition ?? keyPartition;
  }
  return succeed({ ranges, problems, keyPartition });
}

type Bounds = Omit<Necessary, "bytes">;

function boundsOf({ language, text }: SearchQuery): Bounds {
  const compiled = language === "cel" ? compileExpression(text) : undefined;
  if (compiled?.ok) return necessaryOf(compiled.expression.tree);
  return { key: null, partitions: null, fromOffset: null, toOffset: null, fromMs: null, toMs: null };
}

type TopicPlan = {
  readonly topic: string;
  readonly query: SearchQuery;
  readonly bounds: Bounds;
  readonly title: string;
};

async function planTopic(cluster: Cluster, { topic, query, bounds, title }: TopicPlan): Promise<Result<SearchPlan>> {
  const found = await findTopic(cluster, topic, title);
  if (!found.ok) return found;
  const numbers = found.value.partitions.map(({ partitionIndex }) => partitionIndex).sort((a, b) => a - b);
  // What a decoder makes of a key are not the bytes by which it was given its partition.
  const isKeyAsIs = query.keyAs === undefined || query.keyAs === "auto";
  const isByKey = bounds.key !== null && isKeyAsIs && query.isKeyPartitionOnly && query.partitions === null;
  const keyPartition = isByKey ? partitionForKey(Buffer.from(bounds.key ?? ""), numbers.length) : null;
  const chosen = numbers.filter(
    (number) =>
      (keyPartition === null || number === keyPartition) &&
      (query.partitions?.includes(number) ?? true) &&
      (bounds.partitions?.includes(number) ?? true),
  );
  const fromMs = greatest(query.fromMs, bounds.fromMs);
  const toMs = least(query.toMs, bounds.toMs === null ? null : bounds.toMs + DISORDER_MS);
  const times = [EARLIEST, LATEST, ...(fromMs === null ? [] : [fromMs]), ...(toMs === null ? [] : [toMs + 1])];
  const queries = times.flatMap((timestampMs) => chosen.map((partition) => ({ topic, partition, timestampMs })));
  const answers = await listOffsets(cluster.client, queries, { isolation: query.isolation });
  const problems: Problem[] = [];
  const ranges = chosen.flatMap((partition, index) => {
    const own = times.map((_, round) => answers[round * chosen.length + index]);
    const bad = own.find((answer) => answer?.errorCode !== 0);
    if (bad) problems.push(unreadable(cluster, bad));
    const [earliest, latest] = own;
    if (bad || !earliest || !latest) return [];
    const after = (answer: OffsetAnswer | undefined) => (answer && answer.offset >= 0 ? answer.offset : latest.offset);
    const start = Math.max(
      earliest.offset,
      Number(query.fromOffset ?? 0),
      bounds.fromOffset ?? 0,
      fromMs === null ? 0 : after(own[2]),
    );
    const end = Math.min(
      latest.offset,
      bounds.toOffset ?? latest.offset,
      toMs === null ? latest.offset : after(own.at(-1)),
    );
    return start < end ? [{ topic, partition, start, end, reachedMs: null }] : [];
  });
  return succeed({ ranges, keyPartition, problems });
}

function unreadable(cluster: Cluster, { topic, partition, failure, errorCode }: OffsetAnswer): Problem {
  const name = `${topic}-${partition}`;
  const attempt = {
    title: `${name} was not searched`,
    facts: [["partition", name]] as const,
    needs: { operation: "Describe", resource: { topic } },
    identity: cluster.identity,
  };
  return (failure && toProblem(failure, attempt)) ?? kafkaProblem(errorCode, null, attempt);
}

function greatest(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.max(a, b);
}

function least(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.min(a, b);
}

/** Why a search cannot be begun as it was asked for; undefined when it can. The fault's place is in `fields`. */
export function faultOfQuery(
  { language, text }: Pick<SearchQuery, "language" | "text">,
  title: string,
): Problem | undefined {
  if (language !== "cel") return undefined;
  const compiled = compileExpression(text);
  if (compiled.ok) return undefined;
  const { message, start } = compiled.fault;
  const detail = `${message} It is at character ${start + 1} of the expression.`;
  return problem({ code: "invalid-input", title, detail, fields: { text: message } });
}
