"use client";
import Link from "next/link";
import { useCluster } from "@/components/live/live-provider";
import { RetentionText } from "@/components/topics/retention-text";
import { healthOf } from "@/components/topics/topic-health";
import { TopicRowMenu } from "@/components/topics/topic-row-menu";
import { Badge } from "@/components/ui/badge";
import type { Column } from "@/components/ui/data-grid";
import { Meter } from "@/components/ui/meter";
import { StatusMark } from "@/components/ui/status";
import { Tooltip } from "@/components/ui/tooltip";
import type { TopicSummary } from "@/lib/contracts/topics";
import { formatBytes, formatCount } from "@/lib/format";
import { topicPath } from "@/lib/url";

/** A topic in the list, with its share of the largest. */
export type TopicRow = TopicSummary & { readonly sizeShare: number };

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
    width: "76px",
    isRight: true,
    sortBy: (topic) => topic.partitionCount,
    cell: (topic) => topic.partitionCount,
  },
  {
    id: "replication",
    label: "Replication",
    width: "84px",
    from: 860,
    isRight: true,
    sortBy: (topic) => topic.replicationFactor,
    cell: (topic) => <span className="text-ink-muted">× {topic.replicationFactor}</span>,
  },
  {
    id: "messages",
    label: "Messages",
    width: "88px",
    isRight: true,
    sortBy: (topic) => topic.messages ?? undefined,
    cell: (topic) => (topic.messages === null ? <Unknown /> : formatCount(topic.messages)),
  },
  {
    id: "size",
    label: "On disk",
    width: "116px",
    from: 600,
    isRight: true,
    sortBy: (topic) => topic.sizeBytes ?? undefined,
    cell: (topic) => <Size topic={topic} />,
  },
  {
    id: "retention",
    label: "Retention",
    width: "144px",
    from: 760,
    sortBy: (topic) =>
      topic.retentionMs !== null && topic.retentionMs < 0 ? Number.MAX_SAFE_INTEGER : (topic.retentionMs ?? undefined),
    cell: (topic) => <RetentionText topic={topic} />,
  },
  {
    id: "issues",
    label: "Under-replicated",
    width: "116px",
    from: 990,
    isRight: true,
    sortBy: (topic) => topic.underReplicated,
    cell: (topic) => <Trouble topic={topic} />,
  },
  { id: "menu", label: "Actions", isLabelHidden: true, width: "24px", cell: (topic) => <TopicRowMenu topic={topic} /> },
];
