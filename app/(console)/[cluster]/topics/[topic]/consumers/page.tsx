import type { Metadata } from "next";
import { Prefetched } from "@/app/(console)/prefetch";
import { ConsumersView } from "@/components/consumers/consumers-view";
import { topicGroups } from "@/lib/queries/topic-groups";
import { listTopicGroups } from "@/server/console/list-topic-groups";

type Props = PageProps<"/[cluster]/topics/[topic]/consumers">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Consumers of ${decodeURIComponent((await params).topic)}` };
}

export default async function ConsumersPage({ params }: Props) {
  const { cluster, topic } = await params;
  const place = { cluster: decodeURIComponent(cluster), topic: decodeURIComponent(topic) };
  return (
    <Prefetched
      reads={[
        {
          queryKey: topicGroups(place.cluster, place.topic).queryKey,
          read: (context, actor) => listTopicGroups(context, actor, place),
        },
      ]}
    >
      <ConsumersView topic={place.topic} />
    </Prefetched>
  );
}
