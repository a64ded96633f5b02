"use client";
import type { UseQueryResult } from "@tanstack/react-query";
import { TimeChart } from "@/components/charts/time-chart";
import { ProblemNote } from "@/components/feedback/problem-note";
import { linesMax, linesOf } from "@/lib/chart-series";
import type { HistoryAnswer, HistoryQuery } from "@/lib/contracts/history";
import { formatCount } from "@/lib/format";
import { historyFrame } from "@/lib/history-frame";
import { problemOf } from "@/lib/problem";

function namesOf(brokers: readonly number[]): readonly string[] {
  return brokers.slice(0, linesMax).map(String);
}

/** What the charts of a cluster's brokers ask of the history. */
export function brokerSeries(brokers: readonly number[]): HistoryQuery["series"] {
  return [
    { kind: "cluster-under-replicated", name: "", part: "", as: "value" },
    ...namesOf(brokers).map((name) => ({ kind: "broker-leaders", name, part: "", as: "value" }) as const),
  ];
}

type Props = { brokers: readonly number[]; query: UseQueryResult<HistoryAnswer> };

/** How leaders were spread over the brokers, and how many partitions lacked a replica. */
export function BrokerCharts({ brokers, query }: Props) {
  if (query.data === undefined)
    return <div className="h-60 px-6 py-4">{query.error && <ProblemNote problem={problemOf(query.error)} />}</div>;
  const frame = historyFrame(query.data);
  return (
    <div className="mt-6 grid shrink-0 grid-cols-1 gap-px border-t bg-line @3xl:grid-cols-2">
      <TimeChart
        title="Leaders by broker"
        frame={frame}
        series={linesOf(
          namesOf(brokers),
          (name) => frame.valuesOf("broker-leaders", name),
          (name) => `Broker ${name}`,
        )}
        format={formatCount}
      />
      <TimeChart
        title="Under-replicated partitions"
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
