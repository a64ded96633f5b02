/** What a table draws, line by line: its rows, and a heading above each section. */
export type GridItem<Row> =
  | { readonly kind: "heading"; readonly section: string; readonly count: number }
  | { readonly kind: "row"; readonly row: Row };

/** Puts a heading above the rows of each section. Sections stand in the order given, empty ones are left out, rows keep their order. */
export function gridItems<Row>(
  rows: readonly Row[],
  sectionOf: ((row: Row) => string) | undefined,
  sections: readonly string[],
): readonly GridItem<Row>[] {
  if (sectionOf === undefined) return rows.map((row) => ({ kind: "row", row }));
  const bySection = new Map<string, Row[]>(sections.map((section) => [section, []]));
  for (const row of rows) {
    const section = sectionOf(row);
    const own = bySection.get(section);
    if (own) own.push(row);
    else bySection.set(section, [row]);
  }
  return [...bySection].flatMap(([section, own]): GridItem<Row>[] =>
    own.length === 0
      ? []
      : [{ kind: "heading", section, count: own.length }, ...own.map((row) => ({ kind: "row", row }) as const)],
  );
}
