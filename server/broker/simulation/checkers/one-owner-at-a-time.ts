import type { History } from "../history.ts";

/**
 * The members of a group count in the committed offsets of the partitions that they own: each reads the number and commits the next. A
 * number that was acknowledged twice means that two members worked on one partition at a time, and that the older was not fenced.
 */
export function oneOwnerAtATime(history: History): string | undefined {
  if (history.powerCuts.length > 0) return undefined;
  const counted = new Set<string>();
  for (const { kind, groupId, partition, offset } of history.commits) {
    if (kind !== "committed") continue;
    const number = `${groupId}, partition ${partition}: ${offset}`;
    if (counted.has(number)) return `${number} was committed twice`;
    counted.add(number);
  }
  return undefined;
}
