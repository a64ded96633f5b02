import { describe, expect, test } from "vitest";
import { currentTrends, isReadLate, sumOfLines, totalRate } from "@/components/topics/topic-trend";

const trend = {
  messagesPerSecond: 10,
  messages: [9, 10],
  lag: 0,
  lags: [0, 0],
  groups: 1,
  readers: [],
  lastRecordMs: null,
};

describe("readers", () => {
  test("are late when more than a minute's messages wait, and ever more", () => {
    expect(isReadLate({ ...trend, lag: 700, lags: [300, 700] })).toBe(true);
  });
  test("are not when they catch up, when little waits, or when nobody knows", () => {
    expect(isReadLate({ ...trend, lag: 700, lags: [5_000, 700] })).toBe(false);
    expect(isReadLate({ ...trend, lag: 500, lags: [300, 500] })).toBe(false);
    expect(isReadLate({ ...trend, lag: null })).toBe(false);
  });
});

test("rates older than the list are not shown as new ones", () => {
  const trends = {
    stepMs: 120_000,
    topics: { orders: trend, constructor: trend },
    isPartial: false,
    problems: [],
    readAtMs: 100_000,
  };
  expect(currentTrends(trends, 110_000).get("constructor")).toBe(trend);
  expect(currentTrends(trends, 160_000).size).toBe(0);
  expect(currentTrends({ ...trends, readAtMs: null }, 110_000).size).toBe(0);
});

test("totals count what was measured", () => {
  expect(totalRate([trend, { ...trend, messagesPerSecond: null }])).toBe(10);
  expect(totalRate([])).toBeNull();
  expect(
    sumOfLines([
      [1, null, null],
      [2, 3, null],
    ]),
  ).toEqual([3, 3, null]);
});
