import type { Metadata } from "next";
import { Prefetched } from "@/app/(console)/prefetch";
import { ConfigsView } from "@/components/configs/configs-view";
import { topicConfigs } from "@/lib/queries/configs";
import { describeTopicConfigs } from "@/server/console/describe-topic-configs";

type Props = PageProps<"/[cluster]/topics/[topic]/configuration">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Configuration of ${decodeURIComponent((await params).topic)}` };
}

export default async function ConfigurationPage({ params }: Props) {
  const { cluster, topic } = await params;
  const place = { cluster: decodeURIComponent(cluster), topic: decodeURIComponent(topic) };
  return (
    <Prefetched
      reads={[
        {
          queryKey: topicConfigs(place.cluster, place.topic).queryKey,
          read: (context, actor) => describeTopicConfigs(context, actor, place),
        },
      ]}
    >
      <ConfigsView topic={place.topic} />
    </Prefetched>
  );
}
