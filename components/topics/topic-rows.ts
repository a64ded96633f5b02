import type { TopicRow } from "@/components/topics/topic-columns";
import type { TopicTrend } from "@/components/topics/topic-trend";
import type { TopicMarks } from "@/lib/contracts/topic-marks";
import type { TopicSummary } from "@/lib/contracts/topics";

/** The rows of the list: topics with what was measured of them, and what people put on them. */
export function topicRows(
  topics: readonly TopicSummary[],
  trends: ReadonlyMap<string, TopicTrend>,
  { labels, favourites }: TopicMarks,
): TopicRow[] {
  const largest = topics.reduce((max, topic) => Math.max(max, topic.sizeBytes ?? 0), 1);
  const loved = new Set(favourites);
  // A topic may be named "constructor": an object would seem to have labels of it.
  const labelled = new Map(Object.entries(labels));
  return topics.map((topic) => ({
    ...topic,
    sizeShare: (topic.sizeBytes ?? 0) / largest,
    trend: trends.get(topic.name),
    isFavourite: loved.has(topic.name),
    labels: labelled.get(topic.name) ?? [],
  }));
}
