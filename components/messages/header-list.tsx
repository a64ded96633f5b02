import { FactRow } from "@/components/ui/fact-row";
import { CopyButton } from "@/components/ui/copy-button";
import type { RecordDetail } from "@/lib/contracts/messages";
import { hexOf, textOf } from "@/lib/decode-payload";
import { bytesOfPayload } from "@/lib/payload-view";

function textOfHeader(value: RecordDetail["headers"][number]["value"]): string | null {
  if (value.base64 === null) return null;
  const bytes = bytesOfPayload(value);
  return textOf(bytes) ?? `0x${hexOf(bytes)}`;
}

/** A record's headers in their order; names may repeat. */
export function HeaderList({ headers }: { headers: RecordDetail["headers"] }) {
  if (headers.length === 0) return <p className="px-4 py-3 text-sm text-ink-muted">This message has no headers.</p>;
  return (
    <dl className="py-1.5">
      {headers.map((header, i) => {
        const text = textOfHeader(header.value);
        return (
          // Names may repeat, so a header's identity is its place.
          // oxlint-disable-next-line react/no-array-index-key
          <FactRow key={i} label={<span className="font-mono">{header.key}</span>}>
            <span className="flex items-start gap-1">
              <span className="min-w-0 flex-1 font-mono whitespace-pre-wrap">
                {text === null ? <span className="font-sans text-ink-muted">null</span> : text}
              </span>
              {text !== null && <CopyButton text={text} label={`Copy header ${header.key}`} className="-my-1" />}
            </span>
          </FactRow>
        );
      })}
    </dl>
  );
}
