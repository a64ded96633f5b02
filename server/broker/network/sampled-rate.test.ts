import { expect, test } from "vitest";
import { SampledRate } from "./sampled-rate.ts";

/** Kafka's defaults: quota.window.num and quota.window.size.seconds. */
const windows = { count: 11, windowMs: 1000 };

test("what came just now is spread over all windows but the newest, so that a client may begin with a burst", () => {
  const rate = new SampledRate(windows);
  rate.record(10_000, 0);
  expect(rate.excessMs(1000, 0)).toBe(0);
  rate.record(10_000, 0);
  expect(rate.excessMs(1000, 0)).toBe(10_000);
});

test("silence counts once its windows are over, as in Kafka", () => {
  const rate = new SampledRate(windows);
  rate.record(12_000, 500);
  const silentMs = rate.excessMs(1000, 500);
  expect(silentMs).toBe(2000);
  expect(rate.excessMs(1000, 500 + silentMs)).toBe(2000);
  expect(rate.excessMs(1000, 500 + 10_999)).toBe(1001);
  expect(rate.excessMs(1000, 500 + 11_000)).toBe(0);
});

test("what is older than all windows counts no more", () => {
  const rate = new SampledRate(windows);
  rate.record(50_000, 0);
  rate.record(5_000, 10_500);
  expect(rate.excessMs(1000, 10_999)).toBeGreaterThan(0);
  expect(rate.excessMs(1000, 11_000)).toBe(0);
  expect(rate.isOver(21_499)).toBe(false);
  expect(rate.isOver(21_500)).toBe(true);
});
