import type { PayloadPreview as Preview } from "@/lib/contracts/messages";
import { type JsonField, previewJson } from "@/lib/json-text";
import { previewAs } from "@/lib/payload-view";
import type { Decoder } from "@/lib/url";

const tones: Record<JsonField["kind"], string> = {
  string: "text-code-string",
  number: "text-code-number",
  atom: "text-code-atom",
  nested: "text-ink-muted",
};

/** A key or value in one line: JSON without the quotes and braces that carry nothing. */
export function PayloadPreview({
  payload,
  decoder,
  nullWord,
}: {
  payload: Preview;
  decoder: Decoder;
  nullWord: string;
}) {
  const preview = previewAs(payload, decoder);
  if (preview.format === "null") return <span className="font-sans text-ink-faint">{nullWord}</span>;
  if (preview.format === "empty") return <span className="font-sans text-ink-faint">empty</span>;
  if (preview.words !== undefined && decoder === "auto") return <span className="text-ink">{preview.words}</span>;
  if (preview.format === "bytes") return <span className="text-ink-muted">0x{preview.text}</span>;
  const fields = preview.format === "json" ? previewJson(preview.text) : undefined;
  if (fields === undefined || fields.length === 0)
    return <span className="text-ink">{preview.text.replaceAll(/\s+/g, " ")}</span>;
  return fields.map((field, i) => (
    // Names may repeat, and an array's members have none.
    // oxlint-disable-next-line react/no-array-index-key
    <span key={i} className="mr-2.5">
      {field.name !== undefined && <span className="text-ink-muted">{field.name}:</span>}
      <span className={tones[field.kind]}>{field.text}</span>
    </span>
  ));
}
