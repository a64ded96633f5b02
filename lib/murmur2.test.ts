import { expect, test } from "vitest";
import { murmur2, partitionForKey } from "@/lib/murmur2";

// The cases of Kafka's own UtilsTest.
test.each([
  ["21", -973932308],
  ["foobar", -790332482],
  ["a-little-bit-long-string", -985981536],
  ["a-little-bit-longer-string", -1486304829],
  ["lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8", -58897971],
  ["abc", 479470107],
])("murmur2 of %s is %d, as in Kafka", (text, hash) => expect(murmur2(new TextEncoder().encode(text))).toBe(hash));

test("a key's partition is its positive hash modulo the partitions", () => {
  expect(partitionForKey(new TextEncoder().encode("foobar"), 12)).toBe((-790332482 & 0x7fffffff) % 12);
});
