"use client";
import { FactRow } from "@/components/ui/fact-row";
import { useZone } from "@/components/ui/use-zone";
import type { RecordDetail } from "@/lib/contracts/messages";
import { formatBytes, formatNumberOf } from "@/lib/format";
import { formatInstant } from "@/lib/instant";
import { viewPayload } from "@/lib/payload-view";

const setBy = { create: "set by producer", append: "set by broker", none: "" } as const;

/** What a record carries besides key and value. */
export function MessageFacts({ record }: { record: RecordDetail }) {
  const [zone] = useZone();
  const { batch } = record;
  const key = viewPayload(record.key, "auto");
  const isKeyShort = (key.format === "text" || key.format === "json") && record.key.sizeBytes <= 200;
  return (
    <dl className="max-h-2/5 shrink-0 scroll-thin overflow-auto py-1.5">
      <FactRow label={zone === "utc" ? "Timestamp (UTC)" : "Timestamp"}>
        {formatInstant(record.timestampMs, zone)}{" "}
        {setBy[record.timestampType] && <span className="text-ink-muted">· {setBy[record.timestampType]}</span>}
      </FactRow>
      <FactRow label="Key">
        {key.format === "null" ? (
          <span className="text-ink-muted">none</span>
        ) : (
          <span className="font-mono">{isKeyShort ? key.text : formatBytes(record.key.sizeBytes)}</span>
        )}
      </FactRow>
      <FactRow label="Batch">
        {batch.codec === "none" ? "uncompressed" : batch.codec} · {formatNumberOf(batch.recordCount, "record")} from{" "}
        <span className="font-mono">{batch.baseOffset}</span> · {formatBytes(batch.sizeBytes)} · leader epoch{" "}
        {batch.leaderEpoch}
      </FactRow>
      {batch.producerId !== null && (
        <FactRow label="Producer">
          id <span className="font-mono">{batch.producerId}</span> epoch {batch.producerEpoch}
          {batch.isTransactional && " · in a transaction"}
        </FactRow>
      )}
    </dl>
  );
}
