import { expect, test } from "vitest";
import { Cadences } from "./engine/sampler/cadences.ts";
import { LagTimes } from "./engine/sampler/lag-times.ts";
import { PartitionWatch } from "./engine/sampler/partition-watch.ts";
import { groupPartitions } from "./group-partitions.ts";

const member = {
  memberId: "m-1",
  instanceId: null,
  clientId: "app",
  host: "/127.0.0.1",
  assignment: [{ topic: "orders", partitions: [0, 1, 4] }],
};
const offset = (partition: number, value: number, topic = "orders") => ({
  topic,
  partition,
  offset: value,
  leaderEpoch: -1,
  metadata: "",
});

test("each partition says what is odd about it", () => {
  const bounds = new Map([
    [0, { start: 0, end: 100 }],
    [1, { start: 50, end: 60 }],
    [2, { start: 0, end: 9 }],
    [3, { start: 10, end: 20 }],
    [5, { start: 0, end: 5 }],
  ]);
  const found = groupPartitions({
    members: [member],
    offsets: [offset(0, 90), offset(2, 9), offset(3, 4), offset(5, 7), offset(6, 1), offset(0, 3, "gone")],
    topics: new Set(["orders"]),
    boundsOf: (topic, partition) => (topic === "orders" ? bounds.get(partition) : undefined),
    sampler: { partitions: new PartitionWatch(), lagTimes: new LagTimes(), cadences: new Cadences() },
    groupId: "readers",
  });
  expect(
    found.map(({ topic, partition, state, lagMessages, memberId }) => [topic, partition, state, lagMessages, memberId]),
  ).toEqual([
    ["gone", 0, "topic-deleted", null, null],
    ["orders", 0, "reading", 10, "m-1"],
    ["orders", 1, "never-committed", null, "m-1"],
    ["orders", 2, "unassigned", 0, null],
    ["orders", 3, "before-start", 16, null],
    ["orders", 4, "never-committed", null, "m-1"],
    ["orders", 5, "beyond-end", null, null],
    ["orders", 6, "unknown", null, null],
  ]);
});
