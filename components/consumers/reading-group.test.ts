import { describe, expect, test } from "vitest";
import {
  firstPartitions,
  memberName,
  partitionsAtOnce,
  readingGroups,
  type TopicGroup,
} from "@/components/consumers/reading-group";

function group(
  groupId: string,
  lags: readonly (number | null)[],
  attention: TopicGroup["attention"] = null,
): TopicGroup {
  return {
    groupId,
    protocol: "classic",
    state: "Stable",
    coordinator: 1,
    members: 1,
    hosts: 1,
    topics: ["orders"],
    lagMessages: null,
    lagTime: null,
    hasCommitted: true,
    producedPerSecond: null,
    findings: [],
    consumedPerSecond: null,
    lags: [],
    outlook: { kind: "unknown" },
    attention,
    readAtMs: 0,
    partitions: lags.map((lagMessages, partition) => ({
      topic: "orders",
      partition,
      committedOffset: "0",
      startOffset: "0",
      endOffset: "0",
      lagMessages,
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

describe("groups that read a topic", () => {
  const late = group("late", [10, 1], { severity: "warning", text: "Falls behind." });
  const groups = readingGroups([group("idle", [null]), group("busy", [40, 0]), late]);

  test("stand with those in trouble first, then by lag", () =>
    expect(groups.map((one) => [one.group.groupId, one.lag])).toEqual([
      ["late", 11],
      ["busy", 40],
      ["idle", null],
    ]));

  test("have bars of one scale, and mark what holds back a group in trouble", () => {
    const bars = groups.map(({ partitions }) => partitions.map(({ share, isBehind }) => [share, isBehind]));
    expect(bars).toEqual([
      [
        [0.25, true],
        [0.025, false],
      ],
      [
        [1, false],
        [0, false],
      ],
      [[0, false]],
    ]);
  });
});

test("of many partitions those with the largest lag are shown first", () => {
  const [many] = readingGroups([
    group(
      "many",
      Array.from({ length: 40 }, (_, i) => i),
    ),
  ]);
  const first = firstPartitions(many?.partitions ?? []);
  expect(first).toHaveLength(partitionsAtOnce);
  expect(first[0]?.partition).toBe(39);
});

test("a member is named without its random part", () => {
  expect(memberName("billing-1-0b2f0c64-5a0e-4d5c-9d5e-1a2b3c4d5e6f")).toBe("billing-1");
  expect(memberName("VGhpcyBpcyBhIG1lbWJlcg")).toBe("VGhpcyBpcyBhIG1lbWJlcg");
});
