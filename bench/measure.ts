/** One figure of one contestant, all its runs. */
export type Series = {
  readonly name: string;
  readonly unit: string;
  readonly ours: number[];
  readonly theirs: number[];
};

/** The middle of the values; the mean of the two middle ones when they are even in number. */
export function median(values: readonly number[]): number {
  const sorted = [...values].toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

/** Runs both contestants in turn, as often as `runs` says, so that a drift of the machine meets both alike. */
export async function interleave<T>(
  runs: number,
  ours: () => Promise<T>,
  theirs: () => Promise<T>,
): Promise<{ ours: T[]; theirs: T[] }> {
  const result: { ours: T[]; theirs: T[] } = { ours: [], theirs: [] };
  for (let run = 0; run < runs; run += 1) {
    result.ours.push(await ours());
    result.theirs.push(await theirs());
  }
  return result;
}

/** A line of a Markdown table: medians, ranges, and the ratio of the medians. */
export function row({ name, unit, ours, theirs }: Series): string {
  const ratio = median(ours) / median(theirs);
  return `| ${name} | ${shown(ours)} ${unit} | ${shown(theirs)} ${unit} | ${ratio.toFixed(2)} |`;
}

/** The head of that table. */
export const head = "| | Odradek | Apache Kafka 4.2 | ratio |\n| --- | --- | --- | --- |";

function shown(values: readonly number[]): string {
  const digits = Math.abs(median(values)) < 10 ? 2 : 0;
  return `${median(values).toFixed(digits)} (${Math.min(...values).toFixed(digits)}–${Math.max(...values).toFixed(digits)})`;
}
