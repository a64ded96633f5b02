"use client";
import { FieldMenu } from "@/components/search/field-menu";
import type { SearchModel } from "@/components/search/use-search";
import { FactRow } from "@/components/ui/fact-row";
import type { RecordDetail } from "@/lib/contracts/messages";
import { fieldOfHeader, fieldsOfPart } from "@/lib/search/include-value";

/** The single values of a record. Each can be looked for: with it, without it, or in other topics. */
export function RecordFields({ record, search }: { record: RecordDetail; search: SearchModel }) {
  const { key, headers, value } = record;
  const fields = [
    ...fieldsOfPart("key", key),
    ...headers.flatMap((_, index) => fieldOfHeader(headers, index) ?? []),
    ...fieldsOfPart("value", value),
  ];
  if (fields.length === 0) {
    return (
      <p className="px-4 py-3 text-sm text-ink-muted">Neither key, value nor headers have a field to search for.</p>
    );
  }
  return (
    <dl className="py-1.5">
      {fields.map((field) => (
        <FactRow key={field.path} isLabelLong label={<span className="font-mono">{field.path}</span>}>
          <FieldMenu
            search={search}
            field={field}
            aroundMs={record.timestampMs}
            boxClassName="flex min-w-0"
            className="h-5 max-w-full min-w-0 px-1 whitespace-nowrap"
          >
            <span className="truncate">{field.value === null ? "null" : String(field.value)}</span>
          </FieldMenu>
        </FactRow>
      ))}
    </dl>
  );
}
