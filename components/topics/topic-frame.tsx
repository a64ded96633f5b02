"use client";
import { useQuery } from "@tanstack/react-query";
import { Ellipsis, Send } from "lucide-react";
import { usePathname, useRouter } from "next/navigation";
import { useQueryState } from "nuqs";
import type { ReactNode } from "react";
import { PartialProblems } from "@/components/feedback/partial-problems";
import { ProblemView } from "@/components/feedback/problem-view";
import { StaleBanner } from "@/components/feedback/stale-banner";
import { useCluster } from "@/components/live/live-provider";
import { CopyLinkButton } from "@/components/shell/copy-link-button";
import { useKeyLabels, useShortcut } from "@/components/shell/shortcuts";
import { Topbar } from "@/components/shell/topbar";
import { type TopicActions, TopicDialogsProvider, useTopicDialog } from "@/components/topics/topic-dialogs";
import { TopicHeader } from "@/components/topics/topic-header";
import { useTopicEntries } from "@/components/topics/use-topic-entries";
import { Button } from "@/components/ui/button";
import { MenuButton } from "@/components/ui/menu-button";
import { Tooltip } from "@/components/ui/tooltip";
import { messageBrowserState } from "@/lib/message-url";
import { problemOf } from "@/lib/problem";
import { topicDetail } from "@/lib/queries/topics";
import { topicPath, topicsPath } from "@/lib/url";

type Props = { topic: string; deleteTopic: TopicActions["deleteTopic"]; children: ReactNode };

/** What every tab of a topic stands in: its name, what can be done with it, its facts. */
export function TopicFrame({ topic, deleteTopic, children }: Props) {
  const cluster = useCluster();
  const router = useRouter();
  const query = useQuery(topicDetail(cluster, topic));
  const problem = query.error === null ? undefined : problemOf(query.error);
  const isGone = problem?.code === "topic-not-found";
  return (
    <TopicDialogsProvider deleteTopic={deleteTopic} onDeleted={() => router.push(topicsPath(cluster))}>
      <Topbar
        crumbs={[
          { label: "Topics", href: topicsPath(cluster) },
          { label: topic, mono: true },
        ]}
      >
        <CopyLinkButton />
        {!isGone && <TopicButtons topic={topic} rights={query.data?.rights ?? null} />}
      </Topbar>
      {isGone || (problem && !query.data) ? (
        <ProblemView
          problem={problem}
          onRetry={() => void query.refetch()}
          actions={isGone && <Button onClick={() => router.push(topicsPath(cluster))}>All topics</Button>}
        />
      ) : (
        <>
          <StaleBanner query={query} />
          {query.data && <PartialProblems problems={query.data.problems} />}
          <TopicHeader topic={topic} detail={query.data} />
          {children}
        </>
      )}
    </TopicDialogsProvider>
  );
}

function TopicButtons({ topic, rights }: { topic: string; rights: readonly string[] | null }) {
  const cluster = useCluster();
  const router = useRouter();
  const pathname = usePathname();
  const openDialog = useTopicDialog();
  const entries = useTopicEntries(topic, rights);
  const mayNotWrite = rights !== null && !rights.includes("Write");
  const keyLabels = useKeyLabels();
  const messagesPath = topicPath(cluster, topic, "messages");
  const [, setProducing] = useQueryState("produce", messageBrowserState.produce);
  const produce = () => {
    // What was just chosen there may not have come to the address yet.
    if (pathname === messagesPath) void setProducing(true, { history: "push" });
    else router.push(`${messagesPath}?produce=true`);
  };
  useShortcut({ keys: "p", label: "Produce a message…", group: "This topic", command: true }, produce);
  useShortcut({ keys: "shift+Delete", label: "Delete this topic…", group: "This topic", command: true }, () =>
    openDialog("delete", topic),
  );
  return (
    <>
      <MenuButton menuLabel="More actions" aria-label="More actions" variant="ghost" size="icon" entries={entries}>
        <Ellipsis />
      </MenuButton>
      <Tooltip label={mayNotWrite ? "Needs Write on the topic" : "Produce a message"} keys={keyLabels("p")}>
        <Button variant="primary" className="ml-1" aria-disabled={mayNotWrite} onClick={produce}>
          <Send />
          Produce
        </Button>
      </Tooltip>
    </>
  );
}
