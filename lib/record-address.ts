/** One record's place: the `at` of an address, "p7@88010214". */
export type RecordAddress = { readonly partition: number; readonly offset: string };

/** Writes a record's place. */
export function formatRecordAddress(record: RecordAddress): string {
  return `p${record.partition}@${record.offset}`;
}

/** Reads a record's place; null when the text is none. */
export function parseRecordAddress(text: string): RecordAddress | null {
  const match = /^p(\d{1,10})@(\d{1,19})$/.exec(text);
  return match ? { partition: Number(match[1]), offset: match[2] ?? "" } : null;
}
