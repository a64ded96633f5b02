/** One record's place; without a topic in the one that the page is of. */
export type RecordAddress = { readonly topic?: string; readonly partition: number; readonly offset: string };

/** Writes a record's place: `p7@88010214`, or `payments:p7@88010214` in another topic than the page's. */
export function formatRecordAddress({ topic, partition, offset }: RecordAddress): string {
  return `${topic === undefined ? "" : `${topic}:`}p${partition}@${offset}`;
}

/** Reads a record's place; null when the text is none. */
export function parseRecordAddress(text: string): RecordAddress | null {
  const match = /^(?:([a-zA-Z0-9._-]{1,249}):)?p(\d{1,10})@(\d{1,19})$/.exec(text);
  if (match === null) return null;
  const [, topic, partition, offset = ""] = match;
  return { ...(topic === undefined ? {} : { topic }), partition: Number(partition), offset };
}
