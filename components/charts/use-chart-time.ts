"use client";
import { useQueryStates } from "nuqs";
import { type ChartRange, type ChartSpan, type ChartTime, chartTimeOf } from "@/lib/chart-range";
import { chartState } from "@/lib/url";

/** The time that the page's charts show, kept in its address, and how it is chosen. */
export type ChartTimeChoice = {
  readonly time: ChartTime;
  /** The range that a part of the past was found in, to go back to. */
  readonly range: ChartRange;
  readonly chooseRange: (range: ChartRange) => void;
  /** Looks at a part of the past: one step in the browser's history. */
  readonly chooseSpan: (span: ChartSpan) => void;
};

/** What the page's charts show, for all of them. */
export function useChartTime(): ChartTimeChoice {
  const [state, setState] = useQueryStates(chartState);
  return {
    time: chartTimeOf(state),
    range: state.range,
    chooseRange: (range) => void setState({ range, start: null, end: null }),
    chooseSpan: ({ fromMs, toMs }) => void setState({ start: fromMs, end: toMs }, { history: "push" }),
  };
}
