import type { MessagePage, MessageQuery } from "../../lib/contracts/messages.ts";
import { type Problem, problem } from "../../lib/problem.ts";
import { succeed } from "../../lib/result.ts";
import { EARLIEST, LATEST, listOffsets, type OffsetAnswer } from "../client/admin/list-offsets.ts";
import { prepareReading } from "../client/read-records.ts";
import type { Cluster } from "./cluster.ts";
import { findPartitions } from "./find-partitions.ts";
import { findTopic } from "./find-topic.ts";
import { BackwardSource } from "./reading/backward-source.ts";
import { ForwardSource } from "./reading/forward-source.ts";
import { mergeSources } from "./reading/merge-sources.ts";
import { ReadBudget } from "./reading/read-budget.ts";
import { summariseRecord } from "./record-summary.ts";
import { kafkaProblem, toProblem } from "./to-problem.ts";
import { defineUseCase } from "./use-case.ts";

type Input = { readonly cluster: string; readonly topic: string; readonly query: MessageQuery };

/** Where reading one partition begins and ends, or why it cannot. */
type Range = {
  readonly partition: number;
  readonly logStart: number | null;
  readonly start: number;
  readonly end: number;
  readonly problem: Problem | null;
};

/** One page of a topic's messages, over all its partitions or one. */
export const readMessages = defineUseCase<Input, MessagePage>({
  failed: ({ topic }) => `Messages of ${topic} could not be read`,
  async run({ cluster }, { topic, query }, title) {
    const [found] = await Promise.all([findTopic(cluster, topic, title), prepareReading()]);
    if (!found.ok) return found;
    const chosen = findPartitions(found.value, query.partition ?? null, title);
    if (!chosen.ok) return chosen;
    const budget = new ReadBudget();
    const ranges = await findRanges(cluster, topic, chosen.value, query);
    const newestFirst = query.from === "newest";
    const sources = ranges
      .filter(({ start, end }) => start < end)
      .map((range) => {
        const whole = { ...range, cluster, topic, budget };
        return newestFirst ? new BackwardSource(whole, query.limit) : new ForwardSource(whole);
      });
    const merged = await mergeSources(sources, { limit: query.limit, newestFirst });
    return succeed({
      records: merged.map(({ partition, record }) => summariseRecord(topic, partition, record)),
      partitions: ranges.map((range) => {
        const source = sources.find(({ partition }) => partition === range.partition);
        const next = source instanceof ForwardSource ? source.nextOffset : range.end;
        return {
          partition: range.partition,
          startOffset: textOf(range.logStart),
          endOffset: range.problem ? null : String(range.end),
          nextOffset: range.problem ? null : String(next),
          problem: range.problem ?? source?.problem ?? null,
        };
      }),
      scanned: budget.scanned,
      durationMs: budget.elapsedMs,
      readAtMs: Date.now(),
    });
  },
});

/** Looks up where the partitions begin and end, and where the query's time is in them; everything in as few requests as there are leaders. */
async function findRanges(
  cluster: Cluster,
  topic: string,
  partitions: readonly number[],
  query: MessageQuery,
): Promise<Range[]> {
  const times = [EARLIEST, LATEST, ...(query.from === "time" ? [query.timeMs ?? 0] : [])];
  const queries = times.flatMap((timestampMs) => partitions.map((partition) => ({ topic, partition, timestampMs })));
  const answers = await listOffsets(cluster.client, queries);
  return partitions.map((partition, index) => {
    const [earliest, latest, atTime] = times.map((_, round) => answers[round * partitions.length + index]);
    const bad = [earliest, latest, atTime].find((answer) => answer !== undefined && answer.errorCode !== 0);
    if (bad || !earliest || !latest) {
      return { partition, logStart: null, start: 0, end: 0, problem: rangeProblem(cluster, partition, bad) };
    }
    const logStart = earliest.offset;
    const end = latest.offset;
    return { partition, logStart, start: firstWanted(query, { logStart, end, atTime }), end, problem: null };
  });
}

type Bounds = { readonly logStart: number; readonly end: number; readonly atTime: OffsetAnswer | undefined };

function firstWanted(query: MessageQuery, { logStart, end, atTime }: Bounds): number {
  switch (query.from) {
    case "newest":
    case "oldest":
      return logStart;
    case "offset":
      return Math.min(end, Math.max(logStart, Number(query.offset ?? 0)));
    case "time":
      return atTime === undefined || atTime.offset < 0 ? end : Math.max(logStart, atTime.offset);
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

function textOf(offset: number | null): string | null {
  return offset === null ? null : String(offset);
}
