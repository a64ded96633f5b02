import { expect, test } from "vitest";
import { brokerStop, impactOfStop, stateForStop } from "./broker-stop.ts";

type Snapshot = Parameters<typeof brokerStop>[0];
type Partition = Snapshot["topics"][number]["partitions"][number];

function partition(leaderId: number, isrNodes: number[], replicaNodes = isrNodes): Partition {
  return {
    errorCode: 0,
    partitionIndex: 0,
    leaderId,
    leaderEpoch: 0,
    replicaNodes,
    isrNodes,
    offlineReplicas: [],
  };
}

function snapshot(partitions: Partition[], minIsr: number, brokerIds = [1, 2, 3]): Snapshot {
  const topic = {
    errorCode: 0,
    name: "orders",
    topicId: "t",
    isInternal: false,
    partitions,
    topicAuthorizedOperations: 0,
  };
  return {
    topics: [topic],
    minIsr: new Map([["orders", minIsr]]),
    brokers: brokerIds.map((id) => ({ id, host: "127.0.0.1", port: 9092, rack: null })),
    groups: null,
  };
}

test("leaders with another replica in sync move, and nobody is cut off", () => {
  const stop = brokerStop(snapshot([partition(1, [1, 2, 3]), partition(2, [2, 3, 1])], 2), 1);
  expect(stop).toMatchObject({ leaders: 1, offline: 0, refused: 0, thinner: 2 });
  expect(impactOfStop(stop).map(({ severity }) => severity)).toEqual(["warning", "info"]);
});

test("partitions with no other replica in sync go offline, those that fall below min ISR refuse acks=all", () => {
  const stop = brokerStop(snapshot([partition(1, [1], [1, 2, 3]), partition(1, [1, 2], [1, 2, 3])], 2), 1);
  expect(stop).toMatchObject({ leaders: 1, offline: 1, refused: 1 });
  expect(impactOfStop(stop).map(({ severity }) => severity)).toEqual(["critical", "critical", "warning", "info"]);
});

test("min ISR never asks for more than the replication factor", () => {
  expect(brokerStop(snapshot([partition(1, [1, 2], [1, 2])], 3), 1).refused).toBe(1);
  expect(brokerStop(snapshot([partition(1, [1, 2], [1, 2])], 1), 1).refused).toBe(0);
});

test("of the last broker nothing else matters", () => {
  const stop = brokerStop(snapshot([partition(1, [1])], 1, [1]), 1);
  expect(impactOfStop(stop)).toEqual([
    { severity: "critical", text: "It is the only broker: nobody can reach the cluster until it is started again." },
  ]);
});

test("a plan holds while leaders move, and no longer when more would be cut off", () => {
  const before = stateForStop(brokerStop(snapshot([partition(1, [1, 2, 3]), partition(2, [1, 2, 3])], 2), 1));
  const moved = stateForStop(brokerStop(snapshot([partition(3, [1, 2, 3]), partition(2, [1, 2, 3])], 2), 1));
  const worse = stateForStop(brokerStop(snapshot([partition(3, [1, 3], [1, 2, 3]), partition(2, [1, 2, 3])], 2), 1));
  expect(moved).toEqual(before);
  expect(worse).not.toEqual(before);
});
