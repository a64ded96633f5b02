import type { Metadata } from "next";
import { startStatistics } from "@/app/actions/statistics";
import { Prefetched } from "@/app/(console)/prefetch";
import { StatisticsView } from "@/components/statistics/statistics-view";
import { topicStatistics } from "@/lib/queries/statistics";
import { readStatistics } from "@/server/console/start-statistics";

type Props = PageProps<"/[cluster]/topics/[topic]/statistics">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Statistics of ${decodeURIComponent((await params).topic)}` };
}

export default async function StatisticsPage({ params }: Props) {
  const { cluster, topic } = await params;
  const place = { cluster: decodeURIComponent(cluster), topic: decodeURIComponent(topic) };
  return (
    <Prefetched
      reads={[
        {
          queryKey: topicStatistics(place.cluster, place.topic).queryKey,
          read: (context, actor) => readStatistics(context, actor, place),
        },
      ]}
    >
      <StatisticsView topic={place.topic} startStatistics={startStatistics} />
    </Prefetched>
  );
}
