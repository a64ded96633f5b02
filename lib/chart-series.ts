import type { HistoryFrame } from "@/lib/history-frame";

type Values = readonly (number | null)[];

/** A colour of the charts, by its token. */
export type ChartColor = `--chart-${1 | 2 | 3 | 4 | 5 | 6 | 7 | 8}`;

/** One line of a chart; null is "not measured". */
export type ChartSeries = {
  readonly key: string;
  readonly label: string;
  readonly color: ChartColor;
  readonly values: Values;
  /** What is left of a sum: it stands last, however large. */
  readonly isRest?: boolean;
};

/** As many lines as people can follow; the others are drawn as one. */
export const linesMax = 5;

const colors = ["--chart-1", "--chart-2", "--chart-3", "--chart-4", "--chart-5"] as const;

/** Lines for names, coloured in the order of names: a name keeps its colour while ranks change. */
export function linesOf(
  names: readonly string[],
  valuesOf: (name: string) => Values,
  labelOf: (name: string) => string = (name) => name,
): readonly ChartSeries[] {
  return names
    .toSorted()
    .slice(0, linesMax)
    .map((name, i) => ({
      key: name,
      label: labelOf(name),
      color: colors[i % colors.length] ?? "--chart-1",
      values: valuesOf(name),
    }));
}

/** Adds what a total has beyond the lines as a line of its own, where that is more than a hundredth of it anywhere. */
export function withOthers(lines: readonly ChartSeries[], total: Values, label = "others"): readonly ChartSeries[] {
  let isWorthALine = false;
  const values = total.map((whole, i) => {
    if (whole === null) return null;
    const rest = lines.reduce((left, line) => left - (line.values[i] ?? 0), whole);
    isWorthALine ||= rest > whole / 100;
    return Math.max(0, rest);
  });
  return isWorthALine ? [...lines, { key: "others", label, color: "--chart-8", values, isRest: true }] : lines;
}

/** The value that holds now; null when there was none for two steps: an old number is not shown as new. */
export function lastValue(values: Values, { times, stepMs, toMs }: Pick<HistoryFrame, "times" | "stepMs" | "toMs">) {
  const index = values.findLastIndex((value) => value !== null);
  const at = times[index];
  if (index === -1 || at === undefined || toMs - at > 2 * stepMs) return null;
  return values[index] ?? null;
}

/** Lines as the legend has them: the largest first, those without a value and the rest last. */
export function byLastValue(lines: readonly ChartSeries[], frame: HistoryFrame) {
  return lines
    .map((line) => ({ line, last: lastValue(line.values, frame) }))
    .toSorted(
      (a, b) =>
        Number(a.line.isRest === true) - Number(b.line.isRest === true) ||
        (b.last ?? Number.NEGATIVE_INFINITY) - (a.last ?? Number.NEGATIVE_INFINITY),
    );
}

/** One time of a chart with the value of each line by its place: what a chart's library wants. */
export type ChartRow = { readonly time: number } & Readonly<Record<string, number | null>>;

/** Turns lines into rows. Stacked, what was not measured counts nothing where anything was: areas have no holes of their own. */
export function chartRows(
  lines: readonly ChartSeries[],
  times: readonly number[],
  isStacked: boolean,
): readonly ChartRow[] {
  return times.map((time, i) => {
    const values = lines.map((line) => line.values[i] ?? null);
    const isMeasured = values.some((value) => value !== null);
    return {
      time,
      ...Object.fromEntries(values.map((value, n) => [`v${n}`, isStacked && isMeasured ? (value ?? 0) : value])),
    };
  });
}

/** The largest value that a chart draws, and whether all of its values are whole. */
export function extentOf(lines: readonly ChartSeries[], isStacked: boolean): { max: number; isWhole: boolean } {
  let max = 0;
  let isWhole = true;
  const length = lines[0]?.values.length ?? 0;
  for (let i = 0; i < length; i += 1) {
    let sum = 0;
    for (const line of lines) {
      const value = line.values[i] ?? 0;
      sum = isStacked ? sum + value : Math.max(sum, value);
      isWhole &&= Number.isInteger(value);
    }
    max = Math.max(max, sum);
  }
  return { max, isWhole };
}
