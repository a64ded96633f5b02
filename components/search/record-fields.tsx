"use client";
import { Ban, Check, Waypoints } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import type { SearchModel } from "@/components/search/use-search";
import { FactRow } from "@/components/ui/fact-row";
import { MenuButton } from "@/components/ui/menu-button";
import type { PayloadDetail, RecordDetail } from "@/lib/contracts/messages";
import { fieldsOf, type RecordField, withField } from "@/lib/search/include-value";

const FollowDialog = dynamic(() => import("@/components/search/follow-dialog").then((module) => module.FollowDialog), {
  ssr: false,
});

/** The single values of a record. Each can be looked for: with it, without it, or in other topics around the same time. */
export function RecordFields({ record, search }: { record: RecordDetail; search: SearchModel }) {
  const [followed, setFollowed] = useState<string>();
  const fields = [...partFields("key", record.key), ...headerFields(record), ...partFields("value", record.value)];
  const narrow = (field: RecordField, isExcluded: boolean) => {
    const { typed } = search;
    const text = withField(typed.language === "cel" ? typed.text : "", field, isExcluded);
    search.begin({ text, language: "cel" });
  };
  if (fields.length === 0) {
    return (
      <p className="px-4 py-3 text-sm text-ink-muted">Neither key, value nor headers have a field to search for.</p>
    );
  }
  return (
    <>
      <dl className="py-1.5">
        {fields.map((field) => (
          <FactRow key={field.path} label={<span className="font-mono">{field.path}</span>}>
            <MenuButton
              variant="ghost"
              size="sm"
              align="start"
              menuLabel={`Search by ${field.path}`}
              aria-label={`Search by ${field.path}`}
              boxClassName="flex min-w-0"
              className="h-5 max-w-full min-w-0 shrink justify-start px-1 font-mono"
              entries={[
                { label: "Only messages with it", icon: <Check />, onSelect: () => narrow(field, false) },
                { label: "Only messages without it", icon: <Ban />, onSelect: () => narrow(field, true) },
                {
                  label: "Follow it through topics…",
                  icon: <Waypoints />,
                  isApart: true,
                  onSelect: () => setFollowed(String(field.value)),
                },
              ]}
            >
              <span className="truncate">{field.value === null ? "null" : String(field.value)}</span>
            </MenuButton>
          </FactRow>
        ))}
      </dl>
      {followed !== undefined && (
        <FollowDialog
          search={search}
          value={followed}
          aroundMs={record.timestampMs}
          onClose={() => setFollowed(undefined)}
        />
      )}
    </>
  );
}

function partFields(root: "key" | "value", { form, text }: PayloadDetail): RecordField[] {
  if (form === "json") return fieldsOf(root, text);
  return form === "text" && text.length <= 200 ? [{ path: root, value: text }] : [];
}

/** Of names that repeat the last stands, as in expressions. */
function headerFields({ headers }: RecordDetail): RecordField[] {
  const last = new Map(headers.map(({ key, value }) => [key, value]));
  return [...last].flatMap(([key, { form, text }]) =>
    form === "text" || form === "json" ? [{ path: `headers[${JSON.stringify(key)}]`, value: text }] : [],
  );
}
