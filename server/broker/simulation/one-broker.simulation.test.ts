import { expect, test } from "vitest";
import { FAULT_CLASSES } from "./faults.ts";
import { produceAndConsume, produceAndConsumeWorld } from "./scenarios/produce-and-consume.ts";
import { simulate } from "./simulate.ts";

simulate(produceAndConsume, { seeds: 15 });

test("a seed gives the same run twice", async () => {
  const first = await produceAndConsumeWorld("twice", FAULT_CLASSES);
  const second = await produceAndConsumeWorld("twice", FAULT_CLASSES);
  expect(second.summary).toBe(first.summary);
  expect(second.history.acknowledged).toEqual(first.history.acknowledged);
});
