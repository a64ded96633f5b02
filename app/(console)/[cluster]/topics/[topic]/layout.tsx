import { deleteTopic } from "@/app/actions/topics";
import { Prefetched } from "@/app/(console)/prefetch";
import { TopicFrame } from "@/components/topics/topic-frame";
import { topicDetail } from "@/lib/queries/topics";
import { describeTopic } from "@/server/console/describe-topic";

export default async function TopicLayout({ params, children }: LayoutProps<"/[cluster]/topics/[topic]">) {
  const { cluster, topic } = await params;
  const place = { cluster: decodeURIComponent(cluster), topic: decodeURIComponent(topic) };
  return (
    <Prefetched
      reads={[
        {
          queryKey: topicDetail(place.cluster, place.topic).queryKey,
          read: (context, actor) => describeTopic(context, actor, place),
        },
      ]}
    >
      <TopicFrame topic={place.topic} deleteTopic={deleteTopic}>
        {children}
      </TopicFrame>
    </Prefetched>
  );
}
