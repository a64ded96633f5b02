import { expect, test } from "vitest";
import { chartedPartitions, partitionLags } from "@/components/groups/partition-lags";
import type { GroupDetail } from "@/lib/contracts/groups";

function detail(lags: readonly (number | null)[], attention: GroupDetail["attention"] = null): GroupDetail {
  return {
    groupId: "billing",
    protocol: "classic",
    protocolType: "consumer",
    state: "Stable",
    coordinator: 1,
    members: 1,
    hosts: 1,
    topics: ["orders"],
    lagMessages: 0,
    lagTime: null,
    hasCommitted: true,
    producedPerSecond: null,
    findings: [],
    consumedPerSecond: null,
    lags: [],
    outlook: { kind: "unknown" },
    attention,
    readAtMs: 0,
    generation: null,
    assignor: "range",
    memberList: [{ memberId: "m-1", instanceId: null, clientId: "billing-1", host: "/10.0.0.7", assignment: [] }],
    partitions: lags.map((lagMessages, partition) => ({
      topic: "orders",
      partition,
      committedOffset: "0",
      startOffset: "0",
      endOffset: "0",
      lagMessages,
      memberId: partition === 0 ? "m-1" : null,
      metadata: null,
      lagMs: null,
      lagMsFault: null,
      lastCommitMs: null,
      commitEveryMs: null,
      stuckSinceMs: null,
      movedAtMs: null,
      state: partition === 0 ? "reading" : "unassigned",
    })),
    trendStepMs: 60_000,
    problems: [],
  };
}

test("a partition is shown with its reader, and its lag beside the largest", () => {
  const [first, second] = partitionLags(detail([50, 100]));
  expect(first).toMatchObject({ key: "orders/0", client: "billing-1", host: "10.0.0.7", lagShare: 0.5 });
  expect(second).toMatchObject({ client: "", lagShare: 1, note: { text: "nobody reads it" } });
});

test("only in a group in trouble do partitions stand out, and none when all are alike", () => {
  const odd = (lags: readonly (number | null)[], isTroubled: boolean) =>
    partitionLags(detail(lags, isTroubled ? { severity: "critical", text: "Committed nothing." } : null)).map(
      ({ isOdd }) => isOdd,
    );
  expect(odd([10, 12, 500], false)).toEqual([false, false, false]);
  expect(odd([10, 12, 500, null], true)).toEqual([false, false, true, false]);
  expect(odd([0, 0, 500], true)).toEqual([false, false, true]);
  expect(odd([90, 100, 110], true)).toEqual([false, false, false]);
  expect(odd([500], true)).toEqual([false]);
});

test("a chart draws the partitions that make up the lag, in the order of their names", () => {
  const keys = (lags: number[]) => chartedPartitions(partitionLags(detail(lags))).map(({ key }) => key);
  expect(keys([150, 1, 900])).toEqual(["orders/0", "orders/2"]);
  expect(keys([10, 20, 30, 40, 50])).toEqual(["orders/1", "orders/2", "orders/3", "orders/4"]);
  expect(keys([0, 0])).toEqual([]);
  expect(keys([5])).toEqual([]);
});
