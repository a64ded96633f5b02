import type { MessageQuery } from "@/lib/contracts/messages";
import type { SearchQuery } from "@/lib/contracts/search";
import type { SearchLanguage } from "@/lib/search/language";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

const spans: Readonly<Record<Exclude<NonNullable<MessageQuery["last"]>, "today">, number>> = {
  "5m": HOUR_MS / 12,
  "15m": HOUR_MS / 4,
  "1h": HOUR_MS,
  "6h": 6 * HOUR_MS,
  "24h": DAY_MS,
  "7d": 7 * DAY_MS,
};

/** What of a search is chosen beside its text and what the browser reads. */
export type SearchOptions = Pick<SearchQuery, "budget" | "isolation">;

/**
 * The search for a text in what the message browser reads: the same topics and partitions, in the same range, to the same limit, by the same decoders. From a group's
 * or each partition's own offset it is the whole of them, the newest first.
 */
export function queryOfPlace(
  topic: string,
  place: MessageQuery,
  { text, language, ...options }: { readonly text: string; readonly language: SearchLanguage } & SearchOptions,
  nowMs: number,
): SearchQuery {
  const isForward = place.from === "oldest" || place.from === "offset";
  const others = place.topics?.split(",").filter((other) => other !== topic) ?? [];
  return {
    text,
    language,
    topics: [topic, ...others],
    partitions: place.partitions === undefined ? null : place.partitions.split(",").map(Number),
    order: isForward ? "oldest" : "newest",
    fromOffset: place.from === "offset" ? (place.offset ?? null) : null,
    fromMs: beginOf(place, nowMs),
    // The browser's end is a time before which it stops.
    toMs: place.toMs === undefined ? null : place.toMs - 1,
    limit: place.limit,
    ...options,
    isControlShown: place.control !== undefined,
    isKeyPartitionOnly: true,
    ...(place.keyAs === undefined ? {} : { keyAs: place.keyAs }),
    ...(place.valueAs === undefined ? {} : { valueAs: place.valueAs }),
  };
}

function beginOf({ from, timeMs, last }: MessageQuery, nowMs: number): number | null {
  if (from === "time") return timeMs ?? null;
  if (from !== "last" || last === undefined) return null;
  return last === "today" ? nowMs - (nowMs % DAY_MS) : nowMs - spans[last];
}
