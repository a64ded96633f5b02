"use client";
import { useState } from "react";
import { Badge } from "@/components/ui/badge";
import { type Column, DataGrid } from "@/components/ui/data-grid";
import { StatusMark } from "@/components/ui/status";
import { cn } from "@/lib/cn";
import type { BrokerDifferences } from "@/lib/contracts/brokers";

type Difference = BrokerDifferences["configs"][number];

/** The value that most brokers have; the first of equals. */
function usualOf({ values }: Difference): string | null | undefined {
  const counts = new Map<string | null, number>();
  for (const value of Object.values(values)) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].toSorted((a, b) => b[1] - a[1])[0]?.[0];
}

function Value({ difference, broker }: { difference: Difference; broker: number }) {
  const value = difference.values[String(broker)] ?? null;
  const isOdd = value !== usualOf(difference);
  return (
    <span
      className={cn(
        "flex items-center justify-end gap-1.5 font-mono text-xs",
        isOdd ? "font-medium text-warn" : "text-ink-muted",
      )}
    >
      {isOdd && <StatusMark kind="warn" className="size-2.5" />}
      <span className="truncate">{value ?? "not set"}</span>
    </span>
  );
}

/** Brokers shown beside each other; what a wider table has, the page of each broker has. */
const brokersMost = 6;

function columnsOf(brokers: readonly number[]): readonly Column<Difference>[] {
  return [
    {
      id: "name",
      label: "Configuration that differs",
      width: "minmax(200px,1fr)",
      cell: ({ name }) => <span className="font-mono text-xs">{name}</span>,
    },
    ...brokers.slice(0, brokersMost).map((broker): Column<Difference> => ({
      id: `broker-${broker}`,
      label: `Broker ${broker}`,
      width: "minmax(72px,120px)",
      isRight: true,
      cell: (difference) => <Value difference={difference} broker={broker} />,
    })),
    {
      id: "default",
      label: "Default",
      width: "84px",
      from: 800,
      isRight: true,
      cell: ({ defaultValue }) => <span className="font-mono text-xs text-ink-faint">{defaultValue ?? "none"}</span>,
    },
    {
      id: "dynamic",
      label: "How it is changed",
      isLabelHidden: true,
      width: "96px",
      from: 700,
      cell: ({ isReadOnly }) => <Badge tone="outline">{isReadOnly ? "needs restart" : "dynamic"}</Badge>,
    },
  ];
}

/** Settings whose values are not the same on all brokers, the odd ones marked. */
export function ConfigDifferences({ differences }: { differences: BrokerDifferences }) {
  // A table keeps its columns for life, so other brokers are another table.
  return <Rows key={differences.brokers.join()} differences={differences} />;
}

function Rows({ differences }: { differences: BrokerDifferences }) {
  const [columns] = useState(() => columnsOf(differences.brokers));
  return (
    <DataGrid
      label="Configuration that differs"
      columns={columns}
      rows={differences.configs}
      rowKey={(difference) => difference.name}
      dense
      rowClass="text-sm"
      isWhole
    />
  );
}
