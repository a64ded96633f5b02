import fc from "fast-check";
import { expect, test } from "vitest";
import { packPoints, unpackPoints } from "./point-codec.ts";

const start = 1_764_000_000;
const limit = 2 ** 51;

test("points come back as they went", () => {
  const arbitrary = fc.array(fc.tuple(fc.integer({ min: 0, max: 100_000 }), fc.integer({ min: -limit, max: limit })));
  fc.assert(
    fc.property(arbitrary, (steps) => {
      let at = start;
      const points = steps.map(([step, value]) => ({ at: (at += step), value }));
      expect(unpackPoints(packPoints(points, start), start)).toEqual(points);
    }),
  );
});

test("a value that stands still takes two bytes", () => {
  const points = Array.from({ length: 360 }, (_, index) => ({ at: start + index * 10, value: 5_000_000 }));
  expect(packPoints(points, start).length).toBeLessThan(360 * 2 + 5);
});

test("bytes that break off give the points before", () => {
  const points = [
    { at: start, value: 1_000_000 },
    { at: start + 10, value: 2_000_000 },
  ];
  const bytes = packPoints(points, start);
  for (let length = 0; length < bytes.length; length += 1)
    expect(points.slice(0, 1)).toEqual(expect.arrayContaining(unpackPoints(bytes.subarray(0, length), start)));
});
