import { rateBetween } from "../history/grid.ts";
import type { Point } from "../history/point-codec.ts";

/** Seconds of points that are kept: long enough to tell a trend from a burst. */
export const RECENT = 300;
/** Seconds after which the last point says nothing of now: some sweeps. */
const OLD = 30;
/** Points further apart are not compared. */
const GAP = 90;

/** The last minutes of some series, in memory: what now is judged by. */
export class Recent {
  private readonly series = new Map<string, Point[]>();

  add(key: string, at: number, value: number): void {
    const points = this.series.get(key) ?? [];
    this.series.set(key, points);
    const last = points.at(-1);
    // After a long break nothing before it says what happens now.
    if (last !== undefined && at - last.at > GAP) points.length = 0;
    points.push({ at, value });
    while ((points[0]?.at ?? at) < at - RECENT) points.shift();
  }

  /** Points of the last minutes, oldest first. */
  points(key: string): readonly Point[] {
    return this.series.get(key) ?? [];
  }

  /**
   * What a counter grew by a second, over about the last `seconds`; null before two points, after it began anew, and when it was not
   * read lately before `now`: the rate of a partition that lost its leader is not known.
   */
  rate(key: string, seconds: number, now: number): number | null {
    const points = this.points(key);
    const last = points.at(-1);
    if (last !== undefined && now - last.at > OLD) return null;
    const first = last && points.find(({ at }) => at >= last.at - seconds);
    return first && last ? rateBetween(first, last, RECENT) : null;
  }

  /** Forgets series that are not in use any more. */
  keepOnly(keys: ReadonlySet<string>): void {
    for (const key of this.series.keys()) if (!keys.has(key)) this.series.delete(key);
  }
}
