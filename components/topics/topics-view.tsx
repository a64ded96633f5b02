"use client";
import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useQueryStates } from "nuqs";
import { PartialProblems } from "@/components/feedback/partial-problems";
import { ProblemView } from "@/components/feedback/problem-view";
import { StaleBanner } from "@/components/feedback/stale-banner";
import { TableSkeleton } from "@/components/feedback/table-skeleton";
import { useCluster } from "@/components/live/live-provider";
import { type TopicActions, TopicDialogsProvider } from "@/components/topics/topic-dialogs";
import { TopicsSummary } from "@/components/topics/topics-summary";
import { TopicsTable } from "@/components/topics/topics-table";
import type { TopicMarkActions } from "@/components/topics/use-topic-marks";
import { currentTrends, type TopicTrend } from "@/components/topics/topic-trend";
import { type Problem, problemOf } from "@/lib/problem";
import { topicTrends } from "@/lib/queries/topic-trends";
import { topicList } from "@/lib/queries/topics";
import { topicPath } from "@/lib/url";
import { topicListState } from "@/lib/topic-list-url";

const CreateTopicDialog = dynamic(
  () => import("@/components/topics/create-topic-dialog").then((module) => module.CreateTopicDialog),
  { ssr: false },
);

const noTrends: ReadonlyMap<string, TopicTrend> = new Map();

/** A list without its rates is a list still: what is wrong with them stands above it. */
function problemsOf(error: Error | null): readonly Problem[] {
  return error === null ? [] : [problemOf(error)];
}

/** The topics of a cluster: totals, then the table, or in their place why they are not there. */
export function TopicsView({ createTopic, deleteTopic, ...markActions }: TopicActions & TopicMarkActions) {
  const cluster = useCluster();
  const router = useRouter();
  const query = useQuery(topicList(cluster));
  const measured = useQuery(topicTrends(cluster));
  const [state, setState] = useQueryStates(topicListState);
  const list = query.data;
  const trends = measured.data && list ? currentTrends(measured.data, list.readAtMs) : noTrends;
  // Where rates cannot be read at all, nothing more is waited for.
  const areTrendsWhole = measured.data ? !measured.data.isPartial : measured.error !== null;
  const problems = [list?.problems ?? [], measured.data?.problems ?? [], problemsOf(measured.error)].flat();
  return (
    <TopicDialogsProvider deleteTopic={deleteTopic}>
      <StaleBanner query={query} />
      {list && <PartialProblems problems={problems} />}
      {list && <TopicsSummary list={list} trends={trends} areTrendsWhole={areTrendsWhole} />}
      {list && (
        <TopicsTable
          list={list}
          trends={trends}
          areTrendsWhole={areTrendsWhole}
          markActions={markActions}
          updatedAtMs={query.dataUpdatedAt}
          onCreate={() => void setState({ create: true })}
        />
      )}
      {!list &&
        (query.error ? (
          <ProblemView problem={problemOf(query.error)} onRetry={() => void query.refetch()} />
        ) : (
          <TableSkeleton />
        ))}
      {state.create && (
        <CreateTopicDialog
          createTopic={createTopic}
          copyOf={state.copy}
          onClose={() => void setState({ create: null, copy: null })}
          onCreated={(name) => router.push(topicPath(cluster, name))}
        />
      )}
    </TopicDialogsProvider>
  );
}
