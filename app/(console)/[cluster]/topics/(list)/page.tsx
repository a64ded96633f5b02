import type { Metadata } from "next";
import { markFavourite, removeTopicView, saveTopicView } from "@/app/actions/topic-marks";
import { createTopic, deleteTopic } from "@/app/actions/topics";
import { Prefetched } from "@/app/(console)/prefetch";
import { CopyLinkButton } from "@/components/shell/copy-link-button";
import { Topbar } from "@/components/shell/topbar";
import { TopicsView } from "@/components/topics/topics-view";
import { topicMarks } from "@/lib/queries/topic-marks";
import { topicTrends } from "@/lib/queries/topic-trends";
import { topicList } from "@/lib/queries/topics";
import { listTopics } from "@/server/console/list-topics";
import { readTopicMarks } from "@/server/console/topic-notes/read-topic-notes";
import { readTopicTrends } from "@/server/console/read-topic-trends";

export const metadata: Metadata = { title: "Topics" };

export default async function TopicsPage({ params }: PageProps<"/[cluster]/topics">) {
  const cluster = decodeURIComponent((await params).cluster);
  return (
    <Prefetched
      reads={[
        { queryKey: topicList(cluster).queryKey, read: (context, actor) => listTopics(context, actor, { cluster }) },
        {
          queryKey: topicTrends(cluster).queryKey,
          read: (context, actor) => readTopicTrends(context, actor, { cluster }),
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
        markFavourite={markFavourite}
        saveTopicView={saveTopicView}
        removeTopicView={removeTopicView}
      />
    </Prefetched>
  );
}
