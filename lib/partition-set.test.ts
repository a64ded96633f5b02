import { expect, test } from "vitest";
import { formatPartitionSet, parsePartitionSet } from "@/lib/partition-set";

test("partitions are written as numbers and ranges", () => {
  expect(parsePartitionSet("0-3, 7,2")).toEqual([0, 1, 2, 3, 7]);
  expect(parsePartitionSet(" all ")).toBeNull();
  expect(parsePartitionSet("")).toBeNull();
  for (const wrong of ["a", "3-1", "1,", "-1", "0-99999999", "1 2"]) expect(parsePartitionSet(wrong)).toBeUndefined();
});

test("partitions are told in ranges", () => {
  expect(formatPartitionSet([7, 0, 1, 2, 2, 9, 10])).toBe("0-2, 7, 9, 10");
  expect(formatPartitionSet([])).toBe("");
});
