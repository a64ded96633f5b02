import type { Point } from "./point-codec.ts";

/** Steps of equal length that a range is drawn in: step i ends at `start + (i + 1) * step`, its end excluded. Seconds. */
export type Grid = { readonly start: number; readonly step: number; readonly count: number };

/** The finest grid of at most `points` steps that covers the range and is no finer than the samples are apart. */
export function gridOf(
  range: { readonly from: number; readonly to: number },
  points: number,
  sampleStep: number,
): Grid {
  const raw = Math.max(sampleStep, Math.ceil((range.to - range.from) / points));
  const step = Math.ceil(raw / sampleStep) * sampleStep;
  // Steps stand on whole multiples, so that a chart that moves on keeps its older points as they are.
  const start = Math.floor(range.from / step) * step;
  return { start, step, count: Math.max(1, Math.min(points + 1, Math.ceil((range.to - start) / step))) };
}

/** The largest value of each step; null where nothing was measured. */
export function valuesOn(grid: Grid, points: readonly Point[]): (number | null)[] {
  const values = emptyOn(grid);
  for (const { at, value } of points) {
    const index = Math.floor((at - grid.start) / grid.step);
    const known = values[index];
    if (known !== undefined) values[index] = known === null ? value : Math.max(known, value);
  }
  return values;
}

/**
 * What a counter grew by a second, in each step: from the last point before the step (the first in it, without one) to the last point in it.
 * Null where the counter fell (it began anew) or where more than `gap` seconds lie between the two points: what happened in between is not known.
 */
export function ratesOn(grid: Grid, points: readonly Point[], gap: number): (number | null)[] {
  const spans: ({ readonly from: Point; to: Point } | null)[] = Array.from({ length: grid.count }, () => null);
  let previous: Point | undefined;
  for (const point of points) {
    const index = Math.floor((point.at - grid.start) / grid.step);
    const span = spans[index];
    if (span) span.to = point;
    else if (span === null) spans[index] = { from: previous ?? point, to: point };
    previous = point;
  }
  return spans.map((span) => span && rateBetween(span.from, span.to, gap));
}

/** What a counter grew by a second between two points; null as in `ratesOn`. */
export function rateBetween(earlier: Point, later: Point, gap: number): number | null {
  const seconds = later.at - earlier.at;
  if (seconds <= 0 || seconds > gap || later.value < earlier.value) return null;
  return (later.value - earlier.value) / seconds;
}

function emptyOn(grid: Grid): (number | null)[] {
  return Array.from({ length: grid.count }, () => null);
}
