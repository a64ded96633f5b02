import type { Metadata } from "next";
import { Prefetched } from "@/app/(console)/prefetch";
import { PartitionsView } from "@/components/partitions/partitions-view";
import { topicPartitions } from "@/lib/queries/partitions";
import { listPartitions } from "@/server/console/list-partitions";

type Props = PageProps<"/[cluster]/topics/[topic]/partitions">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Partitions of ${decodeURIComponent((await params).topic)}` };
}

export default async function PartitionsPage({ params }: Props) {
  const { cluster, topic } = await params;
  const place = { cluster: decodeURIComponent(cluster), topic: decodeURIComponent(topic) };
  return (
    <Prefetched
      reads={[
        {
          queryKey: topicPartitions(place.cluster, place.topic).queryKey,
          read: (context, actor) => listPartitions(context, actor, place),
        },
      ]}
    >
      <PartitionsView topic={place.topic} />
    </Prefetched>
  );
}
