import { expect, test } from "vitest";
import { isUncommitted, isUncommittedIn, noLagText } from "@/components/groups/no-lag-text";

test("who has committed nothing has no lag; of who has, it may not be known", () => {
  const waiting = { state: "never-committed" } as const;
  expect(noLagText(isUncommittedIn([waiting, waiting]))).toBe("no commits");
  expect(noLagText(isUncommittedIn([waiting, { state: "unknown" }]))).toBe("unknown");
  expect(noLagText(isUncommittedIn([]))).toBe("unknown");
});

test("a group without topics waits for nothing", () => {
  expect(isUncommitted({ hasCommitted: false, topics: ["orders"] })).toBe(true);
  expect(isUncommitted({ hasCommitted: false, topics: [] })).toBe(false);
  expect(isUncommitted({ hasCommitted: true, topics: ["orders"] })).toBe(false);
});
