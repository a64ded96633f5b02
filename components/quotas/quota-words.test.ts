import { expect, test } from "vitest";
import { entityText, isQuota, keysFor, quotaText } from "@/components/quotas/quota-words";

test("values carry their unit", () => {
  expect(quotaText("producer_byte_rate", 1_048_576)).toBe("1.05 MB/s");
  expect(quotaText("request_percentage", 50)).toBe("50%");
  expect(quotaText("controller_mutation_rate", 0.5)).toBe("0.5 partitions/s");
  expect(quotaText("connection_creation_rate", 5)).toBe("5/s");
});

test("an address limits only connections, and nothing else does", () => {
  expect(keysFor({ ip: "10.0.0.1" })).toEqual(["connection_creation_rate"]);
  expect(keysFor({ user: null })).not.toContain("connection_creation_rate");
});

test("the default is told from whoever", () => {
  expect([entityText("alice"), entityText(null), entityText(undefined)]).toEqual(["alice", "default", "any"]);
});

test("a quota is a number above 0, and nothing is none", () => {
  expect(["", " ", "0.5", " 2 "].filter((text) => !isQuota(text))).toEqual([]);
  expect(["0", "-1", "1,5", "Infinity", "1e400"].filter(isQuota)).toEqual([]);
});
