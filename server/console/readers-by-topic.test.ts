import { expect, test } from "vitest";
import { readersByTopic } from "./readers-by-topic.ts";

const group = {
  coordinator: 1,
  type: "classic",
  state: "Stable",
  protocolType: "consumer",
  epoch: null,
  assignor: "range",
  readAtMs: 0,
  lagMessages: null,
} as const;
const member = { memberId: "m", instanceId: null, clientId: "app", host: "/127.0.0.1" };
const committed = (partition: number, topic = "orders") => ({
  topic,
  partition,
  offset: 3,
  leaderEpoch: -1,
  metadata: "",
});

test("a topic's groups say what is not read, that it is not known, and that nothing was committed", () => {
  const assigned = [{ ...member, assignment: [{ topic: "orders", partitions: [0, 1] }] }];
  const groups = [
    { ...group, groupId: "joined", members: assigned, offsets: [], lagOf: new Map() },
    {
      ...group,
      groupId: "blind",
      members: [],
      offsets: [committed(0), committed(1)],
      lagOf: new Map([["orders/0", 9]]),
    },
    { ...group, groupId: "early", members: assigned, offsets: [committed(1)], lagOf: new Map([["orders/1", 4]]) },
    { ...group, groupId: "elsewhere", members: [], offsets: [committed(0, "x")], lagOf: new Map([["x/0", 1]]) },
  ];
  const value = new Map(groups.map((one) => [one.groupId, one]));
  expect(readersByTopic({ groups: { value, readAtMs: 0 } }).get("orders")).toEqual([
    { groupId: "early", lag: 4, hasCommitted: true },
    { groupId: "blind", lag: null, hasCommitted: true },
    { groupId: "joined", lag: null, hasCommitted: false },
  ]);
});
