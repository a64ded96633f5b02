import { describe, expect, test } from "vitest";
import { chartRanges, historyQueryOf, rangesFor } from "@/lib/chart-range";
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
