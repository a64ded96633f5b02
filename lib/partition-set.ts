/** Partitions in a set that a person writes: far more than a topic has. */
const PARTITIONS_MAX = 20_000;

/** Reads "0-3, 7"; null is all of them, undefined what is no such list. */
export function parsePartitionSet(text: string): readonly number[] | null | undefined {
  if (/^\s*(all)?\s*$/i.test(text)) return null;
  const found = new Set<number>();
  for (const part of text.split(",")) {
    const [, from, to] = /^\s*(\d{1,9})(?:\s*-\s*(\d{1,9}))?\s*$/.exec(part) ?? [];
    if (from === undefined) return undefined;
    const last = Number(to ?? from);
    if (last < Number(from) || last - Number(from) + found.size >= PARTITIONS_MAX) return undefined;
    for (let partition = Number(from); partition <= last; partition += 1) found.add(partition);
  }
  return [...found].sort((a, b) => a - b);
}

/** Writes partitions as people read them: [0, 1, 2, 7] → "0-2, 7". */
export function formatPartitionSet(partitions: readonly number[]): string {
  const runs: [number, number][] = [];
  for (const partition of partitions.toSorted((a, b) => a - b)) {
    const run = runs.at(-1);
    if (run && partition === run[1] + 1) run[1] = partition;
    else if (run?.[1] !== partition) runs.push([partition, partition]);
  }
  return runs.map(([from, to]) => (from === to ? `${from}` : `${from}${to === from + 1 ? ", " : "-"}${to}`)).join(", ");
}
