import { expect, test } from "vitest";
import { ReadMemory } from "./read-memory.ts";

test("what was given back is taken again, where it is large enough", () => {
  const memory = new ReadMemory();
  const small = memory.take(200_000);
  const large = memory.take(2_000_000);
  memory.give(large);
  memory.give(small);
  // Compared here: the buffers are too large to be shown.
  expect(memory.take(1_500_000) === large).toBe(true);
  expect(memory.take(200_001) === small).toBe(true);
  expect(memory.take(200_000) === small).toBe(false);
});

test("no more is kept than its bound, and nothing very large", () => {
  const memory = new ReadMemory();
  const many = Array.from({ length: 12 }, () => memory.take(2_000_000));
  for (const one of many) memory.give(one);
  const again = Array.from({ length: 12 }, () => memory.take(2_000_000));
  expect(again.filter((one) => many.includes(one))).toHaveLength(8);
  const huge = memory.take(50_000_000);
  memory.give(huge);
  expect(memory.take(50_000_000) === huge).toBe(false);
});
