import { describe, expect, test } from "vitest";
import { alterPartition } from "./alter-partition.ts";
import { fenceBroker } from "./broker-lifecycle.ts";
import { World } from "./testing/world.ts";

type Request = Parameters<typeof alterPartition>[1];
type Asked = Request["topics"][number]["partitions"][number];

/** A world with the leader 1, follower 2 in sync, follower 3 not. */
function world(): World {
  const made = new World().brokers(1, 2, 3);
  made.topic("t", [[1, 2, 3]]);
  made.apply(fenceBroker(made.view, made.broker(3)));
  made.unfence(3);
  return made;
}

function ask(made: World, change: Partial<Asked> = {}, request: Partial<Request> = {}): Request {
  const { leaderEpoch, partitionEpoch } = made.partition("t");
  const everybody = [1, 2, 3].map((brokerId) => ({ brokerId, brokerEpoch: made.broker(brokerId).epoch }));
  const partition = {
    partitionIndex: 0,
    leaderEpoch,
    partitionEpoch,
    leaderRecoveryState: 0,
    newIsr: [],
    newIsrWithEpochs: everybody,
    ...change,
  };
  const topicId = made.image.topicsByName.get("t")?.id ?? "";
  return { brokerId: 1, brokerEpoch: made.broker(1).epoch, topics: [{ topicId, partitions: [partition] }], ...request };
}

function members(...ids: readonly number[]): Pick<Asked, "newIsrWithEpochs"> {
  return { newIsrWithEpochs: ids.map((brokerId) => ({ brokerId, brokerEpoch: -1 })) };
}

test("the leader brings a follower that caught up into sync", () => {
  const made = world();
  const response = made.take(alterPartition(made.view, ask(made)));
  expect(response.topics?.[0]?.partitions).toMatchObject([
    { errorCode: 0, leaderId: 1, isr: [1, 2, 3], partitionEpoch: made.partition("t").partitionEpoch },
  ]);
  expect(made.state("t")).toBe("leader 1 isr 1,2,3 elr  last ");
});

test("asking for what is already so changes nothing", () => {
  const made = world();
  const { records, response } = alterPartition(made.view, ask(made, members(1, 2)));
  expect(records).toEqual([]);
  expect(response.topics?.[0]?.partitions?.[0]).toMatchObject({ errorCode: 0, isr: [1, 2] });
});

test("a broker of an old registration is told so", () => {
  const made = world();
  expect(alterPartition(made.view, ask(made, {}, { brokerEpoch: 1 })).response).toEqual({ errorCode: 77 });
  expect(alterPartition(made.view, ask(made, {}, { brokerId: 9 })).response).toEqual({ errorCode: 77 });
});

describe("a change is refused", () => {
  const made = world();
  const { leaderEpoch, partitionEpoch } = made.partition("t");
  const oldEpoch = [1, 2, 3].map((brokerId) => ({ brokerId, brokerEpoch: 1 }));
  const cases: readonly (readonly [says: string, change: Partial<Asked>, errorCode: number])[] = [
    ["a partition that is not there: UNKNOWN_TOPIC_OR_PARTITION", { partitionIndex: 5 }, 3],
    ["an older leader epoch: FENCED_LEADER_EPOCH", { leaderEpoch: leaderEpoch - 1 }, 74],
    ["a newer leader epoch: NOT_CONTROLLER", { leaderEpoch: leaderEpoch + 1 }, 41],
    ["an older partition epoch: INVALID_UPDATE_VERSION", { partitionEpoch: partitionEpoch - 1 }, 95],
    ["a newer partition epoch: NOT_CONTROLLER", { partitionEpoch: partitionEpoch + 1 }, 41],
    ["a replica twice: INVALID_REQUEST", members(1, 1), 42],
    ["a broker without a replica: INVALID_REQUEST", members(1, 9), 42],
    ["without the leader: INVALID_REQUEST", members(2, 3), 42],
    ["recovering with followers: INVALID_REQUEST", { ...members(1, 2), leaderRecoveryState: 1 }, 42],
    ["recovering after it had recovered: INVALID_REQUEST", { ...members(1), leaderRecoveryState: 1 }, 42],
    ["an unknown recovery state: INVALID_REQUEST", { leaderRecoveryState: 7 }, 42],
    ["a follower of an older registration: INELIGIBLE_REPLICA", { newIsrWithEpochs: oldEpoch }, 107],
  ];
  test.each(cases)("%s", (_says, change, errorCode) => {
    const { records, response } = alterPartition(made.view, ask(made, change));
    expect(response.topics?.[0]?.partitions).toMatchObject([{ partitionIndex: change.partitionIndex ?? 0, errorCode }]);
    expect(records).toEqual([]);
  });

  test("by another broker than the leader: INVALID_REQUEST", () => {
    const request = ask(made, {}, { brokerId: 2, brokerEpoch: made.broker(2).epoch });
    expect(alterPartition(made.view, request).response.topics?.[0]?.partitions).toMatchObject([{ errorCode: 42 }]);
  });

  test("a topic that is not there: UNKNOWN_TOPIC_ID", () => {
    const { topics } = ask(made);
    const request = ask(made, {}, { topics: topics.map((topic) => ({ ...topic, topicId: "nobodynobodynobodynobA" })) });
    expect(alterPartition(made.view, request).response.topics?.[0]?.partitions).toMatchObject([{ errorCode: 100 }]);
  });
});
