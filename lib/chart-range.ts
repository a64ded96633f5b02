import type { HistoryQuery } from "@/lib/contracts/history";

/** Spans that charts show, each until now. */
export const chartRanges = ["15m", "1h", "6h", "1d", "7d", "30d"] as const;
export type ChartRange = (typeof chartRanges)[number];

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

type RangeFacts = {
  readonly spanMs: number;
  /** "Last hour" */
  readonly label: string;
  /** Asked for so that each step has at least two samples: a sweep that comes a moment late then leaves no hole. */
  readonly points: number;
};

const facts: Record<ChartRange, RangeFacts> = {
  "15m": { spanMs: 15 * minuteMs, label: "Last 15 min", points: 45 },
  "1h": { spanMs: hourMs, label: "Last hour", points: 180 },
  "6h": { spanMs: 6 * hourMs, label: "Last 6 h", points: 270 },
  "1d": { spanMs: dayMs, label: "Last day", points: 288 },
  "7d": { spanMs: 7 * dayMs, label: "Last 7 d", points: 336 },
  "30d": { spanMs: 30 * dayMs, label: "Last 30 d", points: 360 },
};

/** The range in words: "Last hour". */
export function rangeLabel(range: ChartRange): string {
  return facts[range].label;
}

/** The question to the history for a range that ends now. */
export function historyQueryOf(series: HistoryQuery["series"], range: ChartRange, nowMs: number): HistoryQuery {
  const { spanMs, points } = facts[range];
  return { series, fromMs: Math.max(0, nowMs - spanMs), toMs: nowMs, points };
}

/**
 * The ranges worth a choice: up to the first that holds all that is kept, and the one that is chosen.
 * Longer ones would show the same in less room.
 */
export function rangesFor(keptSinceMs: number | null, nowMs: number, chosen: ChartRange): readonly ChartRange[] {
  const keptMs = keptSinceMs === null ? 0 : nowMs - keptSinceMs;
  const first = chartRanges.findIndex((range) => facts[range].spanMs >= keptMs);
  // A choice of one is none.
  const last = Math.max(1, first === -1 ? chartRanges.length - 1 : first);
  return chartRanges.filter((range, i) => i <= last || range === chosen);
}
