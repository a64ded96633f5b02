import type { SeriesKind } from "../../../../lib/contracts/history.ts";
import type { Trend } from "../../../../lib/contracts/trends.ts";
import type { History } from "../history/history.ts";

/** The last hour in steps of two minutes: enough for a line as wide as a table's cell. */
const STEPS = 30;
export const TREND_STEP_MS = 120_000;
const STEP = TREND_STEP_MS / 1_000;

/** One line: the step that is being filled, and the largest value of each step, in a ring. */
type Line = { step: number; readonly values: Float64Array };

/** Lines for the rows of lists, in memory: a list of 2,000 topics must not read 2,000 series. */
export class Trends {
  private readonly lines = new Map<string, Line>();

  /** Takes a line from the history, after a start of the console. */
  seed(history: History, cluster: string, name: string, { kind, as }: TrendKind, now: number): void {
    const end = (Math.floor(now / STEP) + 1) * STEP;
    const range = { from: end - STEPS * STEP, to: end };
    const { values } = history.read(cluster, [{ kind, name, part: "", as }], range, STEPS);
    const line: Line = { step: Math.floor(now / STEP), values: new Float64Array(STEPS).fill(Number.NaN) };
    for (const [index, value] of (values[0] ?? []).slice(-STEPS).entries())
      line.values[(range.from / STEP + index) % STEPS] = value ?? Number.NaN;
    this.lines.set(lineKey(kind, name), line);
  }

  has(kind: SeriesKind, name: string): boolean {
    return this.lines.has(lineKey(kind, name));
  }

  /** Adds a value; the largest of its step stays. */
  add(kind: SeriesKind, name: string, at: number, value: number): void {
    const key = lineKey(kind, name);
    const step = Math.floor(at / STEP);
    const line = this.lines.get(key) ?? { step, values: new Float64Array(STEPS).fill(Number.NaN) };
    this.lines.set(key, line);
    clearUntil(line, step);
    const known = line.values[step % STEPS] ?? Number.NaN;
    line.values[step % STEPS] = Number.isNaN(known) ? value : Math.max(known, value);
  }

  /** The line until now, oldest first; null where nothing was measured. */
  read(kind: SeriesKind, name: string, now: number): Trend {
    const line = this.lines.get(lineKey(kind, name));
    const newest = Math.floor(now / STEP);
    if (line) clearUntil(line, newest);
    return Array.from({ length: STEPS }, (_, index) => {
      const value = line?.values[(newest - STEPS + 1 + index) % STEPS];
      return value === undefined || Number.isNaN(value) ? null : value;
    });
  }

  /** Forgets the lines of names that are gone. */
  keepOnly(kind: SeriesKind, names: ReadonlySet<string>): void {
    for (const key of this.lines.keys()) {
      const [ownKind, name = ""] = key.split("\n");
      if (ownKind === kind && !names.has(name)) this.lines.delete(key);
    }
  }
}

/** A series that rows show as a line. */
export type TrendKind = { readonly kind: SeriesKind; readonly as: "value" | "rate" };

function lineKey(kind: SeriesKind, name: string): string {
  return `${kind}\n${name}`;
}

function clearUntil(line: Line, step: number): void {
  for (let next = Math.max(line.step + 1, step - STEPS + 1); next <= step; next += 1)
    line.values[next % STEPS] = Number.NaN;
  line.step = Math.max(line.step, step);
}
