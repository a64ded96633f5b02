"use client";
import Link from "next/link";
import { useCluster } from "@/components/live/live-provider";
import { type Column, DataGrid } from "@/components/ui/data-grid";
import { Meter } from "@/components/ui/meter";
import { Tooltip } from "@/components/ui/tooltip";
import { StatusMark } from "@/components/ui/status";
import { type BrokerShare, sharesOf } from "@/components/partitions/broker-shares";
import type { PartitionList } from "@/lib/contracts/partitions";
import { formatBytes, formatNumberOf } from "@/lib/format";
import { pathEnd } from "@/lib/path-end";
import { brokerPath } from "@/lib/url";

const unknown = <span className="text-ink-faint">unknown</span>;

function Name({ share }: { share: BrokerShare }) {
  const kind = share.isAlive ? (share.outOfSync.length > 0 ? "warn" : "ok") : "bad";
  return (
    <span className="flex items-center gap-2">
      <StatusMark kind={kind} className={kind === "ok" ? "size-2.5 opacity-45" : "size-2.5"} />
      <Link
        href={brokerPath(useCluster(), share.broker, "replicas")}
        className="rounded-sm font-medium hover:underline"
      >
        {share.broker}
      </Link>
      {!share.isAlive && <span className="text-xs text-bad">not in the cluster</span>}
    </span>
  );
}

/** "0, 3, 7 and 40 others" */
function Numbers({ partitions }: { partitions: readonly number[] }) {
  if (partitions.length === 0) return <span className="text-ink-faint">none</span>;
  return (
    <span className="font-mono text-xs">
      {partitions.slice(0, 16).join(", ")}
      {partitions.length > 16 && <span className="font-sans text-ink-faint"> and {partitions.length - 16} others</span>}
    </span>
  );
}

const columns: readonly Column<BrokerShare>[] = [
  { id: "broker", label: "Broker", width: "minmax(90px,150px)", cell: (share) => <Name share={share} /> },
  {
    id: "rack",
    label: "Rack",
    width: "72px",
    from: 700,
    cell: ({ rack }) => <span className="text-ink-muted">{rack ?? "none"}</span>,
  },
  { id: "leads", label: "Leads", width: "minmax(100px,1fr)", cell: ({ leads }) => <Numbers partitions={leads} /> },
  {
    id: "follows",
    label: "Follows",
    width: "minmax(100px,1fr)",
    cell: ({ follows }) => <Numbers partitions={follows} />,
  },
  {
    id: "outOfSync",
    label: "Not in sync",
    width: "minmax(80px,150px)",
    from: 620,
    cell: ({ outOfSync }) =>
      outOfSync.length === 0 ? (
        <span className="text-ink-faint">none</span>
      ) : (
        <span className="text-warn">{outOfSync.join(", ")}</span>
      ),
  },
  {
    id: "directories",
    label: "Log directory",
    width: "minmax(120px,1fr)",
    from: 900,
    cell: ({ directories }) => (
      <Tooltip
        label={directories.map(({ path, replicas }) => `${path}: ${formatNumberOf(replicas, "replica")}`).join(", ")}
      >
        <span className="min-w-0 truncate font-mono text-xs text-ink-muted">
          {directories.map(({ path }) => pathEnd(path)).join(", ")}
        </span>
      </Tooltip>
    ),
  },
  {
    id: "size",
    label: "Size",
    width: "148px",
    isRight: true,
    cell: ({ sizeBytes, sizeShare }) =>
      sizeBytes === null ? (
        unknown
      ) : (
        <span className="flex items-center gap-3">
          <Meter share={sizeShare} className="h-1.5" />
          <span className="w-15 shrink-0">{formatBytes(sizeBytes)}</span>
        </span>
      ),
  },
];

/** The same partitions seen by broker: what each leads, follows and holds. */
export function ByBroker({ list }: { list: PartitionList }) {
  return (
    <DataGrid
      label="Partitions by broker"
      columns={columns}
      rows={sharesOf(list)}
      rowKey={({ broker }) => String(broker)}
    />
  );
}
