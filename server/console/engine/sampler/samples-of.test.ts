import { LagTimes } from "./lag-times.ts";
import { expect, test } from "vitest";
import type { GroupFacts } from "../../read-groups.ts";
import type { TopicMetadata } from "../../../client/metadata-image.ts";
import { Counters } from "./counters.ts";
import { lagByTopic, samplesOf } from "./samples-of.ts";
import { type ClusterSnapshot, totalLag, withLag } from "./snapshot.ts";

const readAtMs = 1_764_000_000_000;
const orders: TopicMetadata = {
  errorCode: 0,
  name: "orders",
  topicId: "AAAAAAAAAAAAAAAAAAAAAQ",
  isInternal: false,
  topicAuthorizedOperations: 0,
  partitions: [0, 1].map((partitionIndex) => ({
    errorCode: 0,
    partitionIndex,
    leaderId: 1,
    leaderEpoch: 0,
    replicaNodes: [1],
    isrNodes: [1],
    offlineReplicas: [],
  })),
};
const committed = (topic: string, partition: number, offset: number) => ({
  topic,
  partition,
  offset,
  leaderEpoch: -1,
  metadata: null,
});
const group: GroupFacts = {
  groupId: "readers",
  coordinator: 1,
  state: "Stable",
  type: "classic",
  protocolType: "consumer",
  epoch: null,
  assignor: "range",
  members: [],
  offsets: [committed("orders", 0, 90), committed("orders", 1, 200), committed("gone", 0, 5)],
  readAtMs,
};
const topics = new Map([["orders", orders]]);

function snapshotOf(ends: readonly [number, number], own: GroupFacts = group): ClusterSnapshot {
  const offsets = new Map([["orders", new Map(ends.map((end, partition) => [partition, { start: 0, end }]))]]);
  return {
    readAtMs,
    topics: [orders],
    brokers: [{ id: 1, host: "h", port: 1, rack: null }],
    controllerId: 1,
    offsets: { value: offsets, readAtMs },
    disks: null,
    answers: null,
    minIsr: new Map(),
    groups: { value: new Map([[own.groupId, withLag(own, topics, offsets)]]), readAtMs },
    problems: [],
  };
}

const valuesOf = (snapshot: ClusterSnapshot, counters: Counters) => {
  counters.tell(snapshot);
  return Object.fromEntries(
    samplesOf(snapshot, counters, new LagTimes()).map(({ kind, part, value }) => [
      part === "" ? kind : `${kind} ${part}`,
      value,
    ]),
  );
};

test("a lag counts what is left in topics that there are, and is never negative", () => {
  expect(valuesOf(snapshotOf([100, 150]), new Counters())).toMatchObject({
    "topic-end": 250,
    "topic-lag": 10,
    "group-lag": 10,
    "group-partition-lag orders/0": 10,
    "group-partition-lag orders/1": 0,
    "group-partition-lag-time orders/1": 0,
    "cluster-lag": 10,
  });
  expect([...lagByTopic(snapshotOf([100, 150]))]).toEqual([["orders", 10]]);
});

test("counters grow by what came since the sweep before, whatever is reset", () => {
  const counters = new Counters();
  expect(valuesOf(snapshotOf([100, 150]), counters)).toMatchObject({ "cluster-produced": 0, "group-consumed": 0 });
  const moved = { ...group, offsets: [committed("orders", 0, 95), committed("orders", 1, 20)] };
  expect(valuesOf(snapshotOf([130, 150], moved), counters)).toMatchObject({
    "cluster-produced": 30,
    "group-consumed": 5,
    "topic-consumed": 5,
    "cluster-consumed": 5,
  });
});

test("a topic with an end that is not known has no lag", () => {
  const whole = snapshotOf([100, 150]);
  const ends = new Map([["orders", new Map([[0, { start: 0, end: 100 }]])]]);
  const groups = { value: new Map([[group.groupId, withLag(group, topics, ends)]]), readAtMs };
  expect([...lagByTopic({ ...whole, groups })]).toEqual([]);
});

test("what was not read in this sweep adds no point", () => {
  const old = snapshotOf([100, 150]);
  const stale = { ...old, readAtMs: readAtMs + 10_000, problems: [] };
  const found = valuesOf(stale, new Counters());
  expect(Object.keys(found)).toEqual(["broker-leaders", "cluster-under-replicated", "cluster-offline"]);
});

test("a group with an end that is not known has no lag", () => {
  const { offsets: _, ...rest } = snapshotOf([100, 150]);
  expect(withLag(group, topics, new Map()).lagMessages).toBeNull();
  expect(withLag({ ...group, offsets: null }, topics, new Map()).lagMessages).toBeNull();
  expect(rest.groups).not.toBeNull();
});

test("all groups have a lag together only when that of each is known", () => {
  const known = withLag(
    group,
    topics,
    new Map([
      [
        "orders",
        new Map([
          [0, { start: 0, end: 95 }],
          [1, { start: 0, end: 210 }],
        ]),
      ],
    ]),
  );
  const refused = withLag({ ...group, groupId: "refused", offsets: null }, topics, new Map());
  const groups = (...own: (typeof known)[]) => ({ value: new Map(own.map((one) => [one.groupId, one])), readAtMs });
  expect(totalLag({ groups: groups(known) })).toBe(15);
  expect(totalLag({ groups: groups(known, refused) })).toBeNull();
  expect(valuesOf({ ...snapshotOf([95, 210]), groups: groups(known, refused) }, new Counters())).not.toHaveProperty(
    "cluster-lag",
  );
});
