"use client";
import { useState } from "react";
import { useQuery } from "@tanstack/react-query";
import { TimeChart } from "@/components/charts/time-chart";
import { RangePicker } from "@/components/charts/range-picker";
import { useChartTime } from "@/components/charts/use-chart-time";
import { ProblemNote } from "@/components/feedback/problem-note";
import { chartedPartitions, type PartitionLag } from "@/components/groups/partition-lags";
import { useCluster } from "@/components/live/live-provider";
import { Segments } from "@/components/ui/segments";
import type { ChartColor, ChartSeries } from "@/lib/chart-series";
import type { HistoryAnswer, HistoryQuery, SeriesKind } from "@/lib/contracts/history";
import { formatCount, formatDuration } from "@/lib/format";
import { historyFrame } from "@/lib/history-frame";
import { problemOf } from "@/lib/problem";
import { history } from "@/lib/queries/history";

const colors: readonly ChartColor[] = ["--chart-3", "--chart-2", "--chart-4", "--chart-5"];

type Props = { group: string; rows: readonly PartitionLag[] };

/** A group's lag over time, and that of the partitions that make it up. */
export function LagChart({ group, rows }: Props) {
  const cluster = useCluster();
  const { time } = useChartTime();
  const [isTime, setTime] = useState(false);
  const partitions = chartedPartitions(rows);
  const series: HistoryQuery["series"] = [
    { kind: "group-lag", name: group, part: "", as: "value" },
    { kind: "group-lag-time", name: group, part: "", as: "value" },
    ...partitions.flatMap(({ key }) =>
      (["group-partition-lag", "group-partition-lag-time"] as const).map(
        (kind) => ({ kind, name: group, part: key, as: "value" }) as const,
      ),
    ),
  ];
  const query = useQuery(history(cluster, series, time));
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
  const linesOf = (whole: ChartSeries, kind: SeriesKind): readonly ChartSeries[] => [
    whole,
    ...partitions.map(({ key, topic, partition }, i) => ({
      key,
      label: isOneTopic ? `Partition ${partition}` : `${topic} ${partition}`,
      color: colors[i] ?? "--chart-8",
      values: frame.valuesOf(kind, group, key),
    })),
  ];
  const [label, values] = isTime
    ? ["Oldest partition", frame.valuesOf("group-lag-time", group)]
    : ["All partitions", frame.valuesOf("group-lag", group)];
  const lines = linesOf(
    { key: "all", label, color: "--chart-1", values },
    isTime ? "group-partition-lag-time" : "group-partition-lag",
  );
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
      series={lines}
      format={isTime ? formatDuration : formatCount}
      isDuration={isTime}
    />
  );
}
