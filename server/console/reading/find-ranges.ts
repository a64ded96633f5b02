import type { MessageQuery } from "../../../lib/contracts/messages.ts";
import { parsePositions } from "../../../lib/positions.ts";
import { type Problem, problem } from "../../../lib/problem.ts";
import { EARLIEST, LATEST, listOffsets, type OffsetAnswer } from "../../client/admin/list-offsets.ts";
import { listGroupOffsets } from "../../client/admin/group-offsets.ts";
import type { Cluster } from "../cluster.ts";
import { kafkaProblem, toProblem } from "../to-problem.ts";

/** One partition of one topic. */
export type Place = { readonly topic: string; readonly partition: number };

/** Where reading one partition begins and ends, or why it cannot. */
export type Range = Place & {
  readonly logStart: number | null;
  /** First offset wanted, and the one after the last. */
  readonly start: number;
  readonly end: number;
  readonly problem: Problem | null;
};

type PlaceQuery = Pick<MessageQuery, "from" | "offset" | "offsets" | "timeMs" | "last" | "group" | "toOffset" | "toMs">;

const SPANS_MS = {
  "5m": 300_000,
  "15m": 900_000,
  "1h": 3_600_000,
  "6h": 21_600_000,
  "24h": 86_400_000,
  "7d": 604_800_000,
} as const;

/** Looks up where the partitions begin and end, and where the query's places are in them; everything in as few requests as there are leaders. */
export async function findRanges(
  cluster: Cluster,
  places: readonly Place[],
  query: PlaceQuery,
  nowMs: number,
): Promise<Range[]> {
  const own = places[0]?.topic ?? "";
  const fromMs = earliestMs(query, nowMs);
  const times = { start: EARLIEST, end: LATEST, fromMs, toMs: query.toMs };
  const asked = Object.entries(times).flatMap(([name, timestampMs]) =>
    timestampMs === undefined ? [] : [{ name, timestampMs }],
  );
  const [answers, starts] = await Promise.all([
    listOffsets(
      cluster.client,
      asked.flatMap(({ timestampMs }) => places.map((place) => ({ ...place, timestampMs }))),
    ),
    namedStarts(cluster, own, query),
  ]);
  return places.flatMap((place, index) => {
    const named = starts?.get(keyOf(place));
    if (query.from === "offsets" && named === undefined) return [];
    const found = new Map(asked.map(({ name }, round) => [name, answers[round * places.length + index]]));
    return [rangeOf({ cluster, place, query, found, named })];
  });
}

/** The earliest timestamp that the query wants; undefined when it names none. */
function earliestMs({ from, timeMs, last }: PlaceQuery, nowMs: number): number | undefined {
  if (from === "time") return timeMs;
  if (from !== "last" || last === undefined) return undefined;
  return last === "today" ? nowMs - (nowMs % SPANS_MS["24h"]) : nowMs - SPANS_MS[last];
}

/** First offsets that are named one by one: by the query, or by what a group has committed. */
async function namedStarts(
  cluster: Cluster,
  own: string,
  { from, offsets, group }: PlaceQuery,
): Promise<ReadonlyMap<string, number> | undefined> {
  if (from === "offsets") {
    const positions = parsePositions(offsets ?? "", own) ?? [];
    return new Map(positions.map((position) => [keyOf(position), Number(position.offset)]));
  }
  if (from !== "group") return undefined;
  const committed = await listGroupOffsets(cluster.client, group ?? "");
  return new Map(committed.offsets.map((one) => [keyOf(one), one.offset]));
}

function keyOf({ topic, partition }: Place): string {
  return `${topic}/${partition}`;
}

type Found = {
  readonly cluster: Cluster;
  readonly place: Place;
  readonly query: PlaceQuery;
  readonly found: ReadonlyMap<string, OffsetAnswer | undefined>;
  readonly named: number | undefined;
};

function rangeOf({ cluster, place, query, found, named }: Found): Range {
  const earliest = found.get("start");
  const latest = found.get("end");
  const bad = [...found.values()].find((answer) => answer !== undefined && answer.errorCode !== 0);
  if (bad || !earliest || !latest) {
    return { ...place, logStart: null, start: 0, end: 0, problem: rangeProblem(cluster, place.partition, bad) };
  }
  const logStart = earliest.offset;
  const logEnd = latest.offset;
  const atTo = found.get("toMs");
  const ends = [
    logEnd,
    ...(query.toOffset === undefined ? [] : [Number(query.toOffset) + 1]),
    ...(atTo === undefined || atTo.offset < 0 ? [] : [atTo.offset]),
  ];
  const end = Math.max(logStart, Math.min(...ends));
  const first = firstWanted(query, { logStart, logEnd, atTime: found.get("fromMs"), named });
  return { ...place, logStart, start: Math.min(end, Math.max(logStart, first)), end, problem: null };
}

type Bounds = {
  readonly logStart: number;
  readonly logEnd: number;
  readonly atTime: OffsetAnswer | undefined;
  readonly named: number | undefined;
};

function firstWanted(query: PlaceQuery, { logStart, logEnd, atTime, named }: Bounds): number {
  switch (query.from) {
    case "newest":
    case "oldest":
      return logStart;
    case "offset":
      return Number(query.offset ?? 0);
    case "offsets":
    case "group":
      // A group that has committed nothing here stands nowhere: nothing is shown rather than everything.
      return named ?? logEnd;
    case "time":
    case "last":
      return atTime === undefined || atTime.offset < 0 ? logEnd : atTime.offset;
  }
}

function rangeProblem(cluster: Cluster, partition: number, answer: OffsetAnswer | undefined): Problem {
  const title = `Partition ${partition} was not read`;
  if (answer === undefined) return problem({ code: "broker-unavailable", title, detail: "Its leader did not answer." });
  const { topic, failure, errorCode } = answer;
  const attempt = {
    title,
    facts: [["partition", `${topic}-${partition}`]] as const,
    needs: { operation: "Describe", resource: { topic } },
    identity: cluster.identity,
  };
  return (failure && toProblem(failure, attempt)) ?? kafkaProblem(errorCode, null, attempt);
}
