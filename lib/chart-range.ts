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

/** A part of the past that somebody looks at closer. */
export type ChartSpan = { readonly fromMs: number; readonly toMs: number };

/** The time that charts show: a range until now, or a part of the past. */
export type ChartTime = ChartRange | ChartSpan;

/** The chart's state in an address, as `chartState` of lib/url.ts reads it. */
type ChartAddress = { readonly range: ChartRange; readonly start: number | null; readonly end: number | null };

/** The time that an address asks for: its part of the past, if that is one, else its range. */
export function chartTimeOf({ range, start, end }: ChartAddress): ChartTime {
  return start !== null && end !== null && start >= 0 && start < end ? { fromMs: start, toMs: end } : range;
}

/** Points of a part of the past: as fine as samples are. */
const spanPoints = 300;

/** The question to the history for a time; a range ends now. */
export function historyQueryOf(series: HistoryQuery["series"], time: ChartTime, nowMs: number): HistoryQuery {
  if (typeof time !== "string") return { series, ...time, points: spanPoints };
  const { spanMs, points } = facts[time];
  return { series, fromMs: Math.max(0, nowMs - spanMs), toMs: nowMs, points };
}

/** The part between two instants that a pointer was dragged over, on whole steps; undefined where it is too short to mean one. */
export function brushedSpan(oneMs: number, otherMs: number, stepMs: number): ChartSpan | undefined {
  const [fromMs, toMs] = [Math.min(oneMs, otherMs) - stepMs, Math.max(oneMs, otherMs)];
  return Math.abs(otherMs - oneMs) < 2 * stepMs
    ? undefined
    : { fromMs: Math.max(0, Math.round(fromMs)), toMs: Math.round(toMs) };
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
