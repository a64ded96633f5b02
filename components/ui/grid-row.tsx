import type { CSSProperties, MouseEvent } from "react";
import type { Column } from "@/components/ui/data-grid";
import { cn } from "@/lib/cn";

type Props<Row> = {
  /** The class of the table's grid template. */
  name: string;
  columns: readonly Column<Row>[];
  row: Row;
  /** Among all lines of the table. */
  index: number;
  heightPixels: number;
  topPixels: number;
  dense: boolean;
  isCurrent: boolean;
  className: string | undefined;
  onOpen: ((row: Row) => void) | undefined;
};

/** One row of a table. A component of its own, so that a row that stays the same is not drawn again. */
export function GridRow<Row>({
  name,
  columns,
  row,
  index,
  heightPixels,
  topPixels,
  dense,
  isCurrent,
  className,
  onOpen,
}: Props<Row>) {
  const place: CSSProperties = { height: heightPixels, transform: `translateY(${topPixels}px)` };
  return (
    // The row's own button or link does the same by keyboard.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-selected={onOpen ? isCurrent : undefined}
      data-index={index}
      onClick={onOpen ? (event) => isOfRow(event) && onOpen(row) : undefined}
      className={cn(
        name,
        "group/row absolute inset-x-0 top-0 grid items-center gap-x-4 border-b border-line/70 px-6 tabular-nums",
        dense ? "text-xs" : "text-sm",
        isCurrent ? "bg-selected shadow-current" : "hover:bg-hover",
        className,
      )}
      style={place}
    >
      <Cells name={name} columns={columns} row={row} />
    </div>
  );
}

/** Apart from the row's place: a row that only moves keeps its cells. */
function Cells<Row>({ name, columns, row }: Pick<Props<Row>, "name" | "columns" | "row">) {
  return columns.map((column, i) => (
    <div
      key={column.id}
      role="cell"
      className={cn(`${name}-${i}`, "min-w-0 truncate", column.isRight && "text-right")}
      data-apart={column.isApart}
    >
      {column.cell(row)}
    </div>
  ));
}

/** False in a cell that acts for itself, and in a menu that opened from there: React tells a row of those too. */
function isOfRow({ target, currentTarget }: MouseEvent<HTMLElement>): boolean {
  return target instanceof Element && currentTarget.contains(target) && target.closest("[data-apart=true]") === null;
}
