"use client";
import { PayloadPreview } from "@/components/messages/payload-preview";
import { type Column, DataGrid } from "@/components/ui/data-grid";
import { StatusMark } from "@/components/ui/status";
import { useZone } from "@/components/ui/use-zone";
import type { OffsetMove } from "@/lib/contracts/group-offsets";
import { formatBytes, formatInteger } from "@/lib/format";
import { formatInstant } from "@/lib/instant";

function Name({ move: { partition, note } }: { move: OffsetMove }) {
  return (
    <span className="flex items-center gap-1.5">
      {note?.severity === "warning" && <StatusMark kind="warn" className="size-2.5" />}
      {partition}
    </span>
  );
}

function Lands({ move }: { move: OffsetMove }) {
  const [zone] = useZone();
  const { landing, lands, note, next } = move;
  const said = note && <span className="ml-2 text-xs text-warn">{note.text}</span>;
  if (!move.moves) return <span className="text-xs text-ink-muted">{note?.text}</span>;
  if (landing === "none") return <span className="text-xs text-ink-muted">auto.offset.reset decides</span>;
  if (landing === "end")
    return (
      <span className="text-xs text-ink-muted" title={note?.text}>
        {note?.text ?? "The end: what comes next."}
      </span>
    );
  if (lands === null) return <span className="text-xs text-ink-faint">not read{said}</span>;
  const instant = formatInstant(lands.timestampMs, zone);
  return (
    <span className="font-mono text-xs" title={instant}>
      <time>{instant.slice(5)}</time>
      <span className="ml-2.5">
        <PayloadPreview payload={lands.key.format === "null" ? lands.value : lands.key} nullWord="no key, no value" />
      </span>
      {lands.offset !== next && <span className="ml-2 font-sans text-ink-faint">at {lands.offset}</span>}
      {said}
    </span>
  );
}

function Count({ value }: { value: number | null }) {
  if (value === null) return <span className="text-ink-faint">–</span>;
  return <span className={value === 0 ? "text-ink-faint" : undefined}>{formatInteger(value)}</span>;
}

const columns: readonly Column<OffsetMove>[] = [
  { id: "partition", label: "Part.", width: "48px", cell: (move) => <Name move={move} /> },
  {
    id: "committed",
    label: "Committed",
    width: "84px",
    isRight: true,
    cell: (move) => <span className="font-mono text-xs text-ink-muted">{move.committed ?? "none"}</span>,
  },
  {
    id: "next",
    label: "New",
    width: "84px",
    isRight: true,
    cell: (move) => (
      <span className="font-mono text-xs font-medium">{move.moves ? (move.next ?? "none") : "same"}</span>
    ),
  },
  { id: "lands", label: "Lands on", width: "minmax(160px,2fr)", cell: (move) => <Lands move={move} /> },
  { id: "again", label: "Read again", width: "76px", isRight: true, cell: (move) => <Count value={move.readAgain} /> },
  {
    id: "skipped",
    label: "Skipped",
    width: "68px",
    isRight: true,
    cell: (move) => <Count value={move.skipped} />,
  },
  {
    id: "bytes",
    label: "Bytes",
    width: "70px",
    isRight: true,
    from: 620,
    cell: (move) => <span className="text-ink-muted">{move.bytes === null ? "–" : formatBytes(move.bytes)}</span>,
  },
];

const columnsWithTopic: readonly Column<OffsetMove>[] = [
  {
    id: "topic",
    label: "Topic",
    width: "minmax(100px,1fr)",
    cell: (move) => <span className="font-mono text-xs text-ink-muted">{move.topic}</span>,
  },
  ...columns,
];

/** Rows that fit without a scroll bar of their own. */
const fewRows = 7;

/** What becomes of each partition: where it was, where it goes, and the record that stands there. */
export function OffsetMoves({ moves, odd }: { moves: readonly OffsetMove[]; odd: (move: OffsetMove) => boolean }) {
  const isOne = new Set(moves.map(({ topic }) => topic)).size === 1;
  const isWhole = moves.length <= fewRows;
  return (
    <div className={isWhole ? "shrink-0" : "flex h-60 min-h-28 shrink flex-col"}>
      <DataGrid
        // Another set of columns is another table.
        key={isOne ? "one" : "many"}
        label="What becomes of each partition"
        columns={isOne ? columns : columnsWithTopic}
        rows={moves}
        rowKey={(move) => `${move.topic}/${move.partition}`}
        dense
        isWhole={isWhole}
        rowClass={(move) => (odd(move) ? "bg-warn-soft" : move.moves ? undefined : "text-ink-faint")}
      />
    </div>
  );
}
