import type { Metadata } from "next";
import { createLoader } from "nuqs/server";
import { type Prefetch, Prefetched } from "@/app/(console)/prefetch";
import { TopicMetricsView } from "@/components/topics/topic-metrics-view";
import { chartTimeOf, historyQueryOf } from "@/lib/chart-range";
import type { TopicGroups } from "@/lib/contracts/groups";
import { history } from "@/lib/queries/history";
import { topicGroups } from "@/lib/queries/topic-groups";
import { topicMetrics } from "@/lib/topic-metrics";
import { chartState } from "@/lib/url";
import { listTopicGroups } from "@/server/console/list-topic-groups";
import { readHistory } from "@/server/console/read-history";

type Props = PageProps<"/[cluster]/topics/[topic]/metrics">;

const loadState = createLoader(chartState);

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Metrics of ${decodeURIComponent((await params).topic)}` };
}

export default async function MetricsPage({ params, searchParams }: Props) {
  const { cluster, topic } = await params;
  const place = { cluster: decodeURIComponent(cluster), topic: decodeURIComponent(topic) };
  const time = chartTimeOf(await loadState(searchParams));
  const readers: Prefetch<TopicGroups> = {
    queryKey: topicGroups(place.cluster, place.topic).queryKey,
    read: (context, actor) => listTopicGroups(context, actor, place),
    next: ({ groups }) => {
      const { series } = topicMetrics(place.topic, groups);
      return [
        {
          queryKey: history(place.cluster, series, time).queryKey,
          read: (context, actor) =>
            readHistory(context, actor, {
              cluster: place.cluster,
              query: historyQueryOf(series, time, Date.now()),
            }),
        },
      ];
    },
  };
  return (
    <Prefetched reads={[readers]}>
      <TopicMetricsView topic={place.topic} />
    </Prefetched>
  );
}
