import type { PayloadPreview as Preview } from "@/lib/contracts/messages";
import { type JsonField, previewJson } from "@/lib/json-text";

const tones: Record<JsonField["kind"], string> = {
  string: "text-code-string",
  number: "text-code-number",
  atom: "text-code-atom",
  nested: "text-ink-muted",
};

/** A key or value in one line: JSON without the quotes and braces that carry nothing, Kafka's own records in words. */
export function PayloadPreview({ payload, nullWord }: { payload: Preview; nullWord: string }) {
  if (payload.format === "null") return <span className="font-sans text-ink-faint">{nullWord}</span>;
  if (payload.format === "empty") return <span className="font-sans text-ink-faint">empty</span>;
  if (payload.words !== undefined) return <span className="font-sans text-ink">{payload.words}</span>;
  if (payload.format === "bytes")
    return (
      <span className="text-ink-muted">
        {payload.decoder === "hex" ? "0x" : ""}
        {payload.text}
      </span>
    );
  const fields = payload.format === "json" ? previewJson(payload.text) : undefined;
  if (fields === undefined || fields.length === 0)
    return <span className="text-ink">{payload.text.replaceAll(/\s+/g, " ")}</span>;
  return fields.map((field, i) => (
    // Names may repeat, and an array's members have none.
    // oxlint-disable-next-line react/no-array-index-key
    <span key={i} className="mr-2.5">
      {field.name !== undefined && <span className="text-ink-muted">{field.name}:</span>}
      <span className={tones[field.kind]}>{field.text}</span>
    </span>
  ));
}
