import fc from "fast-check";
import { expect, test } from "vitest";
import { packPoints, unpackPoints } from "./point-codec.ts";

const start = 1_764_000_000;
const limit = 2 ** 51;

test("points come back as they went", () => {
  const arbitrary = fc.array(
    fc.tuple(fc.constantFrom(0, 10, 11, 100_000), fc.oneof(fc.constant(5), fc.integer({ min: -limit, max: limit }))),
  );
  fc.assert(
    fc.property(arbitrary, (steps) => {
      let at = start;
      const points = steps.map(([step, value]) => ({ at: (at += step), value }));
      expect(unpackPoints(packPoints(points, start), start)).toEqual(points);
    }),
  );
});

test("a value that stands still or grows evenly takes next to nothing", () => {
  for (const growth of [0, 50]) {
    const points = Array.from({ length: 360 }, (_, index) => ({
      at: start + index * 10,
      value: 5_000_000 + index * growth,
    }));
    expect(packPoints(points, start).length).toBeLessThan(16);
    expect(unpackPoints(packPoints(points, start), start)).toEqual(points);
  }
});

test("a value that sways a little takes a byte a point", () => {
  const points = Array.from({ length: 360 }, (_, index) => ({
    at: start + index * 10,
    value: 5_000_000 + ((index * 7) % 29),
  }));
  expect(packPoints(points, start).length).toBeLessThan(360 + 16);
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
