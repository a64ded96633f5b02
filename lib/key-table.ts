import type { RecordSummary } from "@/lib/contracts/messages";

/** Keys that a table shows; those written longest ago leave first. */
export const tableKeysShown = 500;

/** What tells keys apart in a table: what was read of them, and their size. */
export function tableKeyOf({ key }: RecordSummary): string {
  return `${key.decoder ?? key.format} ${key.sizeBytes} ${key.text}`;
}

/** The table after newer records, oldest of them first: each replaces the row of its key, and goes to the top. Records without a key have no row. */
export function updateKeyTable(
  table: readonly RecordSummary[],
  newer: readonly RecordSummary[],
): readonly RecordSummary[] {
  const keyed = newer.filter(({ key }) => key.format !== "null");
  if (keyed.length === 0) return table;
  const latest = new Map<string, RecordSummary>();
  for (const record of keyed.toReversed()) {
    const key = tableKeyOf(record);
    if (!latest.has(key)) latest.set(key, record);
  }
  const older = table.filter((record) => !latest.has(tableKeyOf(record)));
  return [...latest.values(), ...older].slice(0, tableKeysShown);
}
