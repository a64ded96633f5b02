"use client";
import { useState } from "react";
import { CopyButton } from "@/components/ui/copy-button";
import { Segments } from "@/components/ui/segments";
import { TextBlock } from "@/components/ui/text-block";
import type { RecordDetail } from "@/lib/contracts/messages";
import { hexOf } from "@/lib/decode-payload";
import { formatBytes } from "@/lib/format";
import { bytesOfPayload, hexDump } from "@/lib/payload-view";

const parts = [
  { value: "value", label: "Value" },
  { value: "key", label: "Key" },
] as const;

/** The bytes as they are in the log, in hex. */
export function RawBytes({ record }: { record: RecordDetail }) {
  const [part, setPart] = useState<"value" | "key">("value");
  const payload = record[part];
  const bytes = bytesOfPayload(payload);
  return (
    <>
      <div className="flex h-9 shrink-0 items-center gap-2 pr-2 pl-4 text-xs text-ink-muted">
        <Segments label="Bytes of" options={parts} value={part} onChoose={setPart} />
        <span className="ml-auto tabular-nums">{formatBytes(payload.sizeBytes)}</span>
        <CopyButton text={() => hexOf(bytes)} label="Copy as hex" />
      </div>
      <TextBlock
        label="Raw bytes"
        text={payload.base64 === null ? "null" : hexDump(bytes)}
        numbered={false}
        className="min-h-0 flex-1 border-t bg-canvas text-2xs"
      />
    </>
  );
}
