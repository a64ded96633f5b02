import { expect, test } from "vitest";
import { outlookOf } from "./outlook.ts";

const start = 1_764_000_000;
const lags = (values: readonly number[]) => values.map((value, index) => ({ at: start + index * 10, value }));
const moving = { consumedPerSecond: 10, movedAt: start + 1_000, seenAt: start };

test("nothing is said before there are some points", () => {
  expect(outlookOf({ ...moving, lags: [] })).toEqual({ kind: "unknown" });
  expect(outlookOf({ ...moving, lags: lags([5, 9]) })).toEqual({ kind: "unknown" });
});

test("a lag that is read in some seconds is kept up with", () => {
  expect(outlookOf({ ...moving, lags: lags([0, 0, 0, 0]) })).toEqual({ kind: "keeps-up" });
  expect(outlookOf({ ...moving, lags: lags([10, 90, 40, 120]) })).toEqual({ kind: "keeps-up" });
});

test("a lag that grows falls behind by its growth, one that falls drains in time", () => {
  expect(outlookOf({ ...moving, lags: lags([1_000, 1_500, 2_000, 2_500]) })).toEqual({
    kind: "falls-behind",
    perSecond: 50,
  });
  expect(outlookOf({ ...moving, lags: lags([4_000, 3_000, 2_000, 1_000]) })).toEqual({ kind: "drains", inMs: 10_000 });
});

test("a group that has lag and commits nothing for a minute stands still since it last moved", () => {
  const still = { consumedPerSecond: 0, movedAt: start + 10, seenAt: start, lags: lags([5, 5, 5, 5, 5, 5, 5, 5]) };
  expect(outlookOf(still)).toEqual({ kind: "stands-still", sinceMs: (start + 10) * 1_000 });
  expect(outlookOf({ ...still, lags: lags([5, 5, 5, 5]) }).kind).not.toBe("stands-still");
});
