import { expect, test } from "vitest";
import { RateMeter } from "./rate-meter.ts";

test("a rate is a mean that follows the newest seconds, and gives the time left", () => {
  const meter = new RateMeter();
  meter.tell(0, 0);
  expect(meter.perSecond).toBeNull();
  expect(meter.etaMs(0, 100)).toBeNull();
  meter.tell(30, 3_000);
  expect(meter.perSecond).toBe(10);
  expect(meter.etaMs(30, 130)).toBe(10_000);
  meter.tell(90, 6_000);
  expect(meter.perSecond).toBeCloseTo(12);
  expect(meter.rates).toEqual([10, 20]);
  expect(meter.etaMs(90, null)).toBeNull();
});
