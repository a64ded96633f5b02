import { describe, expect, test } from "vitest";
import { brushedSpan, chartRanges, chartTimeOf, historyQueryOf, rangesFor } from "@/lib/chart-range";
import { historyPointsMax } from "@/lib/contracts/history";

const hourMs = 3_600_000;

describe("the ranges on offer", () => {
  test("end with the first that holds all that is kept", () => {
    expect(rangesFor(0, 2 * hourMs, "1h")).toEqual(["15m", "1h", "6h"]);
    expect(rangesFor(0, 40 * 24 * hourMs, "1h")).toEqual(chartRanges);
  });
  test("are two at least, of a console that was just started too", () => {
    expect(rangesFor(null, hourMs, "1h")).toEqual(["15m", "1h"]);
    expect(rangesFor(hourMs - 10_000, hourMs, "15m")).toEqual(["15m", "1h"]);
  });
  test("hold the one of the address, whatever is kept", () =>
    expect(rangesFor(null, hourMs, "30d")).toEqual(["15m", "1h", "30d"]));
});

test("a range is asked for until now, in steps no finer than two samples", () => {
  for (const range of chartRanges) {
    const query = historyQueryOf([], range, 1_764_000_000_000);
    expect(query.toMs).toBe(1_764_000_000_000);
    expect((query.toMs - query.fromMs) / query.points).toBeGreaterThanOrEqual(20_000);
    expect(query.points).toBeLessThanOrEqual(historyPointsMax);
  }
});

test("an address asks for its part of the past, or for its range where that is none", () => {
  expect(chartTimeOf({ range: "6h", start: 1_000, end: 9_000 })).toEqual({ fromMs: 1_000, toMs: 9_000 });
  for (const [start, end] of [
    [null, 9_000],
    [9_000, 1_000],
    [-5, 9],
  ] as const)
    expect(chartTimeOf({ range: "6h", start, end })).toBe("6h");
  expect(historyQueryOf([], { fromMs: 1_000, toMs: 9_000 }, 1_764_000_000_000)).toMatchObject({
    fromMs: 1_000,
    toMs: 9_000,
  });
});

test("what a pointer was dragged over is a part of the past, either way, unless it is a click", () => {
  expect(brushedSpan(100_000, 160_000, 10_000)).toEqual({ fromMs: 90_000, toMs: 160_000 });
  expect(brushedSpan(160_000, 100_000, 10_000)).toEqual({ fromMs: 90_000, toMs: 160_000 });
  expect(brushedSpan(100_000, 110_000, 10_000)).toBeUndefined();
});
