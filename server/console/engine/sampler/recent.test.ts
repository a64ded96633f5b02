import { expect, test } from "vitest";
import { Recent } from "./recent.ts";

function counted(...points: readonly (readonly [number, number])[]): Recent {
  const recent = new Recent();
  for (const [at, value] of points) recent.add("orders", at, value);
  return recent;
}

test("a rate is told from what was read lately", () => {
  const recent = counted([100, 10], [110, 30], [120, 50]);
  expect(recent.rate("orders", 60, 120)).toBe(2);
  expect(recent.rate("orders", 60, 145)).toBe(2);
});

test("a counter that was not read for some sweeps has no rate now", () => {
  expect(counted([100, 10], [110, 30]).rate("orders", 60, 141)).toBeNull();
});

test("one point, a break and a new beginning are no rate", () => {
  expect(counted([100, 10]).rate("orders", 60, 100)).toBeNull();
  expect(counted([100, 10], [300, 30]).rate("orders", 60, 300)).toBeNull();
  expect(counted([100, 30], [110, 10]).rate("orders", 60, 110)).toBeNull();
});
