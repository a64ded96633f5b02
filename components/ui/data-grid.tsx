"use client";
import { useVirtualizer } from "@tanstack/react-virtual";
import {
  type CSSProperties,
  type ReactNode,
  type RefObject,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import { GridHead } from "@/components/ui/grid-head";
import { gridItems } from "@/components/ui/grid-items";
import { GridRow } from "@/components/ui/grid-row";
import { type GridTrack, gridLayoutCss } from "@/components/ui/grid-layout";
import { type Sort, sortRows } from "@/components/ui/sort-rows";
import { useDensity } from "@/components/ui/use-density";
import { cn } from "@/lib/cn";

/** One column. `sortBy` makes its head a button; rows without a value come last. */
export type Column<Row> = GridTrack & {
  readonly id: string;
  readonly label: string;
  /** The label is for screen readers only. */
  readonly isLabelHidden?: boolean;
  /** Stands in the head in place of the label. */
  readonly head?: ReactNode;
  readonly isRight?: boolean;
  /** What is in it acts for itself: a click there, or in a menu that opened from there, does not open the row. */
  readonly isApart?: boolean;
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
  /** 30 px for records; lists of things have 36 px, or 28 px for who wants them close. */
  dense?: boolean;
  /** The row that is open; it is kept in view. */
  current?: string | undefined;
  onOpen?: (row: Row) => void;
  rowClass?: string | ((row: Row) => string | undefined);
  /** Pixels of a row that differs from its table's. */
  heightOf?: (row: Row) => number | undefined;
  /** The heading that a row stands under. */
  sectionOf?: (row: Row) => string;
  /** Headings in their order; those without rows are left out. */
  sections?: readonly string[];
  /** As high as its rows, for short tables: the page around it scrolls. */
  isWhole?: boolean;
  /** New rows above do not move the rows in view, once the list is scrolled. */
  keepsPlace?: boolean;
  handle?: RefObject<GridHandle | null>;
};

const headingHeight = 32;

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
  heightOf,
  sectionOf,
  sections,
  isWhole = false,
  keepsPlace = false,
  handle,
}: Props<Row>) {
  const name = `grid${useId().replaceAll(/[^\w]/g, "")}`;
  const [css] = useState(() => gridLayoutCss(name, columns));
  const scroller = useRef<HTMLDivElement>(null);
  const items = gridItems(sortRows(rows, columns, sort), sectionOf, sections ?? []);
  const [density] = useDensity();
  const height = dense ? 30 : density === "compact" ? 28 : 36;
  const heightAt = (index: number) => {
    const item = items[index];
    return item?.kind === "row" ? (heightOf?.(item.row) ?? height) : headingHeight;
  };
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: heightAt,
    getItemKey: (index) => {
      const item = items[index];
      return item?.kind === "row" ? rowKey(item.row) : `heading ${item?.section ?? index}`;
    },
    overscan: 12,
    // What the server draws, before there is anything to measure.
    initialRect: { width: 1_000, height: 900 },
  });

  useEffect(() => {
    // Rows got another height: what was measured before does not hold.
    virtual.measure();
    // oxlint-disable-next-line react/exhaustive-deps
  }, [height]);

  const indexOf = (key: string) => items.findIndex((item) => item.kind === "row" && rowKey(item.row) === key);
  const currentIndex = current === undefined ? -1 : indexOf(current);
  useEffect(() => {
    if (currentIndex >= 0) virtual.scrollToIndex(currentIndex);
    // Only a new current row is brought into view: a list that grows must not jump.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [current]);

  const first = items.find((item) => item.kind === "row");
  const firstKey = first && rowKey(first.row);
  const firstBefore = useRef(firstKey);
  useLayoutEffect(() => {
    const before = firstBefore.current;
    firstBefore.current = firstKey;
    const element = scroller.current;
    if (!keepsPlace || element === null || before === undefined || before === firstKey || element.scrollTop === 0)
      return;
    const moved = indexOf(before);
    if (moved > 0) element.scrollTop += moved * height;
  });

  useEffect(() => {
    if (!handle) return undefined;
    handle.current = {
      focusRow(step) {
        const rowOfFocus = document.activeElement?.closest("[data-index]");
        const from =
          rowOfFocus && scroller.current?.contains(rowOfFocus) ? Number(rowOfFocus.getAttribute("data-index")) : -1;
        const isRow = (at: number) => items[at]?.kind === "row";
        let index = from + step;
        while (index >= 0 && index < items.length && !isRow(index)) index += step;
        if (!isRow(index)) index = isRow(from) ? from : items.findIndex((item) => item.kind === "row");
        if (index < 0) return;
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
      aria-rowcount={items.length + 1}
      className={cn("@container flex flex-col", isWhole ? "shrink-0" : "min-h-0 flex-1")}
    >
      <style>{css}</style>
      <div role="rowgroup" className="shrink-0 border-y bg-sunken">
        <div
          role="row"
          aria-rowindex={1}
          className={cn(name, "grid h-8 items-center gap-x-4 px-6 text-xs font-medium text-ink-faint")}
        >
          {columns.map((column, i) => (
            <GridHead
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
            const entry = items[item.index];
            if (!entry) return null;
            if (entry.kind === "heading")
              return (
                <Heading
                  key={item.key}
                  section={entry.section}
                  count={entry.count}
                  rowIndex={item.index + 2}
                  columns={columns.length}
                  style={{ height: item.size, transform: `translateY(${item.start}px)` }}
                />
              );
            const { row } = entry;
            return (
              <GridRow
                key={rowKey(row)}
                name={name}
                columns={columns}
                row={row}
                index={item.index}
                heightPixels={item.size}
                topPixels={item.start}
                dense={dense}
                isCurrent={item.index === currentIndex}
                className={typeof rowClass === "function" ? rowClass(row) : rowClass}
                onOpen={onOpen}
              />
            );
          })}
        </div>
      </div>
    </div>
  );
}

type HeadingProps = { section: string; count: number; rowIndex: number; columns: number; style: CSSProperties };

function Heading({ section, count, rowIndex, columns, style }: HeadingProps) {
  return (
    <div
      role="row"
      aria-rowindex={rowIndex}
      className="absolute inset-x-0 top-0 flex items-end border-b border-line/70 px-6 pb-1.5 text-xs font-medium text-ink-muted"
      style={style}
    >
      <div role="cell" aria-colspan={columns}>
        {section} <span className="ml-0.5 font-normal text-ink-faint tabular-nums">{count}</span>
      </div>
    </div>
  );
}
