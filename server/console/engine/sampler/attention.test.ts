import { describe, expect, test } from "vitest";
import type { TopicMetadata } from "../../../client/metadata-image.ts";
import { AttentionList } from "./attention.ts";
import { brokerStates } from "./broker-states.ts";
import type { ClusterSnapshot } from "./snapshot.ts";

const partition = (
  leaderId: number,
  replicaNodes: number[],
  isrNodes: number[],
  partitionIndex = 0,
): TopicMetadata["partitions"][number] => ({
  errorCode: 0,
  partitionIndex,
  leaderId,
  leaderEpoch: 0,
  replicaNodes,
  isrNodes,
  offlineReplicas: [],
});
const topic = (name: string, ...partitions: TopicMetadata["partitions"]): TopicMetadata => ({
  errorCode: 0,
  name,
  topicId: "AAAAAAAAAAAAAAAAAAAAAQ",
  isInternal: false,
  partitions,
  topicAuthorizedOperations: 0,
});
const node = (id: number) => ({ id, host: "h", port: 9092, rack: null });

const healthy: ClusterSnapshot = {
  readAtMs: 1_764_000_000_000,
  topics: [topic("orders", partition(1, [1, 2, 3], [1, 2, 3]))],
  brokers: [node(1), node(2), node(3)],
  controllerId: 1,
  offsets: null,
  disks: null,
  answers: null,
  minIsr: new Map([["orders", 2]]),
  groups: null,
  problems: [],
};

function found(snapshot: ClusterSnapshot) {
  const list = new AttentionList();
  list.tell(snapshot, new Map());
  return list.current.map(({ severity, subject, text }) => [severity, subject.name, text]);
}

describe("what needs attention", () => {
  test("is nothing on a cluster that is well", () => expect(found(healthy)).toEqual([]));

  test("is each topic's worst trouble, in a sentence that says what it does", () => {
    const topics = [
      topic("orders", partition(1, [1, 2, 3], [1]), partition(2, [2, 3, 1], [2, 3, 1], 1)),
      topic("payments", partition(-1, [2], [])),
      topic("views", partition(1, [1, 2], [1])),
    ];
    expect(found({ ...healthy, topics })).toEqual([
      ["critical", "payments", "has 1 partition without a leader. Nobody can write or read there."],
      ["critical", "orders", "has 1 partition below min ISR. Producers with acks=all are refused."],
      ["warning", "views", "has 1 partition under-replicated. One more broker lost may stop producers."],
    ]);
  });

  test("is summed up where many topics have the same trouble", () => {
    const topics = Array.from({ length: 40 }, (_, index) => topic(`t${index}`, partition(1, [1, 2], [1])));
    const text = "have under-replicated partitions. One more broker lost may stop producers.";
    expect(found({ ...healthy, topics })).toEqual([["warning", "40 topics", text]]);
  });

  test("is a broker that left, one that is silent, and a disk that is nearly full", () => {
    const problem = { code: "timed-out" as const, title: "t", detail: "d", facts: [], retryable: true };
    const disk = { sizeBytes: 1, replicas: 1, totalBytes: 1_000, usableBytes: 30 };
    const snapshot: ClusterSnapshot = {
      ...healthy,
      brokers: [node(1), node(2)],
      answers: { value: new Map([[2, { problem }]]), readAtMs: healthy.readAtMs },
      disks: { value: { brokers: new Map([[1, disk]]), topics: new Map() }, readAtMs: healthy.readAtMs },
    };
    expect(found(snapshot)).toEqual([
      ["critical", "2", "does not answer this console. It has a replica of 1 partition."],
      ["critical", "3", "has left the cluster. It has a replica of 1 partition."],
      ["critical", "1", "has 30 B left on its disks, of 1.00 KB. A full disk stops it."],
    ]);
    expect(brokerStates(snapshot).map(({ id, state }) => [id, state])).toEqual([
      [1, "running"],
      [2, "silent"],
      [3, "gone"],
    ]);
  });

  test("names what ends it: the broker that is missed, an election where nobody in sync is left, room on a disk", () => {
    const topics = [
      topic("orders", partition(1, [1, 2, 3], [1, 2]), partition(2, [2, 3, 1], [2, 1], 1)),
      topic("payments", partition(-1, [2, 4], [4])),
      topic("views", partition(-1, [1, 2], [1, 2], 7)),
    ];
    const disk = { sizeBytes: 1, replicas: 1, totalBytes: 1_000, usableBytes: 30 };
    const disks = { value: { brokers: new Map([[1, disk]]), topics: new Map() }, readAtMs: healthy.readAtMs };
    const list = new AttentionList();
    list.tell({ ...healthy, topics, disks }, new Map());
    expect(Object.fromEntries(list.current.map(({ key, remedy }) => [key, remedy]))).toMatchObject({
      "under-replicated/orders": { kind: "see-broker", broker: 3 },
      "offline/payments": { kind: "see-broker", broker: 4 },
      "offline/views": { kind: "elect-uncleanly", topic: "views", partitions: [7] },
      "disk/1": { kind: "move-replicas", broker: 1 },
    });
  });

  test("keeps the time at which it was first seen until it is over", () => {
    const list = new AttentionList();
    const watch = new Map();
    const bad = { ...healthy, brokers: [node(1), node(2)] };
    list.tell(bad, watch);
    list.tell({ ...bad, readAtMs: bad.readAtMs + 10_000 }, watch);
    expect(list.current[0]?.sinceMs).toBe(bad.readAtMs);
    list.tell(healthy, watch);
    list.tell({ ...bad, readAtMs: bad.readAtMs + 30_000 }, watch);
    expect(list.current[0]?.sinceMs).toBe(bad.readAtMs + 30_000);
  });
});
