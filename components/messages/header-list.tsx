import { Badge } from "@/components/ui/badge";
import { CopyButton } from "@/components/ui/copy-button";
import { FactRow } from "@/components/ui/fact-row";
import type { PayloadDetail, RecordDetail } from "@/lib/contracts/messages";
import { decoderLabel } from "@/lib/decoder-label";

/** A header's value: what is no plain text says how it was read. */
function HeaderValue({ value }: { value: PayloadDetail }) {
  if (value.form === "null") return <span className="font-sans text-ink-muted">null</span>;
  if (value.form === "empty") return <span className="font-sans text-ink-muted">empty</span>;
  const isPlain = value.decoder === "utf8";
  return (
    <>
      {!isPlain && value.decoder !== null && <Badge className="mr-1.5">{decoderLabel(value.decoder)}</Badge>}
      {value.decoder === "hex" ? `0x${value.text}` : value.text}
    </>
  );
}

/** A record's headers in their order; names may repeat. */
export function HeaderList({ headers }: { headers: RecordDetail["headers"] }) {
  if (headers.length === 0) return <p className="px-4 py-3 text-sm text-ink-muted">This message has no headers.</p>;
  return (
    <dl className="py-1.5">
      {headers.map((header, i) => (
        // Names may repeat, so a header's identity is its place.
        // oxlint-disable-next-line react/no-array-index-key
        <FactRow key={i} label={<span className="font-mono">{header.key}</span>}>
          <span className="flex items-start gap-1">
            <span className="min-w-0 flex-1 font-mono whitespace-pre-wrap">
              <HeaderValue value={header.value} />
            </span>
            {header.value.form !== "null" && (
              <CopyButton text={header.value.text} label={`Copy header ${header.key}`} className="-my-1" />
            )}
          </span>
        </FactRow>
      ))}
    </dl>
  );
}
