"use client";
import { ArrowRight, Undo2 } from "lucide-react";
import { useState } from "react";
import { AbleButton } from "@/components/changes/able-button";
import { useAskForChange } from "@/components/changes/change-context";
import { type DirectoryRow, directoryRows } from "@/components/reassign/active-rows";
import { BrokerChip } from "@/components/reassign/broker-chip";
import { partitionColumn, progressColumns } from "@/components/reassign/move-columns";
import { type Column, DataGrid } from "@/components/ui/data-grid";
import type { Sort } from "@/components/ui/sort-rows";
import { Tooltip } from "@/components/ui/tooltip";
import type { DirectoryMove } from "@/lib/contracts/reassignment";
import { formatNumberOf } from "@/lib/format";
import { pathEnd } from "@/lib/path-end";

const columns: readonly Column<DirectoryRow>[] = [
  partitionColumn,
  {
    id: "way",
    label: "From → to",
    width: "minmax(140px,1fr)",
    sortBy: ({ broker, to }) => `${String(broker).padStart(6, "0")} ${to}`,
    cell: ({ broker, from, to }) => (
      <Tooltip label={`${from ?? "?"} → ${to}`}>
        <span className="flex min-w-0 items-center gap-1 font-mono text-xs text-ink-muted">
          <BrokerChip id={broker} tone="to" />
          <span className="truncate">{from === null ? "?" : pathEnd(from)}</span>
          <ArrowRight aria-label="to" className="size-3 shrink-0 text-ink-faint" />
          <span className="truncate">{pathEnd(to)}</span>
        </span>
      </Tooltip>
    ),
  },
  ...progressColumns,
];

/** Replicas that are copied to another log directory of their broker, with the way to give them up. */
export function DirectoryMovesTable({ moves }: { moves: readonly DirectoryMove[] }) {
  const [sort, setSort] = useState<Sort>({ id: "copied", desc: true });
  const brokers = [...new Set(moves.map(({ broker }) => broker))].toSorted((a, b) => a - b);
  return (
    <>
      <div className="flex shrink-0 flex-wrap items-center gap-2 px-6 py-2.5">
        <h2 className="flex-1 font-medium">
          Between log directories <span className="font-normal text-ink-faint tabular-nums">{moves.length}</span>
        </h2>
        {brokers.map((broker) => (
          <GiveUp key={broker} broker={broker} moves={moves.filter((move) => move.broker === broker)} />
        ))}
      </div>
      <DataGrid
        label="Moves between log directories"
        columns={columns}
        rows={directoryRows(moves)}
        rowKey={({ broker, topic, partition }) => `${broker} ${topic}-${partition}`}
        sort={sort}
        onSort={setSort}
        dense
      />
    </>
  );
}

/** Moving a replica to where it is gives its copy up (KIP-113). */
function GiveUp({ broker, moves }: { broker: number; moves: readonly DirectoryMove[] }) {
  const change = useAskForChange();
  const partitions = moves.flatMap(({ topic, partition, from: path }) =>
    path === null ? [] : { topic, partition, path },
  );
  return (
    <AbleButton
      ability="moveDirectories"
      disabled={partitions.length === 0}
      onClick={() =>
        change({
          kind: "move-replica-directories",
          input: { broker, path: partitions[0]?.path ?? "", partitions },
          title: `Take back ${formatNumberOf(partitions.length, "move")} between directories of broker ${broker}?`,
          confirm: "Take back",
          pending: "Taking back…",
          isDanger: true,
          hasDiff: partitions.length <= 20,
        })
      }
    >
      <Undo2 />
      Take back on broker {broker}…
    </AbleButton>
  );
}
