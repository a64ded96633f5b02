"use client";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ProblemNote } from "@/components/feedback/problem-note";
import { FailedDecoders } from "@/components/messages/failed-decoders";
import { JsonRow } from "@/components/messages/json-row";
import { FieldMenu } from "@/components/search/field-menu";
import type { SearchModel } from "@/components/search/use-search";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { TextBlock } from "@/components/ui/text-block";
import type { PayloadDetail, RecordDetail } from "@/lib/contracts/messages";
import { decoderLabel } from "@/lib/decoder-label";
import { formatBytes } from "@/lib/format";
import type { JsonLine } from "@/lib/json-text";
import { bytesOfPayload, copyOf, payloadLines, type ShownPayload, wholePayload as readWhole } from "@/lib/payload-view";
import { problemOf } from "@/lib/problem";
import { wholePayload } from "@/lib/queries/messages";
import { fieldsOfPart, type RecordField } from "@/lib/search/include-value";

type Props = {
  cluster: string;
  record: RecordDetail;
  name: "key" | "value";
  nullText: string;
  search: SearchModel;
  /** For the fields of a value that may get a column of the list. */
  columns?: { readonly pointers: readonly string[]; readonly toggle: (pointer: string) => void };
};

function labelOf({ decoder, form }: Pick<PayloadDetail, "decoder" | "form">): string {
  if (form === "null") return "Null";
  return decoder === null ? "Empty" : decoderLabel(decoder);
}

/** A key or value: what it was read as, its size, and itself. Copying takes it as it was produced. */
export function PayloadBlock({ cluster, record, name, nullText, search, columns }: Props) {
  const payload = record[name];
  const [isWhole, setWhole] = useState(false);
  const query = useQuery({ ...wholePayload(cluster, record, name), enabled: isWhole });
  const beginning: ShownPayload = { ...payload, bytes: bytesOfPayload(payload) };
  const shown = query.data ? readWhole(payload, query.data) : beginning;
  const isCut = payload.truncated && query.data === undefined;
  const by = { search, aroundMs: record.timestampMs };
  const jsonRow = (row: JsonLine) => <JsonRow row={row} root={name} {...by} columns={columns} />;
  const [field] = shown.form === "text" ? fieldsOfPart(name, shown) : [];
  const textRow = field && !/\n/.test(shown.text) ? rowOf(field, by) : undefined;
  return (
    <>
      <div className="flex h-9 shrink-0 items-center gap-2 pr-2 pl-4 text-xs text-ink-muted">
        <Badge tone={payload.form === "null" ? "warn" : "info"}>{labelOf(shown)}</Badge>
        <span className="min-w-0 truncate" title={payload.words}>
          {payload.words}
        </span>
        <span className="ml-auto shrink-0 tabular-nums">{formatBytes(payload.sizeBytes)}</span>
        <CopyButton
          text={isCut ? "" : () => copyOf(shown)}
          disabled={isCut || payload.form === "null"}
          label={`Copy the ${name}`}
        />
      </div>
      {isCut && (
        <p className="flex shrink-0 items-center gap-2 border-t px-4 py-1.5 text-xs text-ink-muted">
          <span className="flex-1">
            The first {formatBytes(beginning.bytes.length)} of {formatBytes(payload.sizeBytes)}.
          </span>
          <Button size="sm" disabled={query.isFetching} onClick={() => setWhole(true)}>
            {query.isFetching ? "Loading…" : "Load all of it"}
          </Button>
        </p>
      )}
      {query.error && <ProblemNote problem={problemOf(query.error)} />}
      {payload.failed.length > 0 && <FailedDecoders failed={payload.failed} />}
      {payload.form === "null" || payload.form === "empty" ? (
        <p className="min-h-0 flex-1 border-y bg-canvas px-4 py-3 text-sm text-ink-muted">
          {payload.form === "null" ? nullText : "No bytes: empty, but not null."}
        </p>
      ) : (
        <TextBlock
          label={name === "key" ? "Key" : "Value"}
          lines={() => payloadLines(shown)}
          numbered={shown.form !== "bytes"}
          line={shown.form === "json" ? jsonRow : textRow}
          className={
            shown.form === "bytes" ? "min-h-0 flex-1 border-y bg-canvas text-2xs" : "min-h-0 flex-1 border-y bg-canvas"
          }
        />
      )}
    </>
  );
}

/** Text that is one value. */
function rowOf(field: RecordField, by: { readonly search: SearchModel; readonly aroundMs: number }) {
  return ({ text }: { readonly text: string }) => (
    <FieldMenu field={field} {...by} className="inline text-left break-all whitespace-pre-wrap">
      {text}
    </FieldMenu>
  );
}
