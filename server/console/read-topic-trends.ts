import type { TopicTrends } from "../../lib/contracts/trends.ts";
import { succeed } from "../../lib/result.ts";
import { lagByTopic } from "./engine/sampler/samples-of.ts";
import { TREND_STEP_MS } from "./engine/sampler/trends.ts";
import { readersByTopic } from "./readers-by-topic.ts";
import { sampledOf } from "./sampled.ts";
import { defineUseCase } from "./use-case.ts";

/** Groups that a row names. */
const NAMED_READERS = 6;

/** Rate, lag and groups of every topic, or of these, now and over the last hour, for the rows of a list. Asks no cluster after the first sweep. */
export const readTopicTrends = defineUseCase<
  { readonly cluster: string; readonly only?: readonly string[] },
  TopicTrends
>({
  failed: () => "Rates and lags could not be read",
  async run(scope, { only }) {
    const { snapshot, problems, sampler } = await sampledOf(scope);
    const wanted = only && new Set(only);
    const lags = lagByTopic(snapshot);
    const readers = readersByTopic(snapshot);
    const lastRecords = scope.cluster.lastRecords.times(snapshot.offsets?.value ?? new Map());
    const shown = wanted ? snapshot.topics.filter(({ name }) => wanted.has(name ?? "")) : snapshot.topics;
    const topics = shown.map(({ name }) => {
      const topic = name ?? "";
      return [
        topic,
        {
          messagesPerSecond: sampler.ratePerSecond("topic-end", topic),
          messages: sampler.trend("topic-end", topic),
          lag: lags.get(topic) ?? null,
          lags: sampler.trend("topic-lag", topic),
          groups: readers.get(topic)?.length ?? 0,
          readers: (readers.get(topic) ?? []).slice(0, NAMED_READERS),
          lastRecordMs: lastRecords.get(topic) ?? null,
        },
      ] as const;
    });
    return succeed({
      stepMs: TREND_STEP_MS,
      topics: Object.fromEntries(topics),
      isPartial: shown.length < snapshot.topics.length,
      problems: [...problems],
      readAtMs: snapshot.readAtMs,
    });
  },
});
