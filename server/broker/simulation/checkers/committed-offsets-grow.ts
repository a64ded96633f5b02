import type { History } from "../history.ts";

/** An offset that was committed is what is fetched later, or a later one; a power cut may take the newest commits back. */
export function committedOffsetsGrow(history: History): string | undefined {
  if (history.powerCuts.length > 0) return undefined;
  const committed = new Map<number, number>();
  for (const { kind, partition, offset } of history.commits) {
    const before = committed.get(partition) ?? -1;
    if (kind === "fetched" && offset < before)
      return `partition ${partition}: fetched the committed offset ${offset} after ${before} was committed`;
    if (kind === "committed") committed.set(partition, Math.max(before, offset));
  }
  return undefined;
}
