"use client";
import { createContext, useContext } from "react";
import { PayloadPreview } from "@/components/messages/payload-preview";
import type { Column } from "@/components/ui/data-grid";
import { useZone } from "@/components/ui/use-zone";
import type { RecordSummary } from "@/lib/contracts/messages";
import { formatClock, formatInstant, type Zone } from "@/lib/instant";
import type { Decoder } from "@/lib/url";

/** What the cells of the record list need to know. */
export const RecordListContext = createContext<{
  readonly decoder: Decoder;
  readonly open: (record: RecordSummary) => void;
}>({
  decoder: "auto",
  open: () => {},
});

function Time({ record }: { record: RecordSummary }) {
  const [zone] = useZone();
  return (
    <time title={formatInstant(record.timestampMs, zone)} className="text-ink-muted">
      {formatClock(record.timestampMs, zone)}
    </time>
  );
}

function Offset({ record }: { record: RecordSummary }) {
  const { open } = useContext(RecordListContext);
  return (
    <button
      type="button"
      className="rounded-sm text-ink"
      aria-label={`Open partition ${record.partition} offset ${record.offset}`}
      onClick={(event) => {
        event.stopPropagation();
        open(record);
      }}
    >
      {record.offset}
    </button>
  );
}

function Key({ record }: { record: RecordSummary }) {
  const { decoder } = useContext(RecordListContext);
  return <PayloadPreview payload={record.key} decoder={decoder === "json" ? "auto" : decoder} nullWord="no key" />;
}

function Value({ record }: { record: RecordSummary }) {
  const { decoder } = useContext(RecordListContext);
  return <PayloadPreview payload={record.value} decoder={decoder} nullWord="tombstone" />;
}

/** The columns of the record list. Offsets get the width their digits need, and never separators. */
export function recordColumns(zone: Zone, offsetDigits: number): readonly Column<RecordSummary>[] {
  const offsetWidth = offsetDigits <= 8 ? "64px" : offsetDigits <= 12 ? "92px" : "140px";
  return [
    {
      id: "time",
      label: zone === "utc" ? "Time (UTC)" : "Time (local)",
      width: "90px",
      cell: (record) => <Time record={record} />,
    },
    {
      id: "partition",
      label: "Part.",
      width: "32px",
      isRight: true,
      cell: (record) => <span className="text-ink-muted">{record.partition}</span>,
    },
    { id: "offset", label: "Offset", width: offsetWidth, isRight: true, cell: (record) => <Offset record={record} /> },
    { id: "key", label: "Key", width: "minmax(72px,112px)", from: 560, cell: (record) => <Key record={record} /> },
    { id: "value", label: "Value", width: "minmax(0,1fr)", cell: (record) => <Value record={record} /> },
  ];
}
