import { expect, test } from "vitest";
import { activeRows, directoryRows } from "@/components/reassign/active-rows";
import type { ActiveMove } from "@/lib/contracts/reassignment";

const move = (over: Partial<ActiveMove>): ActiveMove => ({
  topic: "orders",
  partition: 0,
  leader: 1,
  replicas: [1, 2, 3],
  adding: [3],
  removing: [2],
  sizeBytes: 1_000,
  copiedBytes: 400,
  ratePerSecond: 100,
  away: [],
  ...over,
});

test("tells how much is copied and what is left, for all new replicas together", () => {
  expect(activeRows([move({})])[0]).toMatchObject({ share: 0.4, leftMs: 6_000, trouble: null });
  expect(activeRows([move({ adding: [3, 4], copiedBytes: 1_500 })])[0]).toMatchObject({ share: 0.75, leftMs: 5_000 });
  expect(activeRows([move({ sizeBytes: null })])[0]).toMatchObject({ share: null, leftMs: null });
});

test("says why a move stands still or is slow beside the others", () => {
  const told = (over: Partial<ActiveMove>) => activeRows([move({}), move({}), move(over)])[2]?.trouble;
  expect(told({ away: [3] })).toBe("broker 3 is away: nothing is copied");
  expect(told({ leader: null })).toBe("nobody leads it: nothing is copied");
  expect(told({ ratePerSecond: 0 })).toBe("stands still");
  expect(told({ ratePerSecond: 10, leader: 2 })).toBe("slow; broker 2 sends it");
  expect(told({ ratePerSecond: 0, copiedBytes: 1_000 })).toBeNull();
  expect(told({ ratePerSecond: null })).toBeNull();
});

test("tells the same of a copy to another log directory", () => {
  const copy = { broker: 1, topic: "orders", partition: 0, from: "/a", to: "/b", lagMessages: 7 };
  const [half, still, unknown] = directoryRows([
    { ...copy, sizeBytes: 1_000, copiedBytes: 500, ratePerSecond: 100 },
    { ...copy, sizeBytes: 1_000, copiedBytes: 500, ratePerSecond: 0 },
    { ...copy, sizeBytes: null, copiedBytes: 500, ratePerSecond: 100 },
  ]);
  expect(half).toMatchObject({ share: 0.5, leftMs: 5_000, trouble: null });
  expect(still).toMatchObject({ share: 0.5, leftMs: null, trouble: "stands still" });
  expect(unknown).toMatchObject({ share: null, leftMs: null, trouble: null });
});
