import type { Metadata } from "next";
import { Prefetched } from "@/app/(console)/prefetch";
import { AccessView } from "@/components/access/access-view";
import { topicAccess } from "@/lib/queries/access";
import { listTopicAccess } from "@/server/console/list-topic-access";

type Props = PageProps<"/[cluster]/topics/[topic]/access">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Access to ${decodeURIComponent((await params).topic)}` };
}

export default async function AccessPage({ params }: Props) {
  const { cluster, topic } = await params;
  const place = { cluster: decodeURIComponent(cluster), topic: decodeURIComponent(topic) };
  return (
    <Prefetched
      reads={[
        {
          queryKey: topicAccess(place.cluster, place.topic).queryKey,
          read: (context, actor) => listTopicAccess(context, actor, place),
        },
      ]}
    >
      <AccessView topic={place.topic} />
    </Prefetched>
  );
}
