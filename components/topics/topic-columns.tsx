"use client";
import Link from "next/link";
import { useCluster } from "@/components/live/live-provider";
import { RetentionText } from "@/components/topics/retention-text";
import { healthOf } from "@/components/topics/topic-health";
import { isReadLate, type TopicTrend } from "@/components/topics/topic-trend";
import { TopicRowMenu } from "@/components/topics/topic-row-menu";
import { Badge } from "@/components/ui/badge";
import type { Column } from "@/components/ui/data-grid";
import { Meter } from "@/components/ui/meter";
import { Sparkline } from "@/components/ui/sparkline";
import { StatusMark } from "@/components/ui/status";
import { Tooltip } from "@/components/ui/tooltip";
import { cn } from "@/lib/cn";
import type { TopicSummary } from "@/lib/contracts/topics";
import { formatBytes, formatCount, formatRate } from "@/lib/format";
import { topicPath } from "@/lib/url";

/** A topic in the list, with its share of the largest, and what was measured of it: undefined before the first time. */
export type TopicRow = TopicSummary & { readonly sizeShare: number; readonly trend: TopicTrend | undefined };

function TopicName({ topic }: { topic: TopicRow }) {
  const cluster = useCluster();
  const health = healthOf(topic);
  return (
    <span className="flex min-w-0 items-center gap-2">
      {health.kind === "ok" ? (
        <StatusMark kind="ok" className="opacity-45" />
      ) : (
        <Tooltip label={health.note} side="right">
          <span>
            <StatusMark kind={health.kind} />
          </span>
        </Tooltip>
      )}
      <span className="sr-only">{health.note}</span>
      <Link
        href={topicPath(cluster, topic.name)}
        prefetch={false}
        className="truncate rounded-sm font-mono text-mono text-ink -outline-offset-1 hover:underline hover:decoration-line-strong hover:underline-offset-3"
      >
        {topic.name}
      </Link>
      {topic.internal && <Badge>internal</Badge>}
    </span>
  );
}

function Unknown() {
  return <span className="text-ink-faint">unknown</span>;
}

function Size({ topic }: { topic: TopicRow }) {
  if (topic.sizeBytes === null) return <Unknown />;
  return (
    <span className="flex items-center justify-end gap-2.5">
      <Meter share={topic.sizeShare} className="w-8" />
      <span className="w-15">{formatBytes(topic.sizeBytes)}</span>
    </span>
  );
}

function Rate({ trend }: { trend: TopicTrend | undefined }) {
  if (trend === undefined) return <Unknown />;
  return (
    <span className="flex items-center justify-end gap-2.5">
      <Sparkline values={trend.messages} label="Messages in, last hour" />
      <span className="w-15">
        {trend.messagesPerSecond === null ? (
          <span className="text-ink-faint">{trend.messages.some((rate) => rate !== null) ? "unknown" : "not yet"}</span>
        ) : (
          <>
            {formatRate(trend.messagesPerSecond)}
            <span className="text-ink-faint">/s</span>
          </>
        )}
      </span>
    </span>
  );
}

function Lag({ trend }: { trend: TopicTrend | undefined }) {
  if (trend === undefined) return <Unknown />;
  if (trend.lag === null) return <span className="text-ink-faint">{trend.groups === 0 ? "no groups" : "unknown"}</span>;
  const isLate = isReadLate(trend);
  return (
    <span className="flex items-center justify-end gap-2.5">
      <Sparkline values={trend.lags} width={48} label="Lag, last hour" tone={isLate ? "warn" : "quiet"} />
      <span className={cn("w-12", isLate && "font-medium text-warn", trend.lag === 0 && "text-ink-faint")}>
        {formatCount(trend.lag)}
      </span>
    </span>
  );
}

function Groups({ trend }: { trend: TopicTrend | undefined }) {
  if (trend === undefined) return <Unknown />;
  return trend.groups === 0 ? <span className="text-ink-faint">0</span> : trend.groups;
}

function Trouble({ topic }: { topic: TopicRow }) {
  const health = healthOf(topic);
  const partitions = Math.max(topic.underReplicated, topic.offline);
  if (partitions === 0) return <span className="text-ink-faint">0</span>;
  return <span className={health.kind === "bad" ? "font-medium text-bad" : "font-medium text-warn"}>{partitions}</span>;
}

/** The topic list's columns; they leave from the least needed on as the table narrows. */
export const topicColumns: readonly Column<TopicRow>[] = [
  {
    id: "name",
    label: "Topic",
    width: "minmax(180px,1fr)",
    sortBy: (topic) => topic.name,
    cell: (topic) => <TopicName topic={topic} />,
  },
  {
    id: "partitions",
    label: "Partitions",
    width: "68px",
    isRight: true,
    sortBy: (topic) => topic.partitionCount,
    cell: (topic) => (
      <>
        {topic.partitionCount} <span className="text-ink-faint">× {topic.replicationFactor}</span>
      </>
    ),
  },
  {
    id: "rate",
    label: "Messages in",
    width: "142px",
    isRight: true,
    sortBy: ({ trend }) => trend?.messagesPerSecond ?? undefined,
    cell: ({ trend }) => <Rate trend={trend} />,
  },
  {
    id: "messages",
    label: "Messages",
    width: "72px",
    from: 1_120,
    isRight: true,
    sortBy: (topic) => topic.messages ?? undefined,
    cell: (topic) => (topic.messages === null ? <Unknown /> : formatCount(topic.messages)),
  },
  {
    id: "size",
    label: "On disk",
    width: "108px",
    from: 860,
    isRight: true,
    sortBy: (topic) => topic.sizeBytes ?? undefined,
    cell: (topic) => <Size topic={topic} />,
  },
  {
    id: "lag",
    label: "Lag",
    width: "108px",
    from: 640,
    isRight: true,
    sortBy: ({ trend }) => trend?.lag ?? undefined,
    cell: ({ trend }) => <Lag trend={trend} />,
  },
  {
    id: "groups",
    label: "Groups",
    width: "52px",
    from: 860,
    isRight: true,
    sortBy: ({ trend }) => trend?.groups,
    cell: ({ trend }) => <Groups trend={trend} />,
  },
  {
    id: "retention",
    label: "Retention",
    width: "136px",
    from: 1_000,
    sortBy: (topic) =>
      topic.retentionMs !== null && topic.retentionMs < 0 ? Number.MAX_SAFE_INTEGER : (topic.retentionMs ?? undefined),
    cell: (topic) => <RetentionText topic={topic} />,
  },
  {
    id: "issues",
    label: "Under-replicated",
    width: "108px",
    from: 1_280,
    isRight: true,
    sortBy: (topic) => topic.underReplicated,
    cell: (topic) => <Trouble topic={topic} />,
  },
  { id: "menu", label: "Actions", isLabelHidden: true, width: "24px", cell: (topic) => <TopicRowMenu topic={topic} /> },
];
