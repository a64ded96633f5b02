import type { TopicTrends } from "../../lib/contracts/history.ts";
import { succeed } from "../../lib/result.ts";
import { lagByTopic } from "./engine/sampler/samples-of.ts";
import type { ClusterSnapshot } from "./engine/sampler/snapshot.ts";
import { TREND_STEP_MS } from "./engine/sampler/trends.ts";
import { sampledOf } from "./sampled.ts";
import { defineUseCase } from "./use-case.ts";

/** Rate, lag and groups of every topic now and over the last hour, for the rows of a list. Asks no cluster after the first sweep. */
export const readTopicTrends = defineUseCase<{ readonly cluster: string }, TopicTrends>({
  failed: () => "Rates and lags could not be read",
  async run(scope) {
    const { snapshot, problems, sampler } = await sampledOf(scope);
    const lags = lagByTopic(snapshot);
    const readers = readersByTopic(snapshot);
    const topics = snapshot.topics.map(({ name }) => {
      const topic = name ?? "";
      return [
        topic,
        {
          messagesPerSecond: sampler.ratePerSecond("topic-end", topic),
          messages: sampler.trend("topic-end", topic),
          lag: lags.get(topic) ?? null,
          lags: sampler.trend("topic-lag", topic),
          groups: readers.get(topic) ?? 0,
        },
      ] as const;
    });
    return succeed({
      stepMs: TREND_STEP_MS,
      topics: Object.fromEntries(topics),
      problems: [...problems],
      readAtMs: snapshot.readAtMs,
    });
  },
});

function readersByTopic({ groups }: ClusterSnapshot): Map<string, number> {
  const readers = new Map<string, number>();
  for (const { offsets, members } of groups?.value.values() ?? []) {
    const own = new Set([
      ...(offsets ?? []).map(({ topic }) => topic),
      ...(members ?? []).flatMap(({ assignment }) => (assignment ?? []).map(({ topic }) => topic)),
    ]);
    for (const topic of own) readers.set(topic, (readers.get(topic) ?? 0) + 1);
  }
  return readers;
}
