import type { ReactNode } from "react";
import { FieldMenu } from "@/components/search/field-menu";
import type { SearchModel } from "@/components/search/use-search";
import { Badge } from "@/components/ui/badge";
import { CopyButton } from "@/components/ui/copy-button";
import { FactRow } from "@/components/ui/fact-row";
import type { PayloadDetail, RecordDetail } from "@/lib/contracts/messages";
import { decoderLabel } from "@/lib/decoder-label";
import { fieldOfHeader, type RecordField } from "@/lib/search/include-value";

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

/** A record's headers in their order; names may repeat. What expressions can reach can be searched by. */
export function HeaderList({ record, search }: { record: RecordDetail; search: SearchModel }) {
  const { headers, timestampMs } = record;
  if (headers.length === 0) return <p className="px-4 py-3 text-sm text-ink-muted">This message has no headers.</p>;
  return (
    <dl className="py-1.5">
      {headers.map((header, i) => (
        // Names may repeat, so a header's identity is its place.
        // oxlint-disable-next-line react/no-array-index-key
        <FactRow key={i} label={<span className="font-mono">{header.key}</span>}>
          <span className="flex items-start gap-1">
            <span className="min-w-0 flex-1 font-mono whitespace-pre-wrap">
              <Searchable field={fieldOfHeader(headers, i)} search={search} aroundMs={timestampMs}>
                <HeaderValue value={header.value} />
              </Searchable>
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

type SearchableProps = {
  field: RecordField | undefined;
  search: SearchModel;
  aroundMs: number;
  children: ReactNode;
};

function Searchable({ field, search, aroundMs, children }: SearchableProps) {
  if (field === undefined) return children;
  return (
    <FieldMenu
      search={search}
      field={field}
      aroundMs={aroundMs}
      className="inline text-left wrap-anywhere whitespace-pre-wrap"
    >
      {children}
    </FieldMenu>
  );
}
