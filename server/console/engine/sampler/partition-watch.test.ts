import { expect, test } from "vitest";
import { PartitionWatch, STUCK_AFTER } from "./partition-watch.ts";
import type { ClusterSnapshot } from "./snapshot.ts";

function sweep(at: number, offset: number, end: number): ClusterSnapshot {
  const readAtMs = at * 1_000;
  const group = {
    groupId: "readers",
    coordinator: 1,
    type: "classic",
    state: "Stable",
    protocolType: "consumer",
    epoch: null,
    assignor: "range",
    members: [],
    offsets: [{ topic: "orders", partition: 7, offset, leaderEpoch: 0, metadata: null }],
    readAtMs,
    lagOf: new Map([["orders/7", end - offset]]),
    lagMessages: end - offset,
  };
  return {
    readAtMs,
    topics: [],
    brokers: [],
    controllerId: 1,
    offsets: { value: new Map([["orders", new Map([[7, { start: 0, end }]])]]), readAtMs },
    disks: null,
    answers: null,
    minIsr: new Map(),
    groups: { value: new Map([["readers", group]]), readAtMs },
    problems: [],
  };
}

test("a partition is stuck when its offset stands still while more comes in, and free once it moves", () => {
  const watch = new PartitionWatch();
  const stuck = (end: number, offset: number) => watch.stuckSince("readers", "orders/7", { end, lag: end - offset });
  watch.tell(sweep(1_000, 40, 40));
  watch.tell(sweep(1_010, 42, 45));
  expect(watch.stand("readers", "orders/7")).toMatchObject({ since: 1_010, isMovementSeen: true });
  watch.tell(sweep(1_010 + STUCK_AFTER - 1, 42, 50));
  expect(stuck(50, 42)).toBeNull();
  watch.tell(sweep(1_010 + STUCK_AFTER, 42, 50));
  expect(stuck(50, 42)).toBe(1_010);
  // The end has not grown since: nobody is kept waiting longer than before.
  expect(stuck(45, 42)).toBeNull();
  watch.tell(sweep(1_200, 43, 60));
  expect(stuck(60, 43)).toBeNull();
});
