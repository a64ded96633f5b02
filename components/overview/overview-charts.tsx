"use client";
import { TimeChart } from "@/components/charts/time-chart";
import { linesOf, withOthers } from "@/lib/chart-series";
import type { HistoryAnswer } from "@/lib/contracts/history";
import type { Overview } from "@/lib/contracts/overview";
import { formatBytes, formatCount, formatDuration, formatLatency, formatNumberOf, formatRate } from "@/lib/format";
import { historyFrame } from "@/lib/history-frame";
import { drawnTopics, sizedTopics, slowestBrokers } from "@/lib/overview-series";

const perSecond = (value: number) => `${formatRate(value)}/s`;
const latency = (microseconds: number) => formatLatency(microseconds / 1_000);

function othersLabel(all: number | null, named: number): string {
  if (all === null || all <= named) return "others";
  return formatNumberOf(all - named, "other");
}

/** What went on in the cluster: traffic, who wrote it, who is late to read it, what takes the space, how fast brokers answer. */
export function OverviewCharts({ glance, answer }: { glance: Overview; answer: HistoryAnswer }) {
  const frame = historyFrame(answer);
  const { valuesOf } = frame;
  const written = valuesOf("cluster-produced");
  // A topic that was quiet all the time is no line.
  const topics = linesOf(drawnTopics(glance), (name) => valuesOf("topic-end", name)).filter(({ values }) =>
    values.some((rate) => rate !== null && rate > 0),
  );
  const groups = linesOf(glance.laggingGroups, (name) => valuesOf("group-lag", name));
  const total = valuesOf("cluster-lag");
  return (
    <div className="grid grid-cols-1 gap-px border-b bg-line @3xl:grid-cols-2">
      <TimeChart
        title="Traffic"
        frame={frame}
        format={perSecond}
        formatAxis={formatRate}
        series={[
          { key: "in", label: "Written", color: "--chart-1", values: written },
          { key: "out", label: "Read by groups", color: "--chart-2", values: valuesOf("cluster-consumed") },
        ]}
      />
      <TimeChart
        title="Messages in by topic"
        frame={frame}
        isStacked
        format={perSecond}
        formatAxis={formatRate}
        series={withOthers(topics, written)}
        empty="No message was written in this time."
      />
      <TimeChart
        title="Consumer lag"
        frame={frame}
        format={formatCount}
        series={
          groups.length === 0 && total.some((lag) => lag !== null)
            ? [{ key: "all", label: "All groups", color: "--chart-1", values: total }]
            : withOthers(groups, total, othersLabel(glance.groups, groups.length))
        }
        empty="No group has committed an offset."
      />
      <TimeChart
        title="Lag in time"
        frame={frame}
        format={formatDuration}
        isDuration
        series={linesOf(glance.laggingGroups, (name) => valuesOf("group-lag-time", name))}
        empty="No group is behind."
      />
      <TimeChart
        title="On disk by topic"
        frame={frame}
        isStacked
        format={formatBytes}
        series={withOthers(
          linesOf(sizedTopics(glance), (name) => valuesOf("topic-size", name)),
          valuesOf("cluster-size"),
        )}
      />
      <TimeChart
        title="Time to answer, by broker"
        frame={frame}
        format={latency}
        series={linesOf(
          slowestBrokers(glance),
          (name) => valuesOf("broker-latency", name),
          (name) => `Broker ${name}`,
        )}
      />
    </div>
  );
}
