"use client";
import { useState } from "react";
import { useQuery } from "@tanstack/react-query";
import { TimeChart } from "@/components/charts/time-chart";
import { RangePicker } from "@/components/charts/range-picker";
import { useChartRange } from "@/components/charts/use-chart-range";
import { ProblemNote } from "@/components/feedback/problem-note";
import { chartedPartitions, type PartitionLag } from "@/components/groups/partition-lags";
import { useCluster } from "@/components/live/live-provider";
import { Segments } from "@/components/ui/segments";
import type { ChartColor, ChartSeries } from "@/lib/chart-series";
import type { HistoryAnswer, HistoryQuery } from "@/lib/contracts/history";
import { formatCount, formatDuration } from "@/lib/format";
import { historyFrame } from "@/lib/history-frame";
import { problemOf } from "@/lib/problem";
import { history } from "@/lib/queries/history";

const colors: readonly ChartColor[] = ["--chart-3", "--chart-2", "--chart-4", "--chart-5"];

type Props = { group: string; rows: readonly PartitionLag[] };

/** A group's lag over time, and that of the partitions that make it up. */
export function LagChart({ group, rows }: Props) {
  const cluster = useCluster();
  const [range] = useChartRange();
  const [isTime, setTime] = useState(false);
  const partitions = chartedPartitions(rows);
  const series: HistoryQuery["series"] = [
    { kind: "group-lag", name: group, part: "", as: "value" },
    { kind: "group-lag-time", name: group, part: "", as: "value" },
    ...partitions.map(({ key }) => ({ kind: "group-partition-lag", name: group, part: key, as: "value" }) as const),
  ];
  const query = useQuery(history(cluster, series, range));
  if (query.data === undefined)
    return (
      <div className="h-60 min-w-0 px-6 py-4">{query.error && <ProblemNote problem={problemOf(query.error)} />}</div>
    );
  return <Drawn answer={query.data} group={group} partitions={partitions} isTime={isTime} onChoose={setTime} />;
}

type DrawnProps = {
  answer: HistoryAnswer;
  group: string;
  partitions: readonly PartitionLag[];
  isTime: boolean;
  onChoose: (isTime: boolean) => void;
};

const measures = [
  { value: "messages", label: "Messages" },
  { value: "time", label: "Time" },
] as const;

function Drawn({ answer, group, partitions, isTime, onChoose }: DrawnProps) {
  const frame = historyFrame(answer);
  const isOneTopic = new Set(partitions.map(({ topic }) => topic)).size <= 1;
  const inTime: readonly ChartSeries[] = [
    {
      key: "time",
      label: "Oldest partition",
      color: "--chart-1",
      values: frame.valuesOf("group-lag-time", group),
    },
  ];
  const lines: readonly ChartSeries[] = [
    { key: "all", label: "All partitions", color: "--chart-1", values: frame.valuesOf("group-lag", group) },
    ...partitions.map(({ key, topic, partition }, i) => ({
      key,
      label: isOneTopic ? `Partition ${partition}` : `${topic} ${partition}`,
      color: colors[i] ?? "--chart-8",
      values: frame.valuesOf("group-partition-lag", group, key),
    })),
  ];
  return (
    <TimeChart
      title={isTime ? "Lag in time" : "Lag in messages"}
      note={
        <>
          <Segments
            label="Lag in"
            options={measures}
            value={isTime ? "time" : "messages"}
            onChoose={(value) => onChoose(value === "time")}
          />
          <RangePicker keptSinceMs={answer.keptSinceMs} />
        </>
      }
      frame={frame}
      series={isTime ? inTime : lines}
      format={isTime ? formatDuration : formatCount}
    />
  );
}
