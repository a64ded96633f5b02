"use client";
import { useVirtualizer } from "@tanstack/react-virtual";
import { ArrowDown, ArrowUp } from "lucide-react";
import { type ReactNode, type RefObject, useEffect, useId, useLayoutEffect, useRef, useState } from "react";
import { type GridTrack, gridLayoutCss } from "@/components/ui/grid-layout";
import { type Sort, sortRows } from "@/components/ui/sort-rows";
import { cn } from "@/lib/cn";

/** One column. `sortBy` makes its head a button; rows without a value come last. */
export type Column<Row> = GridTrack & {
  readonly id: string;
  readonly label: string;
  /** The label is for screen readers only. */
  readonly isLabelHidden?: boolean;
  readonly isRight?: boolean;
  readonly sortBy?: (row: Row) => string | number | undefined;
  readonly cell: (row: Row) => ReactNode;
};

/** What others may do to a table's rows. */
export type GridHandle = { readonly focusRow: (step: 1 | -1) => void };

type Props<Row> = {
  label: string;
  /** Must keep its identity: at module scope. */
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  sort?: Sort;
  onSort?: (sort: Sort) => void;
  /** 36 px for lists of things, 30 px for records. */
  dense?: boolean;
  /** The row that is open; it is kept in view. */
  current?: string | undefined;
  onOpen?: (row: Row) => void;
  rowClass?: string;
  /** New rows above do not move the rows in view, once the list is scrolled. */
  keepsPlace?: boolean;
  handle?: RefObject<GridHandle | null>;
};

/**
 * The console's table: head on sunken, hairlines, numbers right, only the rows in view drawn.
 * Head and rows share one grid template; columns leave as the table narrows.
 */
export function DataGrid<Row>({
  label,
  columns,
  rows,
  rowKey,
  sort,
  onSort,
  dense = false,
  current,
  onOpen,
  rowClass,
  keepsPlace = false,
  handle,
}: Props<Row>) {
  const name = `grid${useId().replaceAll(/[^\w]/g, "")}`;
  const [css] = useState(() => gridLayoutCss(name, columns));
  const scroller = useRef<HTMLDivElement>(null);
  const sorted = sortRows(rows, columns, sort);
  const height = dense ? 30 : 36;
  const virtual = useVirtualizer({
    count: sorted.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 12,
    // What the server draws, before there is anything to measure.
    initialRect: { width: 1_000, height: 900 },
  });

  const currentIndex = current === undefined ? -1 : sorted.findIndex((row) => rowKey(row) === current);
  useEffect(() => {
    if (currentIndex >= 0) virtual.scrollToIndex(currentIndex);
    // Only a new current row is brought into view: a list that grows must not jump.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [current]);

  const firstKey = sorted[0] && rowKey(sorted[0]);
  const firstBefore = useRef(firstKey);
  useLayoutEffect(() => {
    const before = firstBefore.current;
    firstBefore.current = firstKey;
    const element = scroller.current;
    if (!keepsPlace || element === null || before === undefined || before === firstKey || element.scrollTop === 0)
      return;
    const moved = sorted.findIndex((row) => rowKey(row) === before);
    if (moved > 0) element.scrollTop += moved * height;
  });

  useEffect(() => {
    if (!handle) return undefined;
    handle.current = {
      focusRow(step) {
        const rowOfFocus = document.activeElement?.closest("[data-index]");
        const from =
          rowOfFocus && scroller.current?.contains(rowOfFocus) ? Number(rowOfFocus.getAttribute("data-index")) : -1;
        const index = Math.min(sorted.length - 1, Math.max(0, from + step));
        virtual.scrollToIndex(index);
        requestAnimationFrame(() =>
          scroller.current?.querySelector<HTMLElement>(`[data-index="${index}"] :is(a, button)`)?.focus(),
        );
      },
    };
    return () => {
      handle.current = null;
    };
  });

  return (
    <div
      role="table"
      aria-label={label}
      aria-rowcount={sorted.length + 1}
      className="@container flex min-h-0 flex-1 flex-col"
    >
      <style>{css}</style>
      <div role="rowgroup" className="shrink-0 border-y bg-sunken">
        <div
          role="row"
          aria-rowindex={1}
          className={cn(name, "grid h-8 items-center gap-x-4 px-6 text-xs font-medium text-ink-faint")}
        >
          {columns.map((column, i) => (
            <Head
              key={column.id}
              column={column}
              className={`${name}-${i}`}
              {...(sort ? { sort } : {})}
              {...(onSort ? { onSort } : {})}
            />
          ))}
        </div>
      </div>
      <div
        role="rowgroup"
        ref={scroller}
        // A region that scrolls must be reachable by keyboard.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        aria-label={label}
        className="min-h-0 flex-1 scroll-thin overflow-auto -outline-offset-2"
      >
        <div role="presentation" className="relative" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map((item) => {
            const row = sorted[item.index];
            if (!row) return null;
            const isCurrent = item.index === currentIndex;
            return (
              // The row's own button or link does the same by keyboard.
              // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
              <div
                key={rowKey(row)}
                role="row"
                aria-rowindex={item.index + 2}
                aria-selected={onOpen ? isCurrent : undefined}
                data-index={item.index}
                onClick={onOpen ? () => onOpen(row) : undefined}
                className={cn(
                  name,
                  "group/row absolute inset-x-0 top-0 grid items-center gap-x-4 border-b border-line/70 px-6 tabular-nums",
                  dense ? "text-xs" : "text-sm",
                  isCurrent ? "bg-selected shadow-current" : "hover:bg-hover",
                  rowClass,
                )}
                style={{ height, transform: `translateY(${item.start}px)` }}
              >
                {columns.map((column, i) => (
                  <div
                    key={column.id}
                    role="cell"
                    className={cn(`${name}-${i}`, "min-w-0 truncate", column.isRight && "text-right")}
                  >
                    {column.cell(row)}
                  </div>
                ))}
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}

type HeadProps<Row> = { column: Column<Row>; className: string; sort?: Sort; onSort?: (sort: Sort) => void };

function Head<Row>({ column, className, sort, onSort }: HeadProps<Row>) {
  const isSorted = sort?.id === column.id;
  const label = column.isLabelHidden ? <span className="sr-only">{column.label}</span> : column.label;
  if (column.sortBy === undefined || onSort === undefined) {
    return (
      <div role="columnheader" className={cn(className, "min-w-0 truncate", column.isRight && "text-right")}>
        {label}
      </div>
    );
  }
  const Arrow = isSorted && sort.desc ? ArrowDown : ArrowUp;
  return (
    <div
      role="columnheader"
      aria-sort={isSorted ? (sort.desc ? "descending" : "ascending") : "none"}
      className={cn(className, "min-w-0", column.isRight && "text-right")}
    >
      <button
        type="button"
        onClick={() => onSort({ id: column.id, desc: isSorted ? !sort.desc : column.isRight === true })}
        className={cn(
          "inline-flex max-w-full items-center gap-1 rounded-sm font-medium whitespace-nowrap hover:text-ink",
          isSorted && "text-ink",
        )}
      >
        {label}
        {isSorted && <Arrow className="size-3 shrink-0" aria-hidden="true" />}
      </button>
    </div>
  );
}
