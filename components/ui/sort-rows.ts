/** The column that orders a table, and the way. */
export type Sort = { readonly id: string; readonly desc: boolean };

/** What sorting needs of a column. Rows without a value come last, whichever the way. */
export type SortColumn<Row> = { readonly id: string; readonly sortBy?: (row: Row) => string | number | undefined };

const words = new Intl.Collator("en", { numeric: true });

function compare(a: string | number, b: string | number): number {
  return typeof a === "number" && typeof b === "number" ? a - b : words.compare(String(a), String(b));
}

/** Orders rows by a column: names as people count ("t2" before "t10"); equal rows keep their order. */
export function sortRows<Row>(
  rows: readonly Row[],
  columns: readonly SortColumn<Row>[],
  sort: Sort | undefined,
): readonly Row[] {
  const sortBy = columns.find((column) => column.id === sort?.id)?.sortBy;
  if (sort === undefined || sortBy === undefined) return rows;
  const way = sort.desc ? -1 : 1;
  return rows
    .map((row) => ({ row, value: sortBy(row) }))
    .toSorted((a, b) => {
      if (a.value === undefined || b.value === undefined)
        return Number(a.value === undefined) - Number(b.value === undefined);
      return way * compare(a.value, b.value);
    })
    .map((one) => one.row);
}
