"use client";
import { useState } from "react";
import { CopyButton } from "@/components/ui/copy-button";
import { Segments } from "@/components/ui/segments";
import type { AnnotatedHex, RecordDetail } from "@/lib/contracts/messages";
import { formatBytes } from "@/lib/format";

const parts = [
  { value: "record", label: "Record" },
  { value: "header", label: "Batch header" },
] as const;

/** Bytes of a stretch in its line; longer ones are shown from their beginning. */
const spanBytes = 64;

/** The bytes as they are in the log, each stretch with what it is and what it says. */
export function RawBytes({ record }: { record: RecordDetail }) {
  const [part, setPart] = useState<"record" | "header">("record");
  const annotated = record.anatomy[part];
  return (
    <>
      <div className="flex h-9 shrink-0 items-center gap-2 pr-2 pl-4 text-xs text-ink-muted">
        <Segments label="Bytes of" options={parts} value={part} onChoose={setPart} />
        <span className="min-w-0 truncate">
          {part === "record" && record.batch.codec !== "none" ? `uncompressed, stored as ${record.batch.codec}` : ""}
        </span>
        <span className="ml-auto tabular-nums">{formatBytes(annotated.hex.length / 2)}</span>
        <CopyButton text={annotated.hex} label="Copy as hex" />
      </div>
      <div
        role="region"
        // A region that scrolls must be reachable by keyboard.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        aria-label="Raw bytes"
        className="min-h-0 flex-1 scroll-thin overflow-auto border-t bg-canvas -outline-offset-2"
      >
        <Spans annotated={annotated} />
      </div>
    </>
  );
}

function Spans({ annotated: { hex, spans } }: { annotated: AnnotatedHex }) {
  return (
    <table className="w-full text-xs">
      <thead className="sr-only">
        <tr>
          <th scope="col">Position</th>
          <th scope="col">Bytes</th>
          <th scope="col">Meaning</th>
        </tr>
      </thead>
      <tbody>
        {spans.map(({ start, end, label, value }) => (
          <tr key={`${start} ${label}`} className="border-b align-top hover:bg-hover">
            <td className="w-10 py-1 pr-2 pl-4 text-right font-mono text-2xs text-ink-faint">{start}</td>
            <td className="w-36 py-1 pr-3 font-mono text-2xs wrap-anywhere text-ink">
              {hex
                .slice(start * 2, Math.min(end, start + spanBytes) * 2)
                .replaceAll(/(..)/g, "$1 ")
                .trim()}
              {end - start > spanBytes && " …"}
            </td>
            <td className="py-1 pr-4">
              <span className="text-ink-muted">{label}</span> <span className="text-ink">{value}</span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
