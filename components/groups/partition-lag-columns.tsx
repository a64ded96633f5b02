"use client";
import Link from "next/link";
import { lagFaultText, lagTimeText } from "@/components/groups/group-words";
import { isUncommittedIn, noLagText } from "@/components/groups/no-lag-text";
import type { PartitionLag } from "@/components/groups/partition-lags";
import { useCluster } from "@/components/live/live-provider";
import type { Column } from "@/components/ui/data-grid";
import { Meter } from "@/components/ui/meter";
import { StatusMark } from "@/components/ui/status";
import { useNow } from "@/components/ui/use-now";
import { cn } from "@/lib/cn";
import { formatAge, formatDuration, formatInteger } from "@/lib/format";
import { topicPath } from "@/lib/url";

function TopicLink({ topic }: { topic: string }) {
  const cluster = useCluster();
  return (
    <Link
      href={topicPath(cluster, topic, "partitions")}
      prefetch={false}
      className="rounded-sm font-mono text-xs hover:underline hover:decoration-line-strong hover:underline-offset-3"
    >
      {topic}
    </Link>
  );
}

function Reader({ row }: { row: PartitionLag }) {
  if (row.client === "") return <span className="text-xs text-ink-faint">{row.note.text}</span>;
  return (
    <span>
      <span className="font-mono text-xs">{row.client}</span>{" "}
      <span className="ml-1 text-xs text-ink-faint">{row.host}</span>
      {row.note.text !== "" && <span className="ml-1.5 text-xs text-warn">{row.note.text}</span>}
    </span>
  );
}

function Offset({ offset, isMuted = false }: { offset: string | null; isMuted?: boolean }) {
  if (offset === null) return <span className="text-ink-faint">none</span>;
  return <span className={cn("font-mono text-xs", isMuted && "text-ink-muted")}>{offset}</span>;
}

function Lag({ row }: { row: PartitionLag }) {
  if (row.lagMessages === null) return <span className="text-ink-faint">{noLagText(isUncommittedIn([row]))}</span>;
  return (
    <span className="flex items-center gap-3">
      <Meter share={row.lagShare} tone={row.isOdd ? "warn" : "quiet"} className="h-1.5" />
      <span
        className={cn("w-18 shrink-0", row.isOdd && "font-medium text-warn", row.lagMessages === 0 && "text-ink-faint")}
      >
        {formatInteger(row.lagMessages)}
      </span>
    </span>
  );
}

const sortable = (offset: string | null) => (offset === null ? undefined : Number(offset));

function InTime({ row: { lagMs, lagMsFault, lagMessages } }: { row: PartitionLag }) {
  if (lagMs === null)
    return (
      <span className="text-ink-faint" title={lagFaultText(lagMsFault)}>
        {lagMessages === null ? "" : "unknown"}
        {lagMsFault !== null && <span className="sr-only">: {lagFaultText(lagMsFault)}</span>}
      </span>
    );
  return (
    <span className={lagMs === 0 ? "text-ink-faint" : undefined}>{lagTimeText({ ms: lagMs, isAtLeast: false })}</span>
  );
}

function LastCommit({ row }: { row: PartitionLag }) {
  const now = useNow();
  const { lastCommitMs, movedAtMs, commitEveryMs, stuckSinceMs } = row;
  const atMs = lastCommitMs ?? movedAtMs;
  if (atMs === null || now === 0) return null;
  const ago = formatAge(Math.max(0, now - atMs));
  return (
    <span
      className="text-ink-muted"
      title={commitEveryMs === null ? undefined : `commits every ${formatDuration(commitEveryMs)}`}
    >
      {stuckSinceMs !== null && lastCommitMs !== null && "same offset, "}
      {ago === "just now" ? ago : `${ago} ago`}
    </span>
  );
}

/** The columns of a group's partitions. */
export const partitionLagColumns: readonly Column<PartitionLag>[] = [
  {
    id: "topic",
    label: "Topic",
    width: "minmax(150px,1fr)",
    sortBy: (row) => row.topic,
    cell: (row) => (
      <span className="flex items-center gap-2">
        <StatusMark
          kind={row.stuckSinceMs !== null ? "bad" : row.isOdd && row.note.kind === "ok" ? "warn" : row.note.kind}
          className={cn("size-2.5", row.note.kind === "ok" && !row.isOdd && row.stuckSinceMs === null && "opacity-45")}
        />
        <span className="truncate">
          <TopicLink topic={row.topic} />
        </span>
      </span>
    ),
  },
  {
    id: "partition",
    label: "Partition",
    width: "68px",
    isRight: true,
    sortBy: (row) => row.partition,
    cell: (row) => row.partition,
  },
  {
    id: "member",
    label: "Member",
    width: "minmax(160px,1fr)",
    sortBy: (row) => row.client || undefined,
    cell: (row) => <Reader row={row} />,
  },
  {
    id: "committed",
    label: "Committed",
    width: "96px",
    isRight: true,
    sortBy: (row) => sortable(row.committedOffset),
    cell: (row) => <Offset offset={row.committedOffset} />,
  },
  {
    id: "end",
    label: "End",
    width: "96px",
    from: 940,
    isRight: true,
    sortBy: (row) => sortable(row.endOffset),
    cell: (row) => <Offset offset={row.endOffset} isMuted />,
  },
  {
    id: "lag",
    label: "Lag",
    width: "minmax(150px,1fr)",
    isRight: true,
    sortBy: (row) => row.lagMessages ?? undefined,
    cell: (row) => <Lag row={row} />,
  },
  {
    id: "time",
    label: "In time",
    width: "70px",
    from: 830,
    isRight: true,
    sortBy: (row) => row.lagMs ?? undefined,
    cell: (row) => <InTime row={row} />,
  },
  {
    id: "commit",
    label: "Last commit",
    width: "140px",
    from: 1_100,
    isRight: true,
    sortBy: (row) => row.lastCommitMs ?? row.movedAtMs ?? undefined,
    cell: (row) => <LastCommit row={row} />,
  },
];
