import { expect, test } from "vitest";
import {
  connectText,
  groupHealth,
  groupState,
  hostText,
  outlookText,
  partitionNote,
} from "@/components/groups/group-words";
import type { GroupSummary } from "@/lib/contracts/groups";

const group: GroupSummary = {
  groupId: "billing",
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
  consumedPerSecond: 0,
  lags: [],
  outlook: { kind: "keeps-up" },
  attention: null,
  readAtMs: 1_000_000,
};

test("what is wrong with a group is its mark, by how bad it is", () => {
  const text = "Committed nothing for 3 min; 20 messages wait.";
  expect(groupHealth({ ...group, attention: { severity: "critical", text } }, 1_000_000)).toEqual({
    kind: "bad",
    text,
  });
  expect(groupHealth({ ...group, attention: { severity: "warning", text } }, 1_000_000).kind).toBe("warn");
  expect(groupHealth(group, 1_005_000)).toEqual({ kind: "ok", text: "Healthy" });
});

test("values of a group whose coordinator is silent are never told as new", () => {
  expect(groupHealth(group, 1_090_000)).toEqual({
    kind: "idle",
    text: "Its coordinator does not answer: values are 2 min old.",
  });
});

test("a rebalance is one word, whatever Kafka calls its steps", () => {
  expect(["PreparingRebalance", "CompletingRebalance"].map((state) => groupState(state).text)).toEqual([
    "Rebalancing",
    "Rebalancing",
  ]);
  expect(groupState("Stable")).toEqual({ kind: "ok", text: "Stable" });
  expect(groupState("Empty")).toEqual({ kind: "idle", text: "Empty" });
});

test("the outlook is told in words", () => {
  expect(outlookText({ kind: "keeps-up" }, 0)).toBe("keeps up");
  expect(outlookText({ kind: "drains", inMs: 180_000 }, 0)).toBe("drains in 3 min");
  expect(outlookText({ kind: "falls-behind", perSecond: 222 }, 0)).toBe("falls behind by 222/s");
  expect(outlookText({ kind: "falls-behind", perSecond: 0.3 }, 0)).toBe("falls behind by 0.3/s");
  expect(outlookText({ kind: "stands-still", sinceMs: 1_000 }, 121_000)).toBe("stands still for 2 min");
  expect(outlookText({ kind: "stands-still", sinceMs: 1_000 }, 0)).toBe("stands still");
  expect(outlookText({ kind: "unknown" }, 0)).toBe("");
});

test("a partition that is read has no note, a deleted topic has one", () => {
  expect(partitionNote({ state: "reading" }).text).toBe("");
  expect(partitionNote({ state: "topic-deleted" })).toEqual({ kind: "idle", text: "the topic is deleted" });
});

test("a host loses the slash that brokers put before it", () => {
  expect(hostText("/127.0.0.1")).toBe("127.0.0.1");
  expect(hostText("client.example")).toBe("client.example");
});

test("a group of a connector or of its workers is said to be one", () => {
  expect(connectText("connect-orders-sink", "consumer")).toBe("sink connector orders-sink");
  expect(connectText("connect-cluster", "connect")).toBe("workers of Kafka Connect");
  expect(connectText("connect-", "")).toBeUndefined();
  expect(connectText("billing", "consumer")).toBeUndefined();
});
