import { expect, test } from "vitest";
import { assignedTopics, assignmentGridRows } from "@/components/groups/assignment-grid-rows";
import type { GroupMember, GroupPartition } from "@/lib/contracts/groups";

const member = (memberId: string, clientId: string, orders: readonly number[] | null): GroupMember => ({
  ...{ memberId, clientId, instanceId: null, host: "/10.0.0.1" },
  assignment: orders && [{ topic: "orders", partitions: [...orders] }],
});

const partition = (topic: string, number: number, lagMessages: number | null): GroupPartition => ({
  ...{ topic, partition: number, lagMessages, state: "reading", memberId: null, metadata: null },
  ...{ committedOffset: "1", startOffset: "0", endOffset: "9", lagMs: null, lagMsFault: null },
  ...{ lastCommitMs: null, commitEveryMs: null, stuckSinceMs: null, movedAtMs: null },
});

test("each member has a line, and what nobody reads has one too", () => {
  const memberList = [member("m2", "b", [1]), member("m1", "a", [0]), member("m3", "c", [])];
  const partitions = [
    partition("orders", 2, 7),
    partition("orders", 0, 3),
    partition("orders", 1, null),
    partition("pays", 0, 99),
  ];
  const grid = assignmentGridRows({ memberList, partitions }, "orders");
  expect(grid.partitions).toEqual([0, 1, 2]);
  expect(grid.largest).toBe(7);
  expect(grid.rows.map(({ label, isNobody, lags }) => [label, isNobody, [...lags]])).toEqual([
    ["a", false, [[0, 3]]],
    ["b", false, [[1, null]]],
    ["c", false, []],
    ["nobody", true, [[2, 7]]],
  ]);
  expect(assignedTopics({ partitions })).toEqual(["orders", "pays"]);
});

test("a partition that two members of a share group read stands in both lines", () => {
  const memberList = [member("m1", "a", [0]), member("m2", "a", [0])];
  const grid = assignmentGridRows({ memberList, partitions: [partition("orders", 0, 0)] }, "orders");
  expect(grid.rows.map(({ key, lags }) => [key, [...lags.keys()]])).toEqual([
    ["m1", [0]],
    ["m2", [0]],
  ]);
});
