"use client";
import { ReplicaChip } from "@/components/partitions/replica-chip";
import type { PartitionHealth } from "@/components/partitions/partition-health";
import type { Column } from "@/components/ui/data-grid";
import { Meter } from "@/components/ui/meter";
import { StatusMark } from "@/components/ui/status";
import { cn } from "@/lib/cn";
import type { PartitionDetail } from "@/lib/contracts/partitions";
import { formatBytes, formatCount } from "@/lib/format";

/** A partition in the table, with what was found about it. */
export type PartitionRow = PartitionDetail & {
  readonly health: PartitionHealth;
  /** End minus start offset. */
  readonly messages: number | null;
  readonly sizeShare: number;
  /** More than twice the median of the others. */
  readonly isOversized: boolean;
};

function Unknown() {
  return <span className="text-ink-faint">unknown</span>;
}

function PartitionNumber({ partition }: { partition: PartitionRow }) {
  const { kind } = partition.health;
  return (
    <span className="flex items-center gap-2">
      <StatusMark kind={kind} className={cn("size-2.5", kind === "ok" && "opacity-45")} />
      {partition.partition}
    </span>
  );
}

function Leader({ partition }: { partition: PartitionRow }) {
  if (partition.leader === null) return <span className="text-bad">none</span>;
  return (
    <span className="flex items-center gap-2">
      {partition.leader}
      {partition.replicas[0]?.broker !== partition.leader && (
        <span className="truncate text-xs text-ink-muted">not preferred</span>
      )}
    </span>
  );
}

function Replicas({ partition }: { partition: PartitionRow }) {
  const { kind, note } = partition.health;
  return (
    <span className="flex items-center gap-1">
      {partition.replicas.map((replica) => (
        <ReplicaChip key={replica.broker} replica={replica} isLeader={replica.broker === partition.leader} />
      ))}
      {note !== "" && (
        <span className={cn("ml-1.5 truncate text-xs", kind === "bad" ? "text-bad" : "text-ink-muted")}>{note}</span>
      )}
    </span>
  );
}

function Size({ partition }: { partition: PartitionRow }) {
  if (partition.sizeBytes === null) return <Unknown />;
  return (
    <span className="flex items-center justify-end gap-3">
      <Meter share={partition.sizeShare} tone={partition.isOversized ? "warn" : "quiet"} className="h-1.5" />
      <span className={cn("w-15 shrink-0", partition.isOversized && "font-medium text-warn")}>
        {formatBytes(partition.sizeBytes)}
      </span>
    </span>
  );
}

function Offset({ offset, isMuted = false }: { offset: string | null; isMuted?: boolean }) {
  if (offset === null) return <Unknown />;
  return <span className={cn("font-mono text-xs", isMuted && "text-ink-muted")}>{offset}</span>;
}

const sortable = (offset: string | null) => (offset === null ? undefined : Number(offset));

/** Where a tiered partition is: what the leader has itself, and what is in remote storage. */
const tierColumns: readonly Column<PartitionRow>[] = [
  {
    id: "local",
    label: "Local start",
    width: "88px",
    from: 744,
    isRight: true,
    cell: (row) => <Offset offset={row.tier?.localStartOffset ?? null} isMuted />,
  },
  {
    id: "tiered",
    label: "Tiered up to",
    width: "96px",
    from: 640,
    isRight: true,
    cell: ({ tier }) =>
      tier?.lastTieredOffset === "-1" ? (
        <span className="text-ink-faint">nothing yet</span>
      ) : (
        <Offset offset={tier?.lastTieredOffset ?? null} />
      ),
  },
];

/** The partitions table's columns. */
export const partitionColumns: readonly Column<PartitionRow>[] = [
  {
    id: "partition",
    label: "Partition",
    width: "76px",
    sortBy: (row) => row.partition,
    cell: (row) => <PartitionNumber partition={row} />,
  },
  {
    id: "leader",
    label: "Leader",
    width: "112px",
    sortBy: (row) => row.leader ?? undefined,
    cell: (row) => <Leader partition={row} />,
  },
  { id: "replicas", label: "Replicas", width: "minmax(140px,1fr)", cell: (row) => <Replicas partition={row} /> },
  {
    id: "start",
    label: "Start",
    width: "96px",
    from: 900,
    isRight: true,
    sortBy: (row) => sortable(row.startOffset),
    cell: (row) => <Offset offset={row.startOffset} isMuted />,
  },
  {
    id: "end",
    label: "End",
    width: "100px",
    isRight: true,
    sortBy: (row) => sortable(row.endOffset),
    cell: (row) => <Offset offset={row.endOffset} />,
  },
  {
    id: "messages",
    label: "Messages",
    width: "80px",
    from: 640,
    isRight: true,
    sortBy: (row) => row.messages ?? undefined,
    cell: (row) => (row.messages === null ? <Unknown /> : formatCount(row.messages)),
  },
  {
    id: "size",
    label: "Size",
    width: "148px",
    from: 784,
    isRight: true,
    sortBy: (row) => row.sizeBytes ?? undefined,
    cell: (row) => <Size partition={row} />,
  },
  {
    id: "epoch",
    label: "Epoch",
    width: "60px",
    from: 980,
    isRight: true,
    sortBy: (row) => row.leaderEpoch ?? undefined,
    cell: (row) => <span className="text-ink-muted">{row.leaderEpoch ?? ""}</span>,
  },
];

/** From which width on the others have room beside those of the tiers. */
const fromBesideTiers: Readonly<Record<string, number>> = { messages: 840, size: 1_004, start: 1_116, epoch: 1_192 };

/** The same of a tiered topic (KIP-405): sizes are of what the leader has itself. */
export const tieredPartitionColumns: readonly Column<PartitionRow>[] = partitionColumns.flatMap((column) => {
  const from = fromBesideTiers[column.id];
  const own = from === undefined ? column : { ...column, from };
  if (column.id === "end") return [...tierColumns, own];
  return column.id === "size" ? { ...own, label: "Local size" } : own;
});
