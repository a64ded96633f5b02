import type { MessagePage, MessageQuery } from "@/lib/contracts/messages";
import { formatPositions } from "@/lib/positions";

/** What reads one page again, exactly; nulls are the page that the place itself begins with. */
export type PageCursor = { readonly edge: string | null; readonly turn: "next" | "previous" | null };

/** Pages from which others were turned to by "next", by the edge of those. */
export type PageTrail = ReadonlyMap<string, PageCursor>;

type Turned = {
  readonly topic: string;
  readonly from: MessageQuery["from"];
  readonly at: PageCursor;
  readonly page: MessagePage;
};

/** Remembers the page that is left for the one after it. The newest page is remembered by where partitions ended when it was read. */
export function rememberPage(trail: PageTrail, next: string, { topic, from, at, page }: Turned): PageTrail {
  const isNewestPage = at.edge === null && from === "newest";
  return new Map(trail).set(next, isNewestPage ? { edge: endsOf(topic, page), turn: "next" } : at);
}

/**
 * The page before one. Where it was left by turning on from it, it is that very page: read back from the edge, records of other partitions with
 * the same or an odd timestamp could stand in it.
 */
export function pageBefore(trail: PageTrail, at: PageCursor, edge: string): PageCursor {
  const left = at.edge !== null && at.turn === "next" ? trail.get(at.edge) : undefined;
  return left ?? { edge, turn: "previous" };
}

function endsOf(topic: string, { partitions }: MessagePage): string {
  const known = partitions.flatMap((one) => (one.endOffset === null ? [] : [{ ...one, offset: one.endOffset }]));
  return formatPositions(known, topic);
}
