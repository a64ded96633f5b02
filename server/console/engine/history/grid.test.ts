import { describe, expect, test } from "vitest";
import { gridOf, rateBetween, ratesOn, valuesOn } from "./grid.ts";

describe("a grid", () => {
  test("has at most the wanted steps, on whole multiples", () => {
    expect(gridOf({ from: 1_003, to: 4_603 }, 60, 10)).toEqual({ start: 960, step: 60, count: 61 });
    expect(gridOf({ from: 1_000, to: 1_100 }, 300, 10)).toEqual({ start: 1_000, step: 10, count: 10 });
    expect(gridOf({ from: 0, to: 2_592_000 }, 300, 300).step).toBe(8_700);
  });
});

const grid = { start: 100, step: 20, count: 3 };

test("a step has its largest value, and null without one", () => {
  const points = [
    { at: 90, value: 9 },
    { at: 100, value: 1 },
    { at: 119, value: 3 },
    { at: 119, value: 2 },
    { at: 140, value: 0 },
    { at: 160, value: 7 },
  ];
  expect(valuesOn(grid, points)).toEqual([3, null, 0]);
});

test("a rate is what was counted since the last point of the step before", () => {
  const points = [
    { at: 90, value: 100 },
    { at: 100, value: 110 },
    { at: 110, value: 140 },
    { at: 150, value: 180 },
  ];
  expect(ratesOn(grid, points, 60)).toEqual([2, null, 1]);
});

test("a counter that began anew or was not read for long has no rate", () => {
  expect(rateBetween({ at: 0, value: 50 }, { at: 10, value: 5 }, 60)).toBeNull();
  expect(rateBetween({ at: 0, value: 50 }, { at: 61, value: 90 }, 60)).toBeNull();
  expect(rateBetween({ at: 0, value: 50 }, { at: 10, value: 90 }, 60)).toBe(4);
});
