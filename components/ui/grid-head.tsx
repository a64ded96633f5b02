import { ArrowDown, ArrowUp } from "lucide-react";
import type { Column } from "@/components/ui/data-grid";
import type { Sort } from "@/components/ui/sort-rows";
import { cn } from "@/lib/cn";

type Props<Row> = { column: Column<Row>; className: string; sort?: Sort; onSort?: (sort: Sort) => void };

/** The head of one column; a button where it sorts. */
export function GridHead<Row>({ column, className, sort, onSort }: Props<Row>) {
  const isSorted = sort?.id === column.id;
  const label = column.head ? (
    column.head
  ) : column.isLabelHidden ? (
    <span className="sr-only">{column.label}</span>
  ) : (
    column.label
  );
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
