import type { History, Logs } from "../history.ts";

/** A reader gets every record once, in the order of the log, and nothing that the log does not keep; after a power cut it may have seen what is gone. */
export function readersSeeTheLog(history: History, logs: Logs): string | undefined {
  for (const [reader, records] of history.read) {
    const nextOffsets = new Map<number, number>();
    for (const { partition, offset, value } of records) {
      const expected = nextOffsets.get(partition) ?? 0;
      const isBehindCut = history.powerCuts.some(
        ({ logEnds }) => (logEnds.get(partition) ?? 0) <= Math.max(expected, offset),
      );
      if (offset !== expected && !isBehindCut)
        return `${reader} got offset ${offset} of partition ${partition} where ${expected} follows`;
      nextOffsets.set(partition, offset + 1);
      const kept = logs.get(partition)?.[offset]?.value;
      if (kept !== value && !isBehindCut)
        return `${reader} got ${value} at offset ${offset} of partition ${partition}; the log has ${kept ?? "nothing"}`;
    }
  }
  return undefined;
}
