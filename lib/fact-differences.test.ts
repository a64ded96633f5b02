import { expect, test } from "vitest";
import { differences } from "@/lib/fact-differences";

test("only what differs is told, by name, and what is not there is null", () => {
  const before = { "retention.ms": "1000", partitions: "3", id: "a" };
  const after = { "retention.ms": "2000", partitions: "3", "cleanup.policy": "compact", note: null };
  expect(differences(before, after)).toEqual([
    { name: "cleanup.policy", before: null, after: "compact" },
    { name: "id", before: "a", after: null },
    { name: "retention.ms", before: "1000", after: "2000" },
  ]);
});
