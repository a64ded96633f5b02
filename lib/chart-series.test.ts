import { describe, expect, test } from "vitest";
import { byLastValue, chartRows, type ChartSeries, extentOf, lastValue, linesOf, withOthers } from "@/lib/chart-series";
import { historyFrame } from "@/lib/history-frame";

const values: Record<string, readonly (number | null)[]> = { a: [1, 2, 3], b: [10, null, 30] };
const lines = linesOf(["b", "a"], (name) => values[name] ?? []);
const frame = { times: [20, 40, 60], stepMs: 20, fromMs: 0, toMs: 60, valuesOf: () => [] };

describe("lines", () => {
  test("keep their colours whatever the order of names", () => {
    expect(lines.map(({ key, color }) => [key, color])).toEqual([
      ["a", "--chart-1"],
      ["b", "--chart-2"],
    ]);
  });

  test("are followed by what the total has beyond them", () => {
    const all = withOthers(lines, [20, 20, null]);
    expect(all.at(-1)).toMatchObject({ label: "others", values: [9, 18, null], isRest: true });
  });

  test("stand alone when they are the whole, give or take a hundredth", () => {
    expect(withOthers(lines, [11, 2, 33])).toBe(lines);
    expect(withOthers(lines, [11.1, null, 30])).toBe(lines);
  });

  test("stand in the legend by their last value, the rest at the end", () => {
    const all = withOthers(lines, [1_000, 1_000, 1_000]);
    expect(byLastValue(all, frame).map(({ line, last }) => [line.key, last])).toEqual([
      ["b", 30],
      ["a", 3],
      ["others", 967],
    ]);
  });
});

describe("the last value", () => {
  const times = [20, 40, 60, 80, 100];
  test("may be some steps old", () =>
    expect(lastValue([1, 2, 7, null, null], { times, stepMs: 20, toMs: 100 })).toBe(7));
  test("is none when it is older: it is not passed off as new", () =>
    expect(lastValue([7, null, null, null, null], { times, stepMs: 20, toMs: 100 })).toBeNull());
});

describe("rows", () => {
  test("keep holes in lines, and fill them in areas where anything was measured", () => {
    const holed: ChartSeries[] = [
      { key: "a", label: "a", color: "--chart-1", values: [null, 2] },
      { key: "b", label: "b", color: "--chart-2", values: [null, null] },
    ];
    expect(chartRows(holed, [20, 40], false)).toEqual([
      { time: 20, v0: null, v1: null },
      { time: 40, v0: 2, v1: null },
    ]);
    expect(chartRows(holed, [20, 40], true)[0]).toEqual({ time: 20, v0: null, v1: null });
    expect(chartRows(holed, [20, 40], true)[1]).toEqual({ time: 40, v0: 2, v1: 0 });
  });

  test("reach as high as their sum when they are stacked", () => {
    expect(extentOf(lines, false)).toEqual({ max: 30, isWhole: true });
    expect(extentOf(lines, true)).toEqual({ max: 33, isWhole: true });
  });
});

describe("a frame", () => {
  const answer = (points: (number | null)[]) => ({
    stepMs: 20_000,
    times: points.map((_, i) => (i + 1) * 20_000),
    series: [{ kind: "cluster-lag" as const, name: "", part: "", values: points }],
    problem: null,
    keptSinceMs: 0,
    readAtMs: points.length * 20_000 - 5_000,
  });
  const from = (first: number) => Array.from({ length: 180 }, (_, i) => (i < first ? null : i));

  test("begins where something was measured, and ends now", () => {
    const young = historyFrame(answer(from(150)));
    expect(young.fromMs).toBe(3_000_000);
    expect(young.times.at(0)).toBe(3_020_000);
    expect(young.toMs).toBe(3_595_000);
    expect(young.valuesOf("cluster-lag")).toHaveLength(young.times.length);
    expect(young.valuesOf("cluster-lag").at(-1)).toBe(179);
  });

  test("is five minutes long at least, and all of it when there is more, or nothing", () => {
    expect(historyFrame(answer(from(178))).fromMs).toBe(3_300_000);
    expect(historyFrame(answer(from(0))).fromMs).toBe(0);
    expect(historyFrame(answer(from(180))).fromMs).toBe(0);
  });

  test("has holes only for a series that was not asked for", () =>
    expect(new Set(historyFrame(answer([1, 2])).valuesOf("cluster-size"))).toEqual(new Set([null])));
});
