"use client";
import { Ban } from "lucide-react";
import Link from "next/link";
import { AbleButton } from "@/components/changes/able-button";
import { useAskForChange } from "@/components/changes/change-context";
import { useCluster } from "@/components/live/live-provider";
import { Badge } from "@/components/ui/badge";
import { type Column, DataGrid } from "@/components/ui/data-grid";
import { Tooltip } from "@/components/ui/tooltip";
import { useNow } from "@/components/ui/use-now";
import type { PartitionProducer } from "@/lib/contracts/operations";
import { formatAge } from "@/lib/format";
import { topicPath } from "@/lib/url";

const unknown = <span className="text-ink-faint">–</span>;

function Partition({ producer: { topic, partition } }: { producer: PartitionProducer }) {
  return (
    <Link href={topicPath(useCluster(), topic, "partitions")} className="rounded-sm font-mono hover:underline">
      {topic}
      <span className="text-ink-faint">-{partition}</span>
    </Link>
  );
}

function Transaction({ producer: { transactionStartOffset, hanging } }: { producer: PartitionProducer }) {
  if (transactionStartOffset === null) return unknown;
  if (hanging === null) return <Badge tone="info">open since offset {transactionStartOffset}</Badge>;
  return (
    <span className="flex items-center gap-2">
      <Tooltip label={hanging}>
        <span>
          <Badge tone="bad">hangs since offset {transactionStartOffset}</Badge>
        </span>
      </Tooltip>
      <span className="truncate text-xs text-ink-muted">{hanging}</span>
    </span>
  );
}

function LastWrite({ atMs }: { atMs: number | null }) {
  const now = useNow();
  if (atMs === null) return unknown;
  const age = formatAge(Math.max(0, now - atMs));
  return age === "just now" ? age : `${age} ago`;
}

function Abort({ producer }: { producer: PartitionProducer }) {
  const change = useAskForChange();
  const { topic, partition, transactionStartOffset, hanging } = producer;
  if (transactionStartOffset === null) return null;
  return (
    <AbleButton
      ability="abortTransactions"
      variant="ghost"
      size="icon-sm"
      aria-label={`Abort the transaction in ${topic}-${partition}`}
      onClick={() =>
        change({
          kind: "abort-transaction",
          input: { topic, partition, startOffset: transactionStartOffset },
          title: `Abort the transaction in ${topic}-${partition}?`,
          description:
            hanging ?? "Its coordinator knows it and will end it by itself when it times out. Abort only what hangs.",
          confirm: "Abort the transaction",
          pending: "Aborting…",
          isDanger: true,
        })
      }
    >
      <Ban />
    </AbleButton>
  );
}

const columns: readonly Column<PartitionProducer>[] = [
  {
    id: "partition",
    label: "Partition",
    width: "minmax(140px,1fr)",
    cell: (producer) => <Partition producer={producer} />,
  },
  {
    id: "producer",
    label: "Producer, epoch",
    width: "124px",
    isRight: true,
    cell: ({ producerId, producerEpoch }) => `${producerId}, ${producerEpoch}`,
  },
  {
    id: "id",
    label: "Transactional id",
    width: "minmax(110px,0.7fr)",
    from: 620,
    cell: ({ transactionalId }) =>
      transactionalId === null ? unknown : <span className="font-mono text-mono">{transactionalId}</span>,
  },
  {
    id: "transaction",
    label: "Transaction",
    width: "minmax(170px,1fr)",
    cell: (producer) => <Transaction producer={producer} />,
  },
  {
    id: "sequence",
    label: "Last sequence",
    width: "92px",
    from: 980,
    isRight: true,
    cell: ({ lastSequence }) => (lastSequence < 0 ? unknown : lastSequence),
  },
  {
    id: "last",
    label: "Last write",
    width: "88px",
    from: 780,
    isRight: true,
    cell: ({ lastTimestampMs }) => <LastWrite atMs={lastTimestampMs} />,
  },
  {
    id: "abort",
    label: "Abort",
    isLabelHidden: true,
    width: "24px",
    cell: (producer) => <Abort producer={producer} />,
  },
];

/** Producers as partition leaders remember them: what hangs first, then what is open, then who wrote last. */
export function ProducersTable({ producers }: { producers: readonly PartitionProducer[] }) {
  return (
    <DataGrid
      label="Producers"
      columns={columns}
      rows={producers}
      rowKey={({ topic, partition, producerId }) => `${topic}-${partition} ${producerId}`}
    />
  );
}
