function rank(name: string, wanted: string): number {
  if (name === wanted) return 0;
  if (name.startsWith(wanted)) return 1;
  const at = name.indexOf(wanted);
  if (at < 0) return Number.POSITIVE_INFINITY;
  // The beginning of a word is nearer than its middle.
  return /[a-z0-9]/.test(name[at - 1] ?? "") ? 3 : 2;
}

/** The things whose names hold every word typed, those that begin with it first, `most` of them. Order is kept among equals. */
export function rankNames<Thing>(
  typed: string,
  things: readonly Thing[],
  nameOf: (thing: Thing) => string,
  most: number,
): readonly Thing[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return things.slice(0, most);
  return things
    .map((thing) => ({ thing, rank: words.reduce((sum, word) => sum + rank(nameOf(thing).toLowerCase(), word), 0) }))
    .filter((one) => Number.isFinite(one.rank))
    .toSorted((a, b) => a.rank - b.rank)
    .slice(0, most)
    .map((one) => one.thing);
}
