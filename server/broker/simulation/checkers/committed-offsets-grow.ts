import type { History } from "../history.ts";

/** An offset that was acknowledged before somebody asked is what is answered, or a later one; a power cut may take the newest commits back. */
export function committedOffsetsGrow(history: History): string | undefined {
  if (history.powerCuts.length > 0) return undefined;
  for (const { kind, groupId, partition, offset, askedAfter } of history.commits) {
    if (kind !== "fetched") continue;
    for (const before of history.commits.slice(0, askedAfter)) {
      const isOfIt = before.kind === "committed" && before.groupId === groupId && before.partition === partition;
      if (isOfIt && before.offset > offset) {
        return `${groupId}, partition ${partition}: fetched the committed offset ${offset} after ${before.offset} was committed`;
      }
    }
  }
  return undefined;
}
