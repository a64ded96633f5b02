"use client";
import dynamic from "next/dynamic";
import type { ReactNode } from "react";
import { byLastValue, type ChartSeries } from "@/lib/chart-series";
import type { HistoryFrame } from "@/lib/history-frame";

// A chart's library weighs more than a page: it comes when there is something to draw.
const ChartPlot = dynamic(() => import("@/components/charts/chart-plot").then((module) => module.ChartPlot), {
  ssr: false,
  loading: () => <PlotPlaceholder />,
});

/** What a chart draws and how it writes its values. */
export type Plot = {
  readonly frame: HistoryFrame;
  readonly series: readonly ChartSeries[];
  readonly format: (value: number) => string;
  /** Shorter text for the axis, where the title says the unit. */
  readonly formatAxis?: (value: number) => string;
  /** Values are milliseconds: the axis has steps of a clock. */
  readonly isDuration?: boolean;
  /** Areas on each other instead of lines. */
  readonly isStacked?: boolean;
  /** A line that must not be crossed, with its name. */
  readonly limit?: { readonly value: number; readonly label: string };
};

type Props = Plot & {
  title: string;
  /** At the right of the title. */
  note?: ReactNode;
  /** In place of a drawing without a line: why there is none. */
  empty?: string;
};

/** One chart with its legend in the heading, where the last value of each line stands beside its name. */
export function TimeChart({ title, note, empty = "Nothing was measured in this time.", ...plot }: Props) {
  const { frame, series, format } = plot;
  const isEmpty = series.every(({ values }) => values.every((value) => value === null));
  return (
    <figure className="flex min-w-0 flex-col bg-canvas px-6 pt-3.5 pb-2" aria-label={title}>
      <figcaption className="mb-2">
        <span className="flex items-baseline justify-between gap-3 font-medium">
          {title}
          {note && <span className="-my-1 -mr-2.5 flex">{note}</span>}
        </span>
        <ul className="flex min-h-4 flex-wrap gap-x-3.5 text-xs text-ink-muted">
          {byLastValue(series, frame).map(({ line, last }) => (
            <li key={line.key} className="flex max-w-full items-center gap-1.5">
              <Swatch color={line.color} />
              <span className="truncate">{line.label}</span>
              <span className="whitespace-nowrap text-ink tabular-nums">
                {last === null ? "no data" : format(last)}
              </span>
            </li>
          ))}
        </ul>
      </figcaption>
      <div className="mt-auto h-42">
        {isEmpty ? (
          <p className="grid h-full place-content-center text-center text-xs text-ink-faint">{empty}</p>
        ) : (
          <ChartPlot {...plot} />
        )}
      </div>
    </figure>
  );
}

/** The colour of a line. */
export function Swatch({ color }: { color: string }) {
  return <span className="size-2 shrink-0 rounded-xs" style={{ background: `var(${color})` }} aria-hidden="true" />;
}

function PlotPlaceholder() {
  return (
    <div role="status" aria-label="Loading" className="flex h-full flex-col justify-between pr-13 pb-5">
      {["top", "upper", "lower", "bottom"].map((line) => (
        <span key={line} className="h-px bg-line" />
      ))}
    </div>
  );
}
