import type { MessageQuery } from "../../../lib/contracts/messages.ts";
import { formatPositions, parsePositions } from "../../../lib/positions.ts";
import { readPartitions } from "../../client/read-partitions.ts";
import type { Cluster } from "../cluster.ts";
import { BackwardSource } from "./backward-source.ts";
import type { Range } from "./find-ranges.ts";
import { ForwardSource } from "./forward-source.ts";
import type { PlacedRecord } from "./merge-by-time.ts";
import { mergeSources } from "./merge-sources.ts";
import type { PartitionSource } from "./partition-source.ts";
import { ReadBudget } from "./read-budget.ts";

/** Partitions whose first read shares requests; one alone is read with larger answers. */
const SHARED_FROM = 2;
const SHARED_PARTITION_BYTES = 65_536;
const SHARED_ANSWER_BYTES = 4 * 1024 * 1024;

type PageRequest = {
  readonly cluster: Cluster;
  readonly topic: string;
  readonly query: Pick<MessageQuery, "from" | "limit" | "control" | "edge" | "turn">;
  readonly ranges: readonly Range[];
};

/** A page of records in the order in which they are shown, and where the pages beside it begin. */
export type Page = {
  readonly records: readonly PlacedRecord[];
  readonly sources: readonly PartitionSource[];
  readonly edges: { readonly next: string | null; readonly previous: string | null };
  readonly budget: ReadBudget;
};

/**
 * Reads one page. Records are shown newest first (`newest`) or oldest first; a page beside another begins at that page's edge:
 *
 *     offsets:  … ──────┬───── page ─────┬────── …
 *                      low              high
 *
 * The page towards the end of the log is read forwards from `high`, the one towards its start backwards from `low`, whichever of them is next.
 */
export async function readPage({ cluster, topic, query, ranges }: PageRequest): Promise<Page> {
  const budget = new ReadBudget();
  const newestFirst = query.from === "newest";
  const turn = query.edge === undefined ? undefined : query.turn;
  const isBackward = turn === undefined ? newestFirst : newestFirst === (turn === "next");
  const bounded = query.edge === undefined ? ranges : atEdge(ranges, { topic, edge: query.edge, isBackward });
  const shared = { cluster, budget, withControl: query.control === "true" };
  const sources = bounded
    .filter(({ start, end }) => start < end)
    .map((range) =>
      isBackward
        ? new BackwardSource({ ...range, ...shared }, query.limit)
        : new ForwardSource({ ...range, ...shared }),
    );
  await readFirstTogether(cluster, sources, shared.withControl);
  const merged = await mergeSources(sources, { limit: query.limit, newestFirst: isBackward });
  const { low, high } = edgesOf({ topic, ranges, bounded, sources, isBackward });
  return {
    records: isBackward === newestFirst ? merged : merged.toReversed(),
    sources,
    edges: newestFirst ? { next: low, previous: high } : { next: high, previous: low },
    budget,
  };
}

type Edge = { readonly topic: string; readonly edge: string; readonly isBackward: boolean };

function atEdge(ranges: readonly Range[], { topic, edge, isBackward }: Edge): Range[] {
  const offsets = new Map(
    (parsePositions(edge, topic) ?? []).map((one) => [`${one.topic}/${one.partition}`, Number(one.offset)]),
  );
  return ranges.map((range) => {
    const offset = offsets.get(`${range.topic}/${range.partition}`);
    // A partition that the other page did not know (it was made meanwhile) has nothing older, and all of it is newer.
    if (offset === undefined) return isBackward ? { ...range, end: range.start } : range;
    const within = Math.min(range.end, Math.max(range.start, offset));
    return isBackward ? { ...range, end: within } : { ...range, start: within };
  });
}

type Sides = {
  readonly topic: string;
  readonly ranges: readonly Range[];
  readonly bounded: readonly Range[];
  readonly sources: readonly PartitionSource[];
  readonly isBackward: boolean;
};

/** Where the page ends on both sides, as positions; null where the range ends too. */
function edgesOf({ topic, ranges, bounded, sources, isBackward }: Sides): { low: string | null; high: string | null } {
  const edges = new Map(sources.map((source) => [`${source.topic}/${source.partition}`, source.edgeOffset]));
  const sides = bounded.map((range, index) => {
    const reached = edges.get(`${range.topic}/${range.partition}`) ?? (isBackward ? range.start : range.end);
    const whole = ranges[index] ?? range;
    const low = isBackward ? reached : range.start;
    const high = isBackward ? range.end : reached;
    return { ...range, low, high, hasLower: low > whole.start, hasHigher: high < whole.end };
  });
  const format = (side: "low" | "high") =>
    formatPositions(
      sides.map(({ topic: name, partition, ...own }) => ({ topic: name, partition, offset: String(own[side]) })),
      topic,
    );
  return {
    low: sides.some(({ hasLower }) => hasLower) ? format("low") : null,
    high: sides.some(({ hasHigher }) => hasHigher) ? format("high") : null,
  };
}

/** Fetches the beginning of many partitions by one request a leader; what fails here is read again, and told, by the partition's own reads. */
async function readFirstTogether(
  cluster: Cluster,
  sources: readonly PartitionSource[],
  withControl: boolean,
): Promise<void> {
  if (sources.length < SHARED_FROM) return;
  const topics = new Set(sources.map(({ topic }) => topic));
  await Promise.all(
    [...topics].map(async (topic) => {
      const own = sources.filter((source) => source.topic === topic);
      const answers = await readPartitions(cluster.client, {
        topic,
        positions: new Map(own.map(({ partition, firstPosition }) => [partition, firstPosition])),
        isolation: "uncommitted",
        partitionBytesMax: SHARED_PARTITION_BYTES,
        answerBytesMax: SHARED_ANSWER_BYTES,
        withControl,
      });
      for (const source of own) {
        const answer = answers.get(source.partition);
        if (answer && answer.failure === undefined) source.prime(answer);
      }
    }),
  );
}
