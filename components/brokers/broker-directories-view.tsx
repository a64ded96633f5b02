"use client";
import { useQuery } from "@tanstack/react-query";
import { FolderOpen } from "lucide-react";
import { diskTone } from "@/components/brokers/broker-words";
import { RangePicker } from "@/components/charts/range-picker";
import { TimeChart } from "@/components/charts/time-chart";
import { useChartTime } from "@/components/charts/use-chart-time";
import { EmptyState } from "@/components/feedback/empty-state";
import { ProblemNote } from "@/components/feedback/problem-note";
import { TableSkeleton } from "@/components/feedback/table-skeleton";
import { UpdatedAgo } from "@/components/feedback/updated-ago";
import { useCluster } from "@/components/live/live-provider";
import { type Column, DataGrid } from "@/components/ui/data-grid";
import { Meter } from "@/components/ui/meter";
import { PageFooter } from "@/components/ui/page-footer";
import { ScrollRegion } from "@/components/ui/scroll-region";
import { StatusMark } from "@/components/ui/status";
import type { BrokerDetail } from "@/lib/contracts/brokers";
import type { HistoryAnswer, HistoryQuery } from "@/lib/contracts/history";
import { formatBytes, formatInteger, formatNumberOf } from "@/lib/format";
import { historyFrame } from "@/lib/history-frame";
import { problemOf } from "@/lib/problem";
import { brokerDetail } from "@/lib/queries/brokers";
import { history } from "@/lib/queries/history";

type Directory = BrokerDetail["logDirectories"][number];

function Unknown() {
  return <span className="text-ink-faint">unknown</span>;
}

const columns: readonly Column<Directory>[] = [
  {
    id: "path",
    label: "Directory",
    width: "minmax(200px,1fr)",
    cell: ({ path, problem }) => (
      <span className="flex items-center gap-2">
        <StatusMark kind={problem ? "bad" : "ok"} className={problem ? "size-2.5" : "size-2.5 opacity-45"} />
        <span className="truncate font-mono text-mono">{path}</span>
        {problem && <span className="truncate text-xs text-bad">{problem.detail}</span>}
      </span>
    ),
  },
  {
    id: "replicas",
    label: "Replicas",
    width: "72px",
    isRight: true,
    cell: ({ replicas }) => formatInteger(replicas),
  },
  { id: "size", label: "Size", width: "84px", isRight: true, cell: ({ sizeBytes }) => formatBytes(sizeBytes) },
  {
    id: "free",
    label: "Free",
    width: "84px",
    isRight: true,
    cell: ({ usableBytes }) => (usableBytes === null ? <Unknown /> : formatBytes(usableBytes)),
  },
  {
    id: "full",
    label: "File system",
    width: "180px",
    from: 760,
    isRight: true,
    cell: ({ totalBytes, usableBytes }) => <Full totalBytes={totalBytes} usableBytes={usableBytes} />,
  },
];

function Full({ totalBytes, usableBytes }: Pick<Directory, "totalBytes" | "usableBytes">) {
  if (totalBytes === null || usableBytes === null) return <Unknown />;
  const share = 1 - usableBytes / totalBytes;
  return (
    <span className="flex items-center gap-3">
      <Meter share={share} tone={diskTone(share)} className="h-1.5" />
      <span className="w-10 shrink-0">{Math.round(share * 100)}%</span>
    </span>
  );
}

/** Where a broker keeps its logs, how much is in them, and how that grew. */
export function BrokerDirectoriesView({ broker }: { broker: number }) {
  const query = useQuery(brokerDetail(useCluster(), broker));
  const detail = query.data;
  // The frame around shows why there is nothing.
  if (detail === undefined) return <TableSkeleton />;
  return (
    <section aria-label="Log directories" className="flex min-h-0 flex-1 flex-col">
      <ScrollRegion label="Log directories and charts">
        {detail.logDirectories.length > 0 ? (
          <div className="-mt-px">
            <DataGrid
              label="Log directories"
              columns={columns}
              rows={detail.logDirectories}
              rowKey={({ path }) => path}
              isWhole
            />
          </div>
        ) : (
          <EmptyState icon={<FolderOpen />} title="No log directory is known">
            {detail.supervised === "stopped"
              ? "The broker is stopped."
              : "The broker does not answer, or does not tell."}
          </EmptyState>
        )}
        <SizeChart broker={broker} />
      </ScrollRegion>
      <PageFooter fresh={<UpdatedAgo atMs={query.dataUpdatedAt} />}>
        {formatNumberOf(detail.logDirectories.length, "directory", "directories")}
      </PageFooter>
    </section>
  );
}

function SizeChart({ broker }: { broker: number }) {
  const { time } = useChartTime();
  const name = String(broker);
  const series: HistoryQuery["series"] = [
    { kind: "broker-size", name, part: "", as: "value" },
    { kind: "broker-leaders", name, part: "", as: "value" },
  ];
  const query = useQuery(history(useCluster(), series, time));
  if (query.data === undefined)
    return <div className="h-60 px-6 py-4">{query.error && <ProblemNote problem={problemOf(query.error)} />}</div>;
  return <Charts answer={query.data} name={name} />;
}

function Charts({ answer, name }: { answer: HistoryAnswer; name: string }) {
  const frame = historyFrame(answer);
  return (
    <div className="mt-6 grid grid-cols-1 gap-px border-t bg-line @3xl:grid-cols-2">
      <TimeChart
        title="Size on disk"
        frame={frame}
        series={[
          { key: "size", label: "All directories", color: "--chart-1", values: frame.valuesOf("broker-size", name) },
        ]}
        format={formatBytes}
      />
      <TimeChart
        title="Leaders"
        note={<RangePicker keptSinceMs={answer.keptSinceMs} />}
        frame={frame}
        series={[
          {
            key: "leaders",
            label: "Partitions led",
            color: "--chart-2",
            values: frame.valuesOf("broker-leaders", name),
          },
        ]}
        format={formatInteger}
      />
    </div>
  );
}
