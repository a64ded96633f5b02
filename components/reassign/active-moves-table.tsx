"use client";
import { ArrowRight } from "lucide-react";
import { useState } from "react";
import { type ActiveRow, activeRows } from "@/components/reassign/active-rows";
import { BrokerChip } from "@/components/reassign/broker-chip";
import { partitionColumn, progressColumns } from "@/components/reassign/move-columns";
import { type Column, DataGrid } from "@/components/ui/data-grid";
import type { Sort } from "@/components/ui/sort-rows";
import type { ActiveMove } from "@/lib/contracts/reassignment";

const columns: readonly Column<ActiveRow>[] = [
  partitionColumn,
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
  ...progressColumns,
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
