import type { History, Logs } from "../history.ts";

/** Offsets grow by one, every record was sent by somebody, and a producer that is idempotent has each of its records once and in order. */
export function nothingIsInvented(history: History, logs: Logs): string | undefined {
  for (const [partition, records] of logs) {
    const latest = new Map<string, number>();
    for (const [index, { offset, value }] of records.entries()) {
      if (offset !== index) return `partition ${partition} has offset ${offset} where ${index} follows`;
      if (!history.sent.has(value)) return `partition ${partition} has ${value} at offset ${offset}, which nobody sent`;
      const { producer, sequence } = originOf(value);
      const before = latest.get(producer) ?? -1;
      if (sequence <= before)
        return `partition ${partition} has record ${sequence} of ${producer} at offset ${offset}, after its record ${before}`;
      latest.set(producer, sequence);
    }
  }
  return undefined;
}

/** Values are `<producer>:<number>`. */
function originOf(value: string): { producer: string; sequence: number } {
  const colon = value.lastIndexOf(":");
  return { producer: value.slice(0, colon), sequence: Number(value.slice(colon + 1)) };
}
