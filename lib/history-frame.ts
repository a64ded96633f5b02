import type { HistoryAnswer, SeriesKind } from "@/lib/contracts/history";

/** The shortest span that is drawn: with less, two points would fill a chart and look like a trend. */
const spanMinMs = 5 * 60_000;

/** What of an answer is drawn: one grid of times for all charts of a page. */
export type HistoryFrame = {
  /** One for each value. The last is now at most: its step may not be over. */
  readonly times: readonly number[];
  readonly stepMs: number;
  readonly fromMs: number;
  readonly toMs: number;
  /** The values of a series that was asked for; all null when it was not. */
  readonly valuesOf: (kind: SeriesKind, name?: string, part?: string) => readonly (number | null)[];
};

/** Cuts off the time before anything was measured: ten minutes of a console that was just started are not drawn in the last sixth of an hour. */
export function historyFrame({ times, stepMs, series, readAtMs }: HistoryAnswer): HistoryFrame {
  const measured = times.findIndex((_, i) => series.some(({ values }) => (values[i] ?? null) !== null));
  const first = Math.min(Math.max(0, measured), Math.max(0, times.length - Math.ceil(spanMinMs / stepMs)));
  const fromMs = (times[first] ?? readAtMs) - stepMs;
  const shown = times.slice(first).map((time) => Math.min(time, readAtMs));
  return {
    times: shown,
    stepMs,
    fromMs,
    toMs: shown.at(-1) ?? readAtMs,
    valuesOf: (kind, name = "", part = "") =>
      series.find((one) => one.kind === kind && one.name === name && one.part === part)?.values.slice(first) ??
      shown.map(() => null),
  };
}
