import type { SizeSummary } from "../../../lib/contracts/statistics.ts";

/** Steps within each doubling. */
const STEPS = 16;

/** The step that a size belongs to: exact below 16 bytes, then sixteen steps a doubling. */
function stepOf(size: number): number {
  if (size < STEPS) return size;
  const doubling = Math.floor(Math.log2(size));
  return (doubling - 3) * STEPS + Math.floor((size / 2 ** doubling - 1) * STEPS);
}

/** The smallest size of a step. */
function sizeOf(step: number): number {
  if (step < STEPS) return step;
  const doubling = Math.floor(step / STEPS) + 3;
  return Math.floor(2 ** doubling * (1 + (step % STEPS) / STEPS));
}

/** What a histogram is kept as. */
export type KeptSizes = { counts: Record<string, number>; count: number; total: number; min: number; max: number };

/** No size yet. */
export function noSizes(): KeptSizes {
  return { counts: {}, count: 0, total: 0, min: Number.MAX_SAFE_INTEGER, max: 0 };
}

/** Counts one size. */
export function addSize(kept: KeptSizes, size: number): void {
  const step = stepOf(size);
  kept.counts[step] = (kept.counts[step] ?? 0) + 1;
  kept.count += 1;
  kept.total += size;
  if (size < kept.min) kept.min = size;
  if (size > kept.max) kept.max = size;
}

/** Percentiles of the sizes counted; null when there is none. */
export function summariseSizes(kept: KeptSizes): SizeSummary | null {
  if (kept.count === 0) return null;
  const steps = Object.entries(kept.counts)
    .map(([step, count]) => [Number(step), count] as const)
    .sort(([a], [b]) => a - b);
  const at = (share: number) => {
    let left = Math.ceil(kept.count * share);
    for (const [step, count] of steps) {
      left -= count;
      if (left <= 0) return Math.min(kept.max, Math.max(kept.min, sizeOf(step)));
    }
    return kept.max;
  };
  return { min: kept.min, p50: at(0.5), p95: at(0.95), p99: at(0.99), max: kept.max, total: kept.total };
}
