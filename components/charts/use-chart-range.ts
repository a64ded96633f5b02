"use client";
import { useQueryStates } from "nuqs";
import type { ChartRange } from "@/lib/chart-range";
import { chartState } from "@/lib/url";

/** The time that the page's charts show, kept in its address. */
export function useChartRange(): readonly [ChartRange, (range: ChartRange) => void] {
  const [{ range }, setState] = useQueryStates(chartState);
  return [range, (next) => void setState({ range: next })];
}
