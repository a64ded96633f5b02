"use client";
import { Ban } from "lucide-react";
import { AbleButton } from "@/components/changes/able-button";
import { useAskForChange } from "@/components/changes/change-context";
import { Badge } from "@/components/ui/badge";
import { type Column, DataGrid } from "@/components/ui/data-grid";
import { useNow } from "@/components/ui/use-now";
import type { Transaction } from "@/lib/contracts/operations";
import { formatAge, formatDuration, formatNumberOf } from "@/lib/format";

const unknown = <span className="text-ink-faint">–</span>;

function State({ transaction: { state, startedAtMs, timeoutMs } }: { transaction: Transaction }) {
  const now = useNow();
  const isLate = state === "Ongoing" && startedAtMs !== null && timeoutMs !== null && now - startedAtMs > timeoutMs;
  return <Badge tone={isLate ? "warn" : state === "Ongoing" ? "info" : "neutral"}>{state}</Badge>;
}

function Open({ transaction: { state, startedAtMs } }: { transaction: Transaction }) {
  const now = useNow();
  return state === "Ongoing" && startedAtMs !== null ? formatAge(Math.max(0, now - startedAtMs)) : unknown;
}

function Partitions({ partitions }: Pick<Transaction, "partitions">) {
  if (partitions.length === 0) return unknown;
  return (
    <span className="font-mono text-xs" title={partitions.join(", ")}>
      {partitions.slice(0, 3).join(", ")}
      {partitions.length > 3 && (
        <span className="font-sans text-ink-faint"> and {formatNumberOf(partitions.length - 3, "other")}</span>
      )}
    </span>
  );
}

const columns: readonly Column<Transaction>[] = [
  {
    id: "id",
    label: "Transactional id",
    width: "minmax(160px,1fr)",
    cell: ({ transactionalId }) => <span className="font-mono text-mono">{transactionalId}</span>,
  },
  { id: "state", label: "State", width: "124px", cell: (transaction) => <State transaction={transaction} /> },
  {
    id: "open",
    label: "Open for",
    width: "84px",
    isRight: true,
    cell: (transaction) => <Open transaction={transaction} />,
  },
  {
    id: "timeout",
    label: "Timeout",
    width: "72px",
    from: 760,
    isRight: true,
    cell: ({ timeoutMs }) => (timeoutMs === null ? unknown : formatDuration(timeoutMs)),
  },
  {
    id: "producer",
    label: "Producer, epoch",
    width: "124px",
    from: 680,
    isRight: true,
    cell: ({ producerId, producerEpoch }) => `${producerId}, ${producerEpoch ?? "–"}`,
  },
  {
    id: "coordinator",
    label: "Coordinator",
    width: "88px",
    from: 860,
    isRight: true,
    cell: ({ coordinator }) => `broker ${coordinator}`,
  },
  {
    id: "partitions",
    label: "Partitions",
    width: "minmax(140px,1fr)",
    from: 560,
    cell: ({ partitions }) => <Partitions partitions={partitions} />,
  },
  {
    id: "fence",
    label: "Fence",
    isLabelHidden: true,
    width: "24px",
    cell: (transaction) => <Fence transaction={transaction} />,
  },
];

function Fence({ transaction: { transactionalId } }: { transaction: Transaction }) {
  const ask = useAskForChange();
  return (
    <AbleButton
      ability="abortTransactions"
      variant="ghost"
      size="icon-sm"
      aria-label={`Fence the producers of ${transactionalId}`}
      onClick={() =>
        ask({
          kind: "fence-producer",
          input: { transactionalId },
          title: `Fence the producers of ${transactionalId}?`,
          description: "For one that was left running somewhere: it gets no further, and another can take over.",
          confirm: "Fence",
          pending: "Fencing…",
          isDanger: true,
        })
      }
    >
      <Ban />
    </AbleButton>
  );
}

/** Transactions as their coordinators know them: open ones first, the oldest on top. */
export function TransactionsTable({ transactions }: { transactions: readonly Transaction[] }) {
  return (
    <DataGrid
      label="Transactions"
      columns={columns}
      rows={transactions}
      rowKey={({ transactionalId }) => transactionalId}
    />
  );
}
