import { describe, expect, test } from "vitest";
import { durationTicks, formatTick, tickText, timeTicks, valueTicks } from "@/lib/chart-axis";

describe("ticks of values", () => {
  test.each([
    [48_200, true, [0, 20_000, 40_000, 60_000]],
    [100, false, [0, 25, 50, 75, 100]],
    [3, true, [0, 1, 2, 3]],
    [1, true, [0, 1]],
    [1, false, [0, 0.5, 1]],
    [0.3, false, [0, 0.1, 0.2, 0.3]],
    [0, false, [0]],
  ] as const)("up to %d, whole ones only: %j", (max, isWhole, ticks) =>
    expect(valueTicks(max, isWhole)).toEqual(ticks),
  );

  test("always reach the largest value and never crowd", () => {
    for (let max = 0.013; max < 1e12; max *= 1.7) {
      const ticks = valueTicks(max, false);
      expect(ticks.at(-1)).toBeGreaterThanOrEqual(max * (1 - 1e-9));
      expect(ticks.length).toBeLessThanOrEqual(5);
    }
  });
});

test.each([
  ["3.00k", "3k"],
  ["2.50k", "2.5k"],
  ["1.25 MB", "1.25\u00A0MB"],
  ["10.0 GB", "10\u00A0GB"],
  ["0 B", "0"],
  ["0", "0"],
  ["100", "100"],
  ["40 ms", "40\u00A0ms"],
])("an axis writes %s as %s", (text, short) => expect(tickText(text)).toBe(short));

describe("ticks of time", () => {
  const at = Date.UTC(2026, 10, 22, 9, 41);
  test("stand on round times, away from the ends", () => {
    const { times, stepMs } = timeTicks(at - 3_600_000, at, "utc");
    expect(times.map((time) => formatTick(time, stepMs, "utc"))).toEqual(["08:45", "09:00", "09:15", "09:30"]);
  });
  test("are days when the span is days", () => {
    const { times, stepMs } = timeTicks(at - 7 * 86_400_000, at, "utc");
    expect(times.map((time) => formatTick(time, stepMs, "utc"))).toEqual(["17\u00A0Nov", "19\u00A0Nov", "21\u00A0Nov"]);
  });
});

test("ticks of times are those of clocks", () => {
  expect(durationTicks(87_000)).toEqual([0, 30_000, 60_000, 90_000]);
  expect(durationTicks(50 * 60_000)).toEqual([0, 15, 30, 45, 60].map((minutes) => minutes * 60_000));
  expect(durationTicks(3 * 3_600_000)).toEqual([0, 1, 2, 3].map((hours) => hours * 3_600_000));
  expect(durationTicks(800).at(-1)).toBe(800);
  expect(durationTicks(0)).toEqual([0]);
});
