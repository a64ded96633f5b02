"use client";
import { ArrowRight, Crown } from "lucide-react";
import { useState } from "react";
import { BrokerChip } from "@/components/reassign/broker-chip";
import { type Column, DataGrid } from "@/components/ui/data-grid";
import { Meter } from "@/components/ui/meter";
import type { Sort } from "@/components/ui/sort-rows";
import { StatusMark } from "@/components/ui/status";
import type { PlannedBroker, ReplicaMove } from "@/lib/contracts/reassignment";
import { formatBytes } from "@/lib/format";

type Row = ReplicaMove & { readonly rack: string; readonly isCrowded: boolean; readonly share: number };

function rowsOf(moves: readonly ReplicaMove[], brokers: readonly PlannedBroker[]): readonly Row[] {
  const rackOf = new Map(brokers.map(({ id, rack }) => [id, rack]));
  const racks = new Set(brokers.filter(({ isAlive }) => isAlive).map(({ rack }) => rack)).size;
  const most = moves.reduce((largest, { sizeBytes }) => Math.max(largest, sizeBytes), 1);
  return moves.map((move) => {
    const own = move.to.map((id) => rackOf.get(id) ?? null);
    const added = move.to.filter((id) => !move.from.includes(id)).map((id) => rackOf.get(id) ?? null);
    const rack = [...new Set(added)].filter((name) => name !== null).join(", ");
    const isCrowded = racks > 1 && !own.includes(null) && new Set(own).size < Math.min(racks, own.length);
    return { ...move, rack, isCrowded, share: move.sizeBytes / most };
  });
}

const columns: readonly Column<Row>[] = [
  {
    id: "partition",
    label: "Partition",
    width: "minmax(120px,1fr)",
    sortBy: ({ topic, partition }) => `${topic} ${String(partition).padStart(6, "0")}`,
    cell: ({ topic, partition }) => (
      <span className="font-mono">
        {topic}
        <span className="text-ink-faint">-{partition}</span>
      </span>
    ),
  },
  {
    id: "replicas",
    label: "Replicas, from → to",
    width: "minmax(130px,210px)",
    cell: (move) => <Replicas move={move} />,
  },
  {
    id: "rack",
    label: "Rack",
    width: "104px",
    from: 620,
    sortBy: ({ rack }) => rack,
    cell: ({ rack, isCrowded }) =>
      isCrowded ? (
        <span className="flex items-center gap-1.5">
          <StatusMark kind="warn" className="size-2.5" />
          {rack}, twice
        </span>
      ) : (
        <span className="text-ink-faint">{rack}</span>
      ),
  },
  {
    id: "share",
    label: "Share of the largest",
    isLabelHidden: true,
    width: "56px",
    from: 600,
    cell: ({ copyBytes, sizeBytes, share }) => (copyBytes === 0 && sizeBytes > 0 ? null : <Meter share={share} />),
  },
  {
    id: "size",
    label: "Size",
    width: "76px",
    isRight: true,
    sortBy: ({ copyBytes }) => copyBytes,
    cell: ({ sizeBytes, copyBytes }) =>
      copyBytes === 0 && sizeBytes > 0 ? <span className="text-ink-faint">no copy</span> : formatBytes(sizeBytes),
  },
];

function Replicas({ move: { from, to, movesLeader } }: { move: Row }) {
  const kept = from.filter((id) => to.includes(id));
  const gone = from.filter((id) => !to.includes(id));
  const added = to.filter((id) => !from.includes(id));
  const isOrder = gone.length === 0 && added.length === 0;
  return (
    <span className="flex items-center gap-1">
      {(isOrder ? from : [...kept]).map((id) => (
        <BrokerChip key={id} id={id} />
      ))}
      {gone.map((id) => (
        <BrokerChip key={id} id={id} tone="from" />
      ))}
      <ArrowRight aria-label="to" className="size-3 text-ink-faint" />
      {(isOrder ? to : added).map((id) => (
        <BrokerChip key={id} id={id} {...(isOrder ? {} : { tone: "to" as const })} />
      ))}
      {!isOrder && added.length === 0 && <span className="text-xs text-ink-faint">fewer</span>}
      {movesLeader && (
        <Crown aria-label={`Leader becomes ${to[0]}`} className="ml-0.5 size-3 shrink-0 text-ink-faint" />
      )}
    </span>
  );
}

/** Each partition that is moved: the old broker struck through, the new one in accent, a crown where the leader moves. */
export function MovesTable({ moves, brokers }: { moves: readonly ReplicaMove[]; brokers: readonly PlannedBroker[] }) {
  const [sort, setSort] = useState<Sort>({ id: "size", desc: true });
  return (
    <DataGrid
      label="Moves"
      columns={columns}
      rows={rowsOf(moves, brokers)}
      rowKey={({ topic, partition }) => `${topic}-${partition}`}
      sort={sort}
      onSort={setSort}
      dense
    />
  );
}
