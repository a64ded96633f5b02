"use client";
import { Columns3, SearchCode } from "lucide-react";
import { FieldMenu } from "@/components/search/field-menu";
import type { SearchModel } from "@/components/search/use-search";
import { JsonText } from "@/components/ui/json-text";
import { cn } from "@/lib/cn";
import type { JsonLine } from "@/lib/json-text";
import { fieldOfLine } from "@/lib/search/include-value";

type Props = {
  row: JsonLine;
  root: "key" | "value";
  search: SearchModel;
  /** When the record was written. */
  aroundMs: number;
  /** For fields that may get a column of the list. */
  columns: { readonly pointers: readonly string[]; readonly toggle: (pointer: string) => void } | undefined;
};

/** A button does not break over lines: a text of more characters stays text, and has its button behind it. */
const BUTTON_CHARACTERS = 40;
/** Shows when its line is pointed at, or has the focus. */
const atHover =
  "ml-2 inline-flex align-middle text-ink-faint opacity-0 group-hover/line:opacity-100 hover:text-ink focus-visible:opacity-100 [&_svg]:size-3";

/** A line of JSON: its value can be searched by, and be given a column. */
export function JsonRow({ row, root, search, aroundMs, columns }: Props) {
  const { text, pointer, value = "" } = row;
  const field = fieldOfLine(root, row);
  const isColumn = pointer !== undefined && (columns?.pointers.includes(pointer) ?? false);
  const valueAt = text.lastIndexOf(value);
  return (
    <>
      {field && value.length > BUTTON_CHARACTERS ? (
        <>
          <JsonText text={text} />
          <FieldMenu search={search} field={field} aroundMs={aroundMs} className={atHover}>
            <SearchCode />
          </FieldMenu>
        </>
      ) : field ? (
        <>
          <JsonText text={text.slice(0, valueAt)} />
          <FieldMenu
            search={search}
            field={field}
            aroundMs={aroundMs}
            className="inline text-left break-all whitespace-pre-wrap"
          >
            <JsonText text={value} />
          </FieldMenu>
          {text.slice(valueAt + value.length)}
        </>
      ) : (
        <JsonText text={text} />
      )}
      {columns && pointer !== undefined && (
        <button
          type="button"
          aria-pressed={isColumn}
          aria-label={isColumn ? `Take the column ${pointer} away` : `Show ${pointer} as a column`}
          onClick={() => columns.toggle(pointer)}
          // It takes no room: a line that fits without it does not break for it.
          className={cn(atHover, "-mr-5 rounded-sm aria-pressed:text-accent aria-pressed:opacity-100")}
        >
          <Columns3 />
        </button>
      )}
    </>
  );
}
