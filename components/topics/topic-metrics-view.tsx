"use client";
import { useQuery } from "@tanstack/react-query";
import { RangePicker } from "@/components/charts/range-picker";
import { TimeChart } from "@/components/charts/time-chart";
import { useChartTime } from "@/components/charts/use-chart-time";
import { PartialProblems } from "@/components/feedback/partial-problems";
import { ProblemView } from "@/components/feedback/problem-view";
import { UpdatedAgo } from "@/components/feedback/updated-ago";
import { useCluster } from "@/components/live/live-provider";
import { ChartsPlaceholder } from "@/components/charts/charts-placeholder";
import { useShortcut } from "@/components/shell/shortcuts";
import { PageFooter } from "@/components/ui/page-footer";
import { ScrollRegion } from "@/components/ui/scroll-region";
import { linesOf } from "@/lib/chart-series";
import type { HistoryAnswer } from "@/lib/contracts/history";
import { formatBytes, formatCount, formatDuration, formatRate } from "@/lib/format";
import { historyFrame } from "@/lib/history-frame";
import { problemOf } from "@/lib/problem";
import { history } from "@/lib/queries/history";
import { topicGroups } from "@/lib/queries/topic-groups";
import { type LagParts, longestLagTime, summedLag, topicMetrics } from "@/lib/topic-metrics";

const perSecond = (value: number) => `${formatRate(value)}/s`;

/** How a topic was written, read and kept over time. */
export function TopicMetricsView({ topic }: { topic: string }) {
  const cluster = useCluster();
  const { time } = useChartTime();
  const readers = useQuery(topicGroups(cluster, topic));
  const { series, groups } = topicMetrics(topic, readers.data?.groups ?? []);
  // Without rights on groups there is a topic to draw still.
  const query = useQuery({ ...history(cluster, series, time), enabled: readers.isFetched || readers.isError });
  useShortcut({ keys: "r", label: "Read again", group: "This page", command: true }, () => void query.refetch());
  if (query.data) return <Charts topic={topic} groups={groups} answer={query.data} updatedAtMs={query.dataUpdatedAt} />;
  return query.error ? (
    <ProblemView problem={problemOf(query.error)} onRetry={() => void query.refetch()} />
  ) : (
    <ChartsPlaceholder />
  );
}

type ChartsProps = { topic: string; groups: readonly LagParts[]; answer: HistoryAnswer; updatedAtMs: number };

function Charts({ topic, groups, answer, updatedAtMs }: ChartsProps) {
  const frame = historyFrame(answer);
  const { valuesOf } = frame;
  const byId = new Map(groups.map((group) => [group.groupId, group]));
  const partsOf = (groupId: string) => byId.get(groupId) ?? { groupId, parts: [] };
  const lines = linesOf([...byId.keys()], (id) => summedLag(frame, partsOf(id)));
  const times = linesOf([...byId.keys()], (id) => longestLagTime(frame, partsOf(id)));
  const all = { key: "all", label: "All groups", color: "--chart-1", values: valuesOf("topic-lag", topic) } as const;
  return (
    <section aria-label="Metrics" className="flex min-h-0 flex-1 flex-col">
      <PartialProblems problems={answer.problem === null ? [] : [answer.problem]} />
      <ScrollRegion label="Charts">
        <div className="grid grid-cols-1 gap-px border-b bg-line *:first:col-span-full *:last:even:col-span-full @3xl:grid-cols-2">
          <TimeChart
            title="Messages"
            note={<RangePicker keptSinceMs={answer.keptSinceMs} />}
            frame={frame}
            format={perSecond}
            formatAxis={formatRate}
            series={[
              { key: "in", label: "Written", color: "--chart-1", values: valuesOf("topic-end", topic) },
              { key: "out", label: "Read by groups", color: "--chart-2", values: valuesOf("topic-consumed", topic) },
            ]}
          />
          <TimeChart
            title={lines.length > 0 ? "Lag by group" : "Lag"}
            frame={frame}
            format={formatCount}
            series={lines.length > 0 ? lines : [all]}
            empty="No group has committed an offset in this topic."
          />
          {times.length > 0 && (
            <TimeChart title="Lag in time by group" frame={frame} format={formatDuration} isDuration series={times} />
          )}
          <TimeChart
            title="On disk, all replicas"
            frame={frame}
            format={formatBytes}
            series={[{ key: "size", label: "Size", color: "--chart-6", values: valuesOf("topic-size", topic) }]}
          />
        </div>
      </ScrollRegion>
      <PageFooter fresh={<UpdatedAgo atMs={updatedAtMs} />}>
        Measured every 10 s; the largest of each step is shown
      </PageFooter>
    </section>
  );
}
