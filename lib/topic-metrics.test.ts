import { expect, test } from "vitest";
import { historySeriesMax } from "@/lib/contracts/history";
import type { TopicGroups } from "@/lib/contracts/groups";
import { longestLagTime, summedLag, topicMetrics } from "@/lib/topic-metrics";

function reader(groupId: string, partitions: number): TopicGroups["groups"][number] {
  return {
    groupId,
    protocol: "classic",
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
    attention: null,
    readAtMs: 0,
    partitions: Array.from({ length: partitions }, (_, partition) => ({
      topic: "orders",
      partition,
      committedOffset: null,
      startOffset: null,
      endOffset: null,
      lagMessages: null,
      memberId: null,
      metadata: null,
      lagMs: null,
      lagMsFault: null,
      lastCommitMs: null,
      commitEveryMs: null,
      stuckSinceMs: null,
      movedAtMs: null,
      state: "reading",
    })),
  };
}

test("a few groups are asked for partition by partition, in one question whatever their order", () => {
  const metrics = topicMetrics("orders", [reader("b", 3), reader("a", 2)]);
  expect(metrics.groups.map(({ groupId, parts }) => [groupId, parts.length])).toEqual([
    ["a", 2],
    ["b", 3],
  ]);
  expect(metrics.series).toHaveLength(14);
  expect(metrics).toEqual(topicMetrics("orders", [reader("a", 2), reader("b", 3)]));
});

test("many groups or partitions are drawn as one", () => {
  for (const readers of [[reader("a", 96)], Array.from({ length: 6 }, (_, i) => reader(`g${i}`, 1))]) {
    const { series, groups } = topicMetrics("orders", readers);
    expect(groups).toEqual([]);
    expect(series.length).toBeLessThanOrEqual(historySeriesMax);
  }
});

test("a group's lag is the sum of the partitions that were measured, and in time that of the oldest", () => {
  const lines: Record<string, (number | null)[]> = { "orders/0": [1, null, null], "orders/1": [2, 3, null] };
  const frame = {
    times: [1, 2, 3],
    stepMs: 1,
    fromMs: 0,
    toMs: 3,
    valuesOf: (_kind: string, _name = "", part = "") => lines[part] ?? [],
  };
  expect(summedLag(frame, { groupId: "a", parts: ["orders/0", "orders/1"] })).toEqual([3, 3, null]);
  expect(longestLagTime(frame, { groupId: "a", parts: ["orders/0", "orders/1"] })).toEqual([2, 3, null]);
});
