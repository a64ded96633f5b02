"use client";
import { FactRow } from "@/components/ui/fact-row";
import { useZone } from "@/components/ui/use-zone";
import type { RecordDetail } from "@/lib/contracts/messages";
import { formatBytes, formatNumberOf } from "@/lib/format";
import { formatInstant } from "@/lib/instant";

const setBy = { create: "set by producer", append: "set by broker", none: "" } as const;

const fates = {
  committed: "in a transaction that was committed",
  aborted: "in a transaction that was aborted: consumers that read committed messages never see it",
  open: "in a transaction that is still open",
} as const;

/** What a record carries besides key and value. */
export function MessageFacts({ record }: { record: RecordDetail }) {
  const [zone] = useZone();
  const { key, batch } = record;
  const isKeyShort = key.form !== "bytes" && key.text.length <= 200;
  return (
    <dl className="max-h-2/5 shrink-0 scroll-thin overflow-auto py-1.5">
      <FactRow label={zone === "utc" ? "Timestamp (UTC)" : "Timestamp"}>
        {formatInstant(record.timestampMs, zone)}{" "}
        {setBy[record.timestampType] && <span className="text-ink-muted">· {setBy[record.timestampType]}</span>}
      </FactRow>
      <FactRow label="Key">
        {key.form === "null" ? (
          <span className="text-ink-muted">none</span>
        ) : (
          <span className="font-mono">{isKeyShort ? key.text : formatBytes(key.sizeBytes)}</span>
        )}
      </FactRow>
      <FactRow label="Batch">
        {formatNumberOf(batch.recordCount, "record")}, offsets <span className="font-mono">{batch.baseOffset}</span> to{" "}
        <span className="font-mono">{batch.lastOffset}</span> · leader epoch {batch.leaderEpoch}
      </FactRow>
      <FactRow label="Stored">
        {batch.codec === "none" ? "uncompressed" : batch.codec} · {formatBytes(batch.sizeBytes)}
        {batch.codec !== "none" && batch.storedBytes > 0 && (
          <>
            {" "}
            for {formatBytes(batch.recordBytes)} · {(batch.recordBytes / batch.storedBytes).toFixed(1)} : 1
          </>
        )}
      </FactRow>
      {batch.producerId !== null && (
        <FactRow label="Producer">
          id <span className="font-mono">{batch.producerId}</span> epoch {batch.producerEpoch}
          {batch.baseSequence >= 0 && ` · sequence from ${batch.baseSequence}`}
          {batch.fate !== null && ` · ${fates[batch.fate]}`}
        </FactRow>
      )}
      {record.control !== undefined && <FactRow label="Control">{record.control}</FactRow>}
    </dl>
  );
}
