"use client";
import { useQuery } from "@tanstack/react-query";
import { RangePicker } from "@/components/charts/range-picker";
import { TimeChart } from "@/components/charts/time-chart";
import { useChartTime } from "@/components/charts/use-chart-time";
import { ProblemNote } from "@/components/feedback/problem-note";
import { useCluster } from "@/components/live/live-provider";
import { alertConditions } from "@/lib/alert-conditions";
import type { FiredAlert } from "@/lib/contracts/alerts";
import type { SeriesKey, SeriesKind } from "@/lib/contracts/history";
import { formatBytes, formatCount, formatDuration } from "@/lib/format";
import { historyFrame } from "@/lib/history-frame";
import { problemOf } from "@/lib/problem";
import { history } from "@/lib/queries/history";

/** What the chart of a series is called. */
const titles: Partial<Record<SeriesKind, string>> = {
  "group-lag": "Lag in messages",
  "group-lag-time": "Lag in time",
  "cluster-offline": "Partitions without a leader, all topics",
  "cluster-under-replicated": "Under-replicated partitions, all topics",
  "broker-size": "Size on disk",
};

const formats: Partial<Record<SeriesKind, (value: number) => string>> = {
  "broker-size": formatBytes,
  "group-lag-time": formatDuration,
};

/** The limit of an alert in the unit of a series; undefined where the series measures something else. */
function limitIn(kind: SeriesKind, { condition, threshold }: FiredAlert): number | undefined {
  const { unit } = alertConditions[condition];
  if (kind === "group-lag" && unit === "messages") return threshold;
  return kind === "group-lag-time" && unit === "time" ? threshold * 1_000 : undefined;
}

/** What an alert measured, over time, with the limit where the chart has its unit. */
export function AlertChart({ alert }: { alert: FiredAlert }) {
  const series = alertConditions[alert.condition].series(alert.subject);
  return series && <Drawn alert={alert} series={series} />;
}

function Drawn({ alert, series }: { alert: FiredAlert; series: SeriesKey }) {
  const { time } = useChartTime();
  const query = useQuery(history(useCluster(), [{ ...series, as: "value" }], time));
  const { kind, name } = series;
  if (query.data === undefined)
    return <div className="h-60 px-4 py-3">{query.error && <ProblemNote problem={problemOf(query.error)} />}</div>;
  const frame = historyFrame(query.data);
  const limit = limitIn(kind, alert);
  return (
    <div className="border-b">
      <TimeChart
        title={titles[kind] ?? kind}
        note={<RangePicker keptSinceMs={query.data.keptSinceMs} />}
        frame={frame}
        series={[{ key: kind, label: name || "All topics", color: "--chart-1", values: frame.valuesOf(kind, name) }]}
        format={formats[kind] ?? formatCount}
        isDuration={kind === "group-lag-time"}
        {...(limit === undefined ? {} : { limit: { value: limit, label: "alert" } })}
      />
    </div>
  );
}
