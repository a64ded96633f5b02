import type { Metadata } from "next";
import { markFavourites, removeTopicView, saveTopicView } from "@/app/actions/topic-marks";
import { createTopic, deleteTopic } from "@/app/actions/topics";
import { Prefetched } from "@/app/(console)/prefetch";
import { CopyLinkButton } from "@/components/shell/copy-link-button";
import { Topbar } from "@/components/shell/topbar";
import { TopicsView } from "@/components/topics/topics-view";
import type { TopicList } from "@/lib/contracts/topics";
import { topicMarks } from "@/lib/queries/topic-marks";
import { topicTrends } from "@/lib/queries/topic-trends";
import { topicList } from "@/lib/queries/topics";
import { listTopics } from "@/server/console/list-topics";
import { readTopicMarks } from "@/server/console/topic-notes/read-topic-notes";
import { readTopicTrends } from "@/server/console/read-topic-trends";

export const metadata: Metadata = { title: "Topics" };

/** More than fit in a window: the page arrives with these, the browser reads the rest. */
const firstTopics = 60;
/** The page does not wait for what takes longer to read. */
const patienceMs = 100;

export default async function TopicsPage({ params, searchParams }: PageProps<"/[cluster]/topics">) {
  const cluster = decodeURIComponent((await params).cluster);
  // With another order or a filter, the first by name are not what is shown.
  const isPlain = Object.keys(await searchParams).length === 0;
  const look = { cluster, patienceMs, ...(isPlain && { first: firstTopics }) };
  return (
    <Prefetched
      reads={[
        {
          queryKey: topicList(cluster).queryKey,
          read: (context, actor) => listTopics(context, actor, look),
          next: ({ topics }: TopicList) => [
            {
              queryKey: topicTrends(cluster).queryKey,
              read: (context, actor) =>
                readTopicTrends(context, actor, { cluster, only: topics.map(({ name }) => name) }),
            },
          ],
        },
        {
          queryKey: topicMarks(cluster).queryKey,
          read: (context, actor) => readTopicMarks(context, actor, { cluster }),
        },
      ]}
    >
      <Topbar crumbs={[{ label: "Topics" }]}>
        <CopyLinkButton />
      </Topbar>
      <TopicsView
        createTopic={createTopic}
        deleteTopic={deleteTopic}
        markFavourites={markFavourites}
        saveTopicView={saveTopicView}
        removeTopicView={removeTopicView}
      />
    </Prefetched>
  );
}
