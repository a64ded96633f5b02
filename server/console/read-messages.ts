import type { MessagePage, MessageQuery } from "../../lib/contracts/messages.ts";
import { succeed } from "../../lib/result.ts";
import { prepareReading } from "../client/read-records.ts";
import { findPlaces, type WantedPlaces } from "./find-places.ts";
import { findRanges } from "./reading/find-ranges.ts";
import { readPage } from "./reading/read-page.ts";
import { defineUseCase } from "./use-case.ts";

type Input = { readonly cluster: string; readonly topic: string; readonly query: MessageQuery };

/** One page of the messages of a topic, or of several merged. */
export const readMessages = defineUseCase<Input, MessagePage>({
  failed: ({ topic }) => `Messages of ${topic} could not be read`,
  async run({ context, cluster }, { topic, query }, title) {
    const [places] = await Promise.all([findPlaces(cluster, wantedOf(topic, query), title), prepareReading()]);
    if (!places.ok) return places;
    const ranges = await findRanges(cluster, places.value, query, Date.now());
    const { records, sources, edges, budget } = await readPage({ cluster, topic, query, ranges });
    return succeed({
      records: await context.decoding.run("summaries", { placed: records, choices: query }),
      partitions: ranges.map((range) => {
        const source = sources.find((one) => one.partition === range.partition && one.topic === range.topic);
        return {
          topic: range.topic,
          partition: range.partition,
          startOffset: range.logStart === null ? null : String(range.logStart),
          endOffset: range.problem ? null : String(range.end),
          problem: range.problem ?? source?.problem ?? null,
        };
      }),
      edges,
      scanned: budget.scanned,
      durationMs: budget.elapsedMs,
      readAtMs: Date.now(),
    });
  },
});

/** Which topics and partitions a query wants. */
export function wantedOf(
  topic: string,
  { topics, partitions }: Pick<MessageQuery, "topics" | "partitions">,
): WantedPlaces {
  return {
    topics: [topic, ...(topics?.split(",") ?? [])],
    partitions: partitions === undefined ? null : partitions.split(",").map(Number),
  };
}
