import { expect, test } from "vitest";
import { coordinatorPartition, javaHashCode } from "./java-hash-code.ts";

test.each([
  ["", 0],
  ["a", 97],
  ["g1", 3_242],
  ["polygenelubricants", -2_147_483_648],
])("the hash of %j is Java's", (text, hash) => {
  expect(javaHashCode(text)).toBe(hash);
});

test.each(["my-group", "grüße", "𝒢", "x".repeat(1_000)])("the hash of %j is the sum in 32 bits", (text) => {
  let hash = 0n;
  for (const unit of text.split("")) hash = BigInt.asIntN(32, hash * 31n + BigInt(unit.charCodeAt(0)));
  expect(javaHashCode(text)).toBe(Number(hash));
});

test("the partition is the one that Apache Kafka was seen to take", () => {
  expect(coordinatorPartition("g1", 50)).toBe(42);
});

test("the smallest hash counts as 0", () => {
  expect(coordinatorPartition("polygenelubricants", 50)).toBe(0);
});
