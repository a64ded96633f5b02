"use client";
import { Star } from "lucide-react";
import Link from "next/link";
import { useCluster } from "@/components/live/live-provider";
import { RetentionText } from "@/components/topics/retention-text";
import { healthOf } from "@/components/topics/topic-health";
import type { TopicTrend } from "@/components/topics/topic-trend";
import { Groups, Lag, LastMessage, Rate, Size, Trouble, Unknown } from "@/components/topics/topic-cells";
import { useTopicList } from "@/components/topics/topic-list-context";
import { SelectShown, SelectTopic } from "@/components/topics/topic-select";
import { TopicRowButton } from "@/components/topics/topic-row-button";
import { Badge } from "@/components/ui/badge";
import type { Column } from "@/components/ui/data-grid";
import { StatusMark } from "@/components/ui/status";
import { Tooltip } from "@/components/ui/tooltip";
import { cn } from "@/lib/cn";
import type { TopicSummary } from "@/lib/contracts/topics";
import { formatCount } from "@/lib/format";
import { topicPath } from "@/lib/url";

/** A topic in the list, with its share of the largest, and what was measured of it: undefined before the first time. */
export type TopicRow = TopicSummary & {
  readonly sizeShare: number;
  readonly trend: TopicTrend | undefined;
  readonly isFavourite: boolean;
  readonly labels: readonly string[];
};

function TopicName({ topic }: { topic: TopicRow }) {
  const cluster = useCluster();
  const { markFavourite } = useTopicList();
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
      {topic.isTiered && <Badge>tiered</Badge>}
      {topic.labels.map((label) => (
        <Badge key={label} tone="outline">
          {label}
        </Badge>
      ))}
      <button
        type="button"
        aria-label={`Favourite ${topic.name}`}
        aria-pressed={topic.isFavourite}
        onClick={() => markFavourite(topic.name, !topic.isFavourite)}
        className={cn(
          "shrink-0 rounded-sm [&_svg]:size-3.5",
          topic.isFavourite
            ? "text-accent [&_svg]:fill-current"
            : "text-ink-faint opacity-0 group-hover/row:opacity-100 hover:text-ink focus-visible:opacity-100",
        )}
      >
        <Star />
      </button>
    </span>
  );
}

/** The topic list's columns; they leave from the least needed on as the table narrows. */
export const topicColumns: readonly Column<TopicRow>[] = [
  {
    id: "select",
    label: "Select",
    head: <SelectShown />,
    width: "14px",
    cell: (topic) => <SelectTopic name={topic.name} />,
  },
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
    from: 1_280,
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
    from: 680,
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
    cell: ({ name, trend }) => <Groups name={name} trend={trend} />,
  },
  {
    id: "retention",
    label: "Retention",
    width: "136px",
    from: 1_020,
    sortBy: (topic) =>
      topic.retentionMs !== null && topic.retentionMs < 0 ? Number.MAX_SAFE_INTEGER : (topic.retentionMs ?? undefined),
    cell: (topic) => <RetentionText topic={topic} />,
  },
  {
    id: "last",
    label: "Last message",
    width: "92px",
    from: 1_180,
    isRight: true,
    sortBy: ({ trend }) => trend?.lastRecordMs ?? undefined,
    cell: (topic) => <LastMessage topic={topic} />,
  },
  {
    id: "issues",
    label: "Under-replicated",
    width: "108px",
    from: 1_380,
    isRight: true,
    sortBy: (topic) => topic.underReplicated,
    cell: (topic) => <Trouble topic={topic} />,
  },
  {
    id: "menu",
    label: "Actions",
    isLabelHidden: true,
    width: "24px",
    cell: (topic) => <TopicRowButton topic={topic} />,
  },
];

/** The same where a topic is tiered: Kafka tells the size of what brokers have themselves, and none of remote storage. */
export const tieredTopicColumns = topicColumns.map((column) =>
  column.id === "size" ? { ...column, label: "Local size" } : column,
);
