"use client";
import { ArrowRight } from "lucide-react";
import { useState } from "react";
import { BrokerChip } from "@/components/reassign/broker-chip";
import { type ActiveRow, activeRows } from "@/components/reassign/active-rows";
import { type Column, DataGrid } from "@/components/ui/data-grid";
import { Meter } from "@/components/ui/meter";
import type { Sort } from "@/components/ui/sort-rows";
import { StatusMark } from "@/components/ui/status";
import { cn } from "@/lib/cn";
import type { ActiveMove } from "@/lib/contracts/reassignment";
import { formatBytes, formatDuration } from "@/lib/format";

const unknown = <span className="text-ink-faint">–</span>;
const tone = (row: ActiveRow) => (row.trouble === null ? undefined : "font-medium text-warn");

const columns: readonly Column<ActiveRow>[] = [
  {
    id: "partition",
    label: "Partition",
    width: "minmax(150px,1fr)",
    sortBy: ({ topic, partition }) => `${topic} ${String(partition).padStart(6, "0")}`,
    cell: (row) => (
      <span className="flex items-center gap-2">
        <StatusMark
          kind={row.trouble === null ? "ok" : "warn"}
          className={row.trouble === null ? "size-2.5 opacity-45" : "size-2.5"}
        />
        <span className="truncate font-mono">
          {row.topic}
          <span className="text-ink-faint">-{row.partition}</span>
        </span>
        {row.trouble !== null && <span className="truncate text-xs text-ink-muted">{row.trouble}</span>}
      </span>
    ),
  },
  {
    id: "way",
    label: "From → to",
    width: "minmax(96px,150px)",
    cell: ({ removing, adding }) => (
      <span className="flex items-center gap-1">
        {removing.map((id) => (
          <BrokerChip key={id} id={id} tone="from" />
        ))}
        <ArrowRight aria-label="to" className="size-3 text-ink-faint" />
        {adding.map((id) => (
          <BrokerChip key={id} id={id} tone="to" />
        ))}
      </span>
    ),
  },
  {
    id: "copied",
    label: "Copied",
    width: "minmax(110px,180px)",
    isRight: true,
    sortBy: ({ share }) => share ?? undefined,
    cell: (row) =>
      row.share === null ? (
        unknown
      ) : (
        <span className="flex items-center gap-2.5">
          <Meter share={row.share} tone={row.trouble === null ? "accent" : "warn"} />
          <span className="w-8 shrink-0">{Math.round(row.share * 100)}%</span>
        </span>
      ),
  },
  {
    id: "size",
    label: "Size",
    width: "68px",
    from: 560,
    isRight: true,
    sortBy: ({ sizeBytes }) => sizeBytes ?? undefined,
    cell: ({ sizeBytes }) =>
      sizeBytes === null ? unknown : <span className="text-ink-muted">{formatBytes(sizeBytes)}</span>,
  },
  {
    id: "rate",
    label: "Rate",
    width: "80px",
    isRight: true,
    sortBy: ({ ratePerSecond }) => ratePerSecond ?? undefined,
    cell: (row) =>
      row.ratePerSecond === null ? unknown : <span className={tone(row)}>{formatBytes(row.ratePerSecond)}/s</span>,
  },
  {
    id: "left",
    label: "Left",
    width: "64px",
    from: 480,
    isRight: true,
    sortBy: ({ leftMs }) => leftMs ?? undefined,
    cell: (row) =>
      row.leftMs === null ? (
        unknown
      ) : (
        <span className={cn("text-ink-muted", tone(row))}>{formatDuration(row.leftMs)}</span>
      ),
  },
];

/** Partitions that are being moved: how much of each is copied, how fast, and which is slow or stands still, with the reason. */
export function ActiveMovesTable({ moves }: { moves: readonly ActiveMove[] }) {
  const [sort, setSort] = useState<Sort>({ id: "copied", desc: true });
  return (
    <DataGrid
      label="Moves under way"
      columns={columns}
      rows={activeRows(moves)}
      rowKey={({ topic, partition }) => `${topic}-${partition}`}
      sort={sort}
      onSort={setSort}
      dense
    />
  );
}
