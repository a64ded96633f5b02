"use client";
import { Search } from "lucide-react";
import { type ReactNode, useRef, useState } from "react";
import { useShortcut } from "@/components/shell/shortcuts";
import { type Column, DataGrid, type GridHandle } from "@/components/ui/data-grid";
import { Input } from "@/components/ui/input";
import { Kbd } from "@/components/ui/kbd";
import { PageFooter } from "@/components/ui/page-footer";
import { useZone } from "@/components/ui/use-zone";
import type { Zone } from "@/lib/instant";

type Props<Row> = {
  /** What is listed, and one of it: "Jobs", "job". */
  label: string;
  noun: string;
  typed: string;
  onType: (typed: string | null) => void;
  /** Columns write times in a zone. Must keep its identity. */
  columnsOf: (zone: Zone) => readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  sectionOf: (row: Row) => string;
  sections: readonly string[];
  heightOf?: (row: Row) => number;
  /** The key of the row whose panel is open. */
  current: string | undefined;
  onOpen: (row: Row) => void;
  onClose: () => void;
  /** Beside the list while a row is open. */
  panel: ReactNode;
  /** Between the filter and the list: what went wrong. */
  notice?: ReactNode;
  /** In place of the list when nothing is left. */
  empty: ReactNode;
  fresh: ReactNode;
  footer: ReactNode;
};

/** A list with a filter above and the panel of one of its rows beside it, walked by keys. */
export function ListWithPanel<Row>({ label, noun, typed, onType, rows, current, onClose, ...rest }: Props<Row>) {
  const [zone] = useZone();
  const search = useRef<HTMLInputElement>(null);
  const grid = useRef<GridHandle>(null);
  useShortcut({ keys: "/", label: "Filter", group: "This page" }, () => search.current?.focus());
  useShortcut({ keys: "j", label: `Next ${noun}`, group: "This page" }, () => grid.current?.focusRow(1));
  useShortcut({ keys: "k", label: `Previous ${noun}`, group: "This page" }, () => grid.current?.focusRow(-1));
  const closing = { keys: "Escape", label: `Close the ${noun}`, group: "This page" } as const;
  useShortcut(closing, onClose, current !== undefined);
  const filter = `Filter ${label.toLowerCase()}`;
  return (
    <section aria-label={label} className="relative flex min-h-0 flex-1">
      <div className="flex min-w-0 flex-1 flex-col">
        <div className="flex shrink-0 items-center gap-2 px-6 py-2.5">
          <Input
            ref={search}
            icon={<Search />}
            trailing={<Kbd>/</Kbd>}
            placeholder={filter}
            aria-label={filter}
            className="w-64"
            value={typed}
            onChange={(event) => onType(event.target.value || null)}
            onKeyDown={(event) => event.key === "Escape" && event.currentTarget.blur()}
          />
        </div>
        {rest.notice}
        {rows.length > 0 ? (
          // A table keeps its columns for life, so another zone is another table.
          <Rows key={zone} zone={zone} label={label} rows={rows} current={current} handle={grid} {...rest} />
        ) : (
          <div className="flex min-h-0 flex-1 border-t">{rest.empty}</div>
        )}
        <PageFooter fresh={rest.fresh}>{rest.footer}</PageFooter>
      </div>
      {rest.panel}
    </section>
  );
}

type RowsProps<Row> = Pick<
  Props<Row>,
  "label" | "columnsOf" | "rows" | "rowKey" | "sectionOf" | "sections" | "heightOf" | "current" | "onOpen"
> & { zone: Zone; handle: React.RefObject<GridHandle | null> };

function Rows<Row>({ zone, columnsOf, heightOf, ...rest }: RowsProps<Row>) {
  const [columns] = useState(() => columnsOf(zone));
  const { label, rows, rowKey, sectionOf, sections, current, onOpen, handle } = rest;
  return (
    <DataGrid
      {...{ label, columns, rows, rowKey, sectionOf, sections, current, onOpen, handle }}
      {...(heightOf ? { heightOf } : {})}
    />
  );
}
