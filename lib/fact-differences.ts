import type { ChangeFacts } from "@/lib/contracts/changes";

/** A named value that a change made another; null is "not there". */
export type FactDifference = { readonly name: string; readonly before: string | null; readonly after: string | null };

/** What differs between the facts before and after a change, by name. */
export function differences(before: ChangeFacts, after: ChangeFacts): readonly FactDifference[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].toSorted();
  return names
    .map((name) => ({ name, before: before[name] ?? null, after: after[name] ?? null }))
    .filter((one) => one.before !== one.after);
}
