"use client";
import { useQuery } from "@tanstack/react-query";
import { RangePicker } from "@/components/charts/range-picker";
import { TimeChart } from "@/components/charts/time-chart";
import { useChartRange } from "@/components/charts/use-chart-range";
import { ProblemNote } from "@/components/feedback/problem-note";
import { useCluster } from "@/components/live/live-provider";
import { linesMax, linesOf } from "@/lib/chart-series";
import type { HistoryQuery } from "@/lib/contracts/history";
import { formatCount } from "@/lib/format";
import { historyFrame } from "@/lib/history-frame";
import { problemOf } from "@/lib/problem";
import { history } from "@/lib/queries/history";

/** How leaders were spread over the brokers, and how many partitions lacked a replica. */
export function BrokerCharts({ brokers }: { brokers: readonly number[] }) {
  const cluster = useCluster();
  const [range] = useChartRange();
  const names = brokers.slice(0, linesMax).map(String);
  const series: HistoryQuery["series"] = [
    { kind: "cluster-under-replicated", name: "", part: "", as: "value" },
    ...names.map((name) => ({ kind: "broker-leaders", name, part: "", as: "value" }) as const),
  ];
  const query = useQuery(history(cluster, series, range));
  if (query.data === undefined)
    return <div className="h-60 px-6 py-4">{query.error && <ProblemNote problem={problemOf(query.error)} />}</div>;
  const frame = historyFrame(query.data);
  return (
    <div className="mt-6 grid shrink-0 grid-cols-2 gap-px border-t bg-line">
      <TimeChart
        title="Leaders by broker"
        frame={frame}
        series={linesOf(
          names,
          (name) => frame.valuesOf("broker-leaders", name),
          (name) => `Broker ${name}`,
        )}
        format={formatCount}
      />
      <TimeChart
        title="Under-replicated partitions"
        note={<RangePicker keptSinceMs={query.data.keptSinceMs} />}
        frame={frame}
        series={[
          {
            key: "all",
            label: "All topics",
            color: "--chart-3",
            values: frame.valuesOf("cluster-under-replicated"),
          },
        ]}
        format={formatCount}
      />
    </div>
  );
}
