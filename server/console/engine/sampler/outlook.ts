import type { GroupOutlook } from "../../../../lib/contracts/groups.ts";
import type { Point } from "../history/point-codec.ts";

/** Seconds that must lie between the first and the last point before anything is said. */
const JUDGED_AFTER = 20;
/** Seconds without a commit, while there is lag, after which a group stands still. Longer than a usual auto.commit.interval.ms (5 s). */
const STILL_AFTER = 60;
/** Lag that is read in this time is not lag that matters: a sweep and a commit are some seconds apart. */
const KEEPS_UP_WITHIN = 15;
/** Messages: a difference that says nothing. */
const HANDFUL = 10;

/** What is known of a group's last minutes. */
export type GroupPulse = {
  readonly lags: readonly Point[];
  /** A second's mean of what it committed; null when not known. */
  readonly consumedPerSecond: number | null;
  /** When its committed offsets last moved, in seconds; null when they were not seen to move. */
  readonly movedAt: number | null;
  /** When it was first seen, in seconds. */
  readonly seenAt: number;
};

/** Says what becomes of a group's lag. Only from lags and offsets of the last minutes; nothing is guessed before there are some. */
export function outlookOf({ lags, consumedPerSecond, movedAt, seenAt }: GroupPulse): GroupOutlook {
  const [first, last] = [lags[0], lags.at(-1)];
  if (first === undefined || last === undefined || last.at - first.at < JUDGED_AFTER) return { kind: "unknown" };
  if (last.value === 0) return { kind: "keeps-up" };
  const stillSince = movedAt ?? seenAt;
  if (last.at - stillSince >= STILL_AFTER) return { kind: "stands-still", sinceMs: stillSince * 1_000 };
  const growth = (last.value - first.value) / (last.at - first.at);
  if (consumedPerSecond !== null && last.value <= consumedPerSecond * KEEPS_UP_WITHIN) return { kind: "keeps-up" };
  // A lag that sways by a twentieth over minutes, or by a handful, neither grows nor falls.
  if (Math.abs(last.value - first.value) <= Math.max(HANDFUL, last.value / 20)) return { kind: "keeps-up" };
  return growth > 0
    ? { kind: "falls-behind", perSecond: growth }
    : { kind: "drains", inMs: (last.value / -growth) * 1_000 };
}
