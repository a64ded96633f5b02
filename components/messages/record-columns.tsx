"use client";
import { createContext, useContext } from "react";
import { PayloadPreview } from "@/components/messages/payload-preview";
import type { Column } from "@/components/ui/data-grid";
import { useZone } from "@/components/ui/use-zone";
import type { RecordSummary } from "@/lib/contracts/messages";
import { formatClock, formatInstant, type Zone } from "@/lib/instant";
import { pathOf } from "@/lib/json-text";

/** What the cells of the record list need to know. */
export const RecordListContext = createContext<{ readonly open: (record: RecordSummary) => void }>({ open: () => {} });

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

function Value({ record }: { record: RecordSummary }) {
  if (record.control !== undefined) return <span className="font-sans text-ink-muted">{record.control}</span>;
  return <PayloadPreview payload={record.value} nullWord="tombstone" />;
}

/** A field of the value: strings without their quotes, everything else as it was written. */
function FieldValue({ text }: { text: string | null | undefined }) {
  if (text === null || text === undefined) return <span className="text-ink-faint">–</span>;
  const tone = text.startsWith('"') ? "text-code-string" : /^[-\d]/.test(text) ? "text-code-number" : "text-code-atom";
  return <span className={tone}>{text.startsWith('"') ? text.slice(1).replace(/"$/, "") : text}</span>;
}

/** What the list shows. */
export type RecordListShape = {
  readonly zone: Zone;
  /** Offsets get the width their digits need, and never separators. */
  readonly offsetDigits: number;
  /** Records are of several topics. */
  readonly isMerged: boolean;
  /** Fields of the value that have a column, as JSON pointers. */
  readonly pointers: readonly string[];
};

/** The columns of the record list. */
export function recordColumns({
  zone,
  offsetDigits,
  isMerged,
  pointers,
}: RecordListShape): readonly Column<RecordSummary>[] {
  const offsetWidth = offsetDigits <= 8 ? "64px" : offsetDigits <= 12 ? "92px" : "140px";
  const topic: Column<RecordSummary> = {
    id: "topic",
    label: "Topic",
    width: "minmax(80px,140px)",
    cell: (record) => <span className="text-ink">{record.topic}</span>,
  };
  const fields = pointers.map((pointer, index): Column<RecordSummary> => ({
    id: `field ${pointer}`,
    label: (pathOf(pointer) ?? [pointer]).join("."),
    width: "minmax(72px,140px)",
    cell: (record) => <FieldValue text={record.fields?.[index]} />,
  }));
  return [
    {
      id: "time",
      label: zone === "utc" ? "Time (UTC)" : "Time (local)",
      width: "90px",
      cell: (record) => <Time record={record} />,
    },
    ...(isMerged ? [topic] : []),
    {
      id: "partition",
      label: "Part.",
      width: "32px",
      isRight: true,
      cell: (record) => <span className="text-ink-muted">{record.partition}</span>,
    },
    { id: "offset", label: "Offset", width: offsetWidth, isRight: true, cell: (record) => <Offset record={record} /> },
    {
      id: "key",
      label: "Key",
      width: "minmax(72px,112px)",
      from: 560,
      cell: (record) =>
        record.control === undefined ? <PayloadPreview payload={record.key} nullWord="no key" /> : null,
    },
    ...fields,
    { id: "value", label: "Value", width: "minmax(0,1fr)", cell: (record) => <Value record={record} /> },
  ];
}
