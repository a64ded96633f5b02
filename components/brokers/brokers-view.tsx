"use client";
import { useQuery, type UseQueryResult } from "@tanstack/react-query";
import { BrokerCharts, brokerSeries } from "@/components/brokers/broker-charts";
import { BrokersActions } from "@/components/brokers/brokers-actions";
import { BrokersTabs } from "@/components/brokers/brokers-tabs";
import { brokerColumns, type BrokerRow } from "@/components/brokers/broker-columns";
import { BrokerTiles, tilesMost } from "@/components/brokers/broker-tiles";
import { brokerNotices, leaderSkew } from "@/components/brokers/broker-words";
import { ConfigDifferences } from "@/components/brokers/config-differences";
import { RangePicker } from "@/components/charts/range-picker";
import { useChartTime } from "@/components/charts/use-chart-time";
import { PartialProblems } from "@/components/feedback/partial-problems";
import { ProblemView } from "@/components/feedback/problem-view";
import { StaleBanner } from "@/components/feedback/stale-banner";
import { TableSkeleton } from "@/components/feedback/table-skeleton";
import { UpdatedAgo } from "@/components/feedback/updated-ago";
import { useCluster } from "@/components/live/live-provider";
import { CopyCommandButton } from "@/components/shell/copy-command-button";
import { CopyLinkButton } from "@/components/shell/copy-link-button";
import { useShortcut } from "@/components/shell/shortcuts";
import { Topbar } from "@/components/shell/topbar";
import { useBootstrap } from "@/components/shell/use-bootstrap";
import { DataGrid } from "@/components/ui/data-grid";
import { PageFooter } from "@/components/ui/page-footer";
import { ScrollRegion } from "@/components/ui/scroll-region";
import { StatusMark } from "@/components/ui/status";
import { listBrokersCommand } from "@/lib/cli/brokers";
import type { BrokerDifferences, BrokerList } from "@/lib/contracts/brokers";
import type { HistoryAnswer } from "@/lib/contracts/history";
import { formatNumberOf } from "@/lib/format";
import { problemOf } from "@/lib/problem";
import { brokerDifferences, brokerList } from "@/lib/queries/brokers";
import { clusterFacts } from "@/lib/queries/clusters";
import { history } from "@/lib/queries/history";

function rowsOf({ brokers }: BrokerList, differences: BrokerDifferences | undefined): readonly BrokerRow[] {
  const largest = brokers.reduce((most, { sizeBytes }) => Math.max(most, sizeBytes ?? 0), 1);
  return brokers.map((broker) => ({
    ...broker,
    skewPercent: leaderSkew(broker, brokers),
    sizeShare: (broker.sizeBytes ?? 0) / largest,
    differing: differences && differingOf(broker.id, differences),
  }));
}

/** Settings in which a broker is unlike most of the others. */
function differingOf(broker: number, { brokers, configs }: BrokerDifferences): number | undefined {
  if (!brokers.includes(broker)) return undefined;
  return configs.filter(({ values }) => {
    const own = values[String(broker)] ?? null;
    const alike = brokers.filter((id) => (values[String(id)] ?? null) === own).length;
    return alike * 2 <= brokers.length;
  }).length;
}

/** The brokers of a cluster: what to know first, tiles to compare, the table, and what is configured otherwise. */
export function BrokersView() {
  const cluster = useCluster();
  const { time } = useChartTime();
  const query = useQuery(brokerList(cluster));
  const ids = query.data?.brokers.map(({ id }) => id);
  const charts = useQuery({ ...history(cluster, brokerSeries(ids ?? []), time), enabled: ids !== undefined });
  const refresh = () => void Promise.all([query.refetch(), charts.refetch()]);
  useShortcut({ keys: "r", label: "Read again", group: "This page", command: true }, refresh);
  return (
    <>
      <Topbar crumbs={[{ label: "Brokers" }]}>
        <CopyLinkButton />
        <CopyCommandButton command={listBrokersCommand(useBootstrap())} />
        <RangePicker keptSinceMs={charts.data?.keptSinceMs ?? null} />
        <BrokersActions />
      </Topbar>
      <BrokersTabs />
      {query.data ? (
        <>
          <StaleBanner query={query} readAtMs={query.data.readAtMs} />
          <PartialProblems problems={query.data.problems} />
          <Brokers list={query.data} charts={charts} />
        </>
      ) : query.error ? (
        <ProblemView problem={problemOf(query.error)} onRetry={() => void query.refetch()} />
      ) : (
        <TableSkeleton />
      )}
    </>
  );
}

function Brokers({ list, charts }: { list: BrokerList; charts: UseQueryResult<HistoryAnswer> }) {
  const cluster = useCluster();
  const version = useQuery(clusterFacts(cluster)).data?.version;
  const differences = useQuery(brokerDifferences(cluster)).data;
  const { brokers } = list;
  const racks = new Set(brokers.flatMap(({ rack }) => rack ?? [])).size;
  return (
    <section aria-label="Brokers" className="flex min-h-0 flex-1 flex-col">
      <ScrollRegion label="Brokers, configuration and charts">
        {brokerNotices(list).map(({ kind, text }) => (
          <p key={text} className="flex items-center gap-2.5 border-b px-6 py-2.5">
            <StatusMark kind={kind} />
            {text}
          </p>
        ))}
        {brokers.length <= tilesMost && <BrokerTiles brokers={brokers} />}
        <DataGrid
          label="Brokers"
          columns={brokerColumns}
          rows={rowsOf(list, differences)}
          rowKey={(broker) => String(broker.id)}
          isWhole
        />
        {differences && differences.configs.length > 0 && (
          <div className="mt-6">
            <ConfigDifferences differences={differences} />
          </div>
        )}
        <BrokerCharts brokers={brokers.map(({ id }) => id)} query={charts} />
      </ScrollRegion>
      <PageFooter fresh={<UpdatedAgo atMs={list.readAtMs} />}>
        {formatNumberOf(brokers.length, "broker")}
        {racks > 0 && ` in ${formatNumberOf(racks, "rack")}`} · {formatNumberOf(list.partitions, "partition")}
        {version && ` · ${version}`}
        {list.canControl && " · run by this console"}
      </PageFooter>
    </section>
  );
}
