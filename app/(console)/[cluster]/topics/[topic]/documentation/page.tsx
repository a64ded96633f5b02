import type { Metadata } from "next";
import { Prefetched } from "@/app/(console)/prefetch";
import { DocumentationView } from "@/components/topics/documentation-view";
import { topicNotes } from "@/lib/queries/topic-notes";
import { readTopicNotes } from "@/server/console/topic-notes/read-topic-notes";

type Props = PageProps<"/[cluster]/topics/[topic]/documentation">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Documentation of ${decodeURIComponent((await params).topic)}` };
}

export default async function DocumentationPage({ params }: Props) {
  const { cluster, topic } = await params;
  const place = { cluster: decodeURIComponent(cluster), topic: decodeURIComponent(topic) };
  return (
    <Prefetched
      reads={[
        {
          queryKey: topicNotes(place.cluster, place.topic).queryKey,
          read: (context, actor) => readTopicNotes(context, actor, place),
        },
      ]}
    >
      <DocumentationView topic={place.topic} />
    </Prefetched>
  );
}
