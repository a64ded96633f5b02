import { describe, expect, test } from "vitest";
import type { RecordSummary } from "@/lib/contracts/messages";
import { emptyWindow, type FollowAction, reduceFollow, windowSize } from "@/lib/follow-window";
import { problemOf } from "@/lib/problem";

const nothing = { format: "null", text: "", sizeBytes: 0, truncated: false } as const;
const record = (offset: number): RecordSummary => ({
  topic: "t",
  partition: 0,
  offset: String(offset),
  timestampMs: offset,
  timestampType: "create",
  key: nothing,
  value: nothing,
  headerCount: 0,
});
const arrived = (...offsets: number[]): FollowAction => ({
  type: "arrived",
  records: offsets.map(record),
  skipped: 0,
  problems: [],
});
const after = (...actions: FollowAction[]) => actions.reduce(reduceFollow, emptyWindow);
const offsets = (records: readonly RecordSummary[]) => records.map((one) => Number(one.offset));

describe("a follower", () => {
  test("shows the newest first, each once", () => {
    expect(offsets(after(arrived(1, 2), arrived(2, 3)).shown)).toEqual([3, 2, 1]);
  });

  test("keeps what arrives while it is paused aside", () => {
    const paused = after(arrived(1), { type: "paused" }, arrived(2, 3));
    expect([offsets(paused.shown), offsets(paused.pending), paused.received]).toEqual([[1], [3, 2], 3]);
    expect(offsets(reduceFollow(paused, { type: "resumed" }).shown)).toEqual([3, 2, 1]);
  });

  test("keeps no more than its window, and counts what it lost unseen", () => {
    const many = Array.from({ length: windowSize + 5 }, (_, i) => i);
    expect(after(arrived(...many)).shown).toHaveLength(windowSize);
    expect(after(arrived(...many)).skipped).toBe(0);
    const paused = after({ type: "paused" }, arrived(...many));
    expect([paused.pending.length, paused.skipped]).toEqual([windowSize, 5]);
  });

  test("adds what the server left out", () =>
    expect(after({ type: "arrived", records: [], skipped: 7, problems: [] }).skipped).toBe(7));

  test("says what does not come, until all comes again", () => {
    const gone = problemOf(new Error("gone"));
    const partly = after(arrived(1), { type: "arrived", records: [], skipped: 0, problems: [gone] });
    expect([partly.problems, offsets(partly.shown)]).toEqual([[gone], [1]]);
    expect(after({ type: "troubled", problem: gone }).problems).toEqual([gone]);
    expect(after({ type: "troubled", problem: gone }, arrived()).problems).toEqual([]);
  });

  test("begins anew", () => expect(after(arrived(1), { type: "restarted" })).toBe(emptyWindow));
});
