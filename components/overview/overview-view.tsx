"use client";
import { type UseQueryResult, useQuery } from "@tanstack/react-query";
import { ChartsPlaceholder } from "@/components/charts/charts-placeholder";
import { RangePicker } from "@/components/charts/range-picker";
import { useChartTime } from "@/components/charts/use-chart-time";
import { PartialProblems } from "@/components/feedback/partial-problems";
import { ProblemView } from "@/components/feedback/problem-view";
import { StaleBanner } from "@/components/feedback/stale-banner";
import { UpdatedAgo } from "@/components/feedback/updated-ago";
import { useCluster } from "@/components/live/live-provider";
import { AttentionList } from "@/components/overview/attention-list";
import { BrokerTiles } from "@/components/overview/broker-tiles";
import { EmptyCluster } from "@/components/overview/empty-cluster";
import { OverviewCharts } from "@/components/overview/overview-charts";
import { type SampleDataActions, SampleDataLine, SampleDataProvider } from "@/components/overview/sample-data";
import { CopyLinkButton } from "@/components/shell/copy-link-button";
import { useShortcut } from "@/components/shell/shortcuts";
import { Topbar } from "@/components/shell/topbar";
import { PageFooter } from "@/components/ui/page-footer";
import { ScrollRegion } from "@/components/ui/scroll-region";
import type { HistoryAnswer } from "@/lib/contracts/history";
import type { Overview } from "@/lib/contracts/overview";
import { formatBytes, formatNumberOf } from "@/lib/format";
import { overviewSeries } from "@/lib/overview-series";
import { problemOf } from "@/lib/problem";
import { history } from "@/lib/queries/history";
import { overview } from "@/lib/queries/overview";

/** A cluster at a glance: what needs attention first, then what goes on, then the brokers. */
export function OverviewView(actions: SampleDataActions) {
  const cluster = useCluster();
  const { time } = useChartTime();
  const query = useQuery(overview(cluster));
  const glance = query.data;
  const charts = useQuery({
    ...history(cluster, glance ? overviewSeries(glance) : [], time),
    enabled: glance !== undefined,
  });
  const refresh = () => void Promise.all([query.refetch(), charts.refetch()]);
  useShortcut({ keys: "r", label: "Read again", group: "This page", command: true }, refresh);
  return (
    <SampleDataProvider actions={actions} sampleData={glance?.sampleData}>
      <Topbar crumbs={[{ label: "Overview" }]}>
        <CopyLinkButton />
        <RangePicker keptSinceMs={charts.data?.keptSinceMs ?? null} />
      </Topbar>
      <StaleBanner query={query} readAtMs={glance?.readAtMs} />
      {glance ? (
        <Glance glance={glance} charts={charts} />
      ) : query.error ? (
        <ProblemView problem={problemOf(query.error)} onRetry={() => void query.refetch()} />
      ) : (
        <div className="min-h-0 flex-1">
          <div className="h-20 border-b" />
          <ChartsPlaceholder />
        </div>
      )}
    </SampleDataProvider>
  );
}

function judgementOf({ groups, producedPerSecond }: Overview) {
  if (groups === null) return "unreadable";
  // A rate takes two sweeps, as a judgement does.
  return producedPerSecond === null ? "not-yet" : "judged";
}

function Glance({ glance, charts }: { glance: Overview; charts: UseQueryResult<HistoryAnswer> }) {
  const isBare = glance.isEmpty && glance.sampleData.state === "absent";
  return (
    <>
      <PartialProblems problems={glance.problems} />
      <ScrollRegion label="Overview" className="flex flex-col">
        <AttentionList attention={glance.attention} groups={judgementOf(glance)} />
        <SampleDataLine sampleData={glance.sampleData} />
        {isBare ? (
          <div className="flex min-h-80 border-b">
            <EmptyCluster />
          </div>
        ) : charts.data ? (
          <OverviewCharts glance={glance} answer={charts.data} />
        ) : charts.error ? (
          <div className="flex border-b">
            <ProblemView problem={problemOf(charts.error)} onRetry={() => void charts.refetch()} />
          </div>
        ) : (
          <ChartsPlaceholder />
        )}
        <BrokerTiles brokers={glance.brokers} />
      </ScrollRegion>
      <PageFooter fresh={<UpdatedAgo atMs={glance.readAtMs} />}>
        {formatNumberOf(glance.topics, "topic")} · {formatNumberOf(glance.partitions, "partition")}
        {glance.groups !== null && ` · ${formatNumberOf(glance.groups, "group")}`}
        {glance.sizeBytes !== null && ` · ${formatBytes(glance.sizeBytes)} on disk`}
      </PageFooter>
    </>
  );
}
