import type { TopicTrends } from "@/lib/contracts/trends";

/** What was measured of one topic. */
export type TopicTrend = TopicTrends["topics"][string];

/** Sweeps are ten seconds apart, of large clusters some more. */
const oldAfterMs = 45_000;

/** The measurements by topic; none when they are much older than the list that they would stand in: an old rate is no rate. */
export function currentTrends(trends: TopicTrends, listReadAtMs: number): ReadonlyMap<string, TopicTrend> {
  const isOld = trends.readAtMs === null || listReadAtMs - trends.readAtMs > oldAfterMs;
  return new Map(isOld ? [] : Object.entries(trends.topics));
}

/** Readers are late: more than a minute's messages wait, and never in the last hour were there more. */
export function isReadLate({ lag, lags, messagesPerSecond }: TopicTrend): boolean {
  if (lag === null || lag === 0) return false;
  const most = lags.reduce<number>((max, value) => Math.max(max, value ?? 0), 0);
  return lag > 60 * Math.max(1, messagesPerSecond ?? 0) && lag >= 0.95 * most;
}

/** Messages a second of all topics; null before any was measured. */
export function totalRate(trends: Iterable<TopicTrend>): number | null {
  let total: number | null = null;
  for (const { messagesPerSecond } of trends) if (messagesPerSecond !== null) total = (total ?? 0) + messagesPerSecond;
  return total;
}

/** Lines of equal length added up; a time counts as measured where one of them was. */
export function sumOfLines(lines: readonly (readonly (number | null)[])[]): readonly (number | null)[] {
  const sum: (number | null)[] = [];
  for (const line of lines)
    for (const [i, value] of line.entries()) sum[i] = value === null ? (sum[i] ?? null) : (sum[i] ?? 0) + value;
  return sum;
}
