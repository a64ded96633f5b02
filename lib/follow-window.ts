import type { RecordSummary } from "@/lib/contracts/messages";
import type { Problem } from "@/lib/problem";
import { formatRecordAddress } from "@/lib/record-address";

/** What a follower keeps: the newest records, first in the list; older ones leave when there are too many. */
export type FollowWindow = {
  readonly isPaused: boolean;
  readonly shown: readonly RecordSummary[];
  /** Arrived while paused. */
  readonly pending: readonly RecordSummary[];
  /** All that arrived since it began. */
  readonly received: number;
  /** Never seen, since they came faster than they could be read or kept. */
  readonly skipped: number;
  /** Why some of it, or all, does not come now. */
  readonly problems: readonly Problem[];
};

export type FollowAction =
  | {
      readonly type: "arrived";
      readonly records: readonly RecordSummary[];
      readonly skipped: number;
      readonly problems: readonly Problem[];
    }
  | { readonly type: "troubled"; readonly problem: Problem }
  | { readonly type: "paused" }
  | { readonly type: "resumed" }
  | { readonly type: "restarted" };

/** Records that a follower keeps at most. */
export const windowSize = 2_000;

/** A follower that has seen nothing. */
export const emptyWindow: FollowWindow = {
  isPaused: false,
  shown: [],
  pending: [],
  received: 0,
  skipped: 0,
  problems: [],
};

/** Puts newer records before older ones, each record once. */
export function joinRecords(newer: readonly RecordSummary[], older: readonly RecordSummary[]): RecordSummary[] {
  if (newer.length === 0) return [...older];
  const seen = new Set(newer.map(formatRecordAddress));
  return [...newer, ...older.filter((record) => !seen.has(formatRecordAddress(record)))];
}

/** Moves a follower on. */
export function reduceFollow(state: FollowWindow, action: FollowAction): FollowWindow {
  switch (action.type) {
    case "arrived": {
      // They arrive oldest first.
      const newest = action.records.toReversed();
      const received = state.received + action.records.length;
      const skipped = state.skipped + action.skipped;
      const { problems } = action;
      if (!state.isPaused)
        return { ...state, shown: joinRecords(newest, state.shown).slice(0, windowSize), received, skipped, problems };
      const pending = joinRecords(newest, state.pending);
      const lost = Math.max(0, pending.length - windowSize);
      return { ...state, pending: pending.slice(0, windowSize), received, skipped: skipped + lost, problems };
    }
    case "troubled":
      return { ...state, problems: [action.problem] };
    case "paused":
      return { ...state, isPaused: true };
    case "resumed":
      return {
        ...state,
        isPaused: false,
        shown: joinRecords(state.pending, state.shown).slice(0, windowSize),
        pending: [],
      };
    case "restarted":
      return emptyWindow;
  }
}
