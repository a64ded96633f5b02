import type { SearchMatch, SearchQuery } from "@/lib/contracts/search";

/** Puts matches in a search's order: by timestamp, and inside a partition by offset, whatever the timestamps say. */
export function orderMatches(matches: readonly SearchMatch[], order: SearchQuery["order"]): SearchMatch[] {
  const sign = order === "newest" ? -1 : 1;
  const byPartition = new Map<string, SearchMatch[]>();
  for (const match of matches) {
    const place = `${match.topic}/${match.partition}`;
    const own = byPartition.get(place);
    if (own) own.push(match);
    else byPartition.set(place, [match]);
  }
  const heads = [...byPartition.values()].map((list) => ({
    list: list.sort((a, b) => sign * compareOffsets(a.offset, b.offset)),
    index: 0,
  }));
  const ordered: SearchMatch[] = [];
  while (ordered.length < matches.length) {
    let best: (typeof heads)[number] | undefined;
    let bestMatch: SearchMatch | undefined;
    for (const head of heads) {
      const match = head.list[head.index];
      if (match && (bestMatch === undefined || sign * (match.timestampMs - bestMatch.timestampMs) < 0)) {
        best = head;
        bestMatch = match;
      }
    }
    if (best === undefined || bestMatch === undefined) break;
    ordered.push(bestMatch);
    best.index += 1;
  }
  return ordered;
}

/** Offsets are decimal text without zeros in front, so the longer is the larger. */
function compareOffsets(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
}
