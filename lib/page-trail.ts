import * as z from "zod/mini";
import type { MessagePage, MessageQuery } from "@/lib/contracts/messages";
import { positionsText } from "@/lib/contracts/primitives";
import { formatPositions } from "@/lib/positions";

const pageCursor = z.object({
  edge: z.nullable(positionsText),
  turn: z.nullable(z.enum(["next", "previous"])),
});

/** What reads one page again, exactly; nulls are the page that the place itself begins with. */
export type PageCursor = Readonly<z.infer<typeof pageCursor>>;

const keptTrail = z.array(z.tuple([positionsText, pageCursor]));

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

/** Characters of a trail that is kept: a browser keeps some five million of all that a tab has. */
const KEPT_CHARACTERS = 1_000_000;

/** A trail as it is kept over a reload, without its oldest pages when it is very long. */
export function trailText(trail: PageTrail): string {
  const entries = [...trail].map((entry) => JSON.stringify(entry));
  let from = entries.length;
  let characters = 0;
  while (from > 0 && (characters += entries[from - 1]?.length ?? 0) <= KEPT_CHARACTERS) from -= 1;
  return `[${entries.slice(from).join(",")}]`;
}

/** The trail in a text that was kept; empty when it holds none. */
export function trailIn(text: string | null): PageTrail {
  try {
    return new Map(keptTrail.parse(JSON.parse(text ?? "[]")));
  } catch {
    return new Map();
  }
}

function endsOf(topic: string, { partitions }: MessagePage): string {
  const known = partitions.flatMap((one) => (one.endOffset === null ? [] : [{ ...one, offset: one.endOffset }]));
  return formatPositions(known, topic);
}
