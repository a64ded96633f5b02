import { expect, test } from "vitest";
import { shareOfKeysThatMove } from "@/lib/key-moves";
import { partitionForKey } from "@/lib/murmur2";

test.each([
  [3, 6],
  [3, 4],
  [4, 6],
  [1, 12],
  [12, 12],
])("from %i to %i partitions as many keys move as the partitioner moves", (before, after) => {
  const keys = Array.from({ length: 20_000 }, (_, index) => new TextEncoder().encode(`key-${index}`));
  const moved = keys.filter((key) => partitionForKey(key, before) !== partitionForKey(key, after)).length;
  expect(shareOfKeysThatMove(before, after)).toBeCloseTo(moved / keys.length, 1);
});
