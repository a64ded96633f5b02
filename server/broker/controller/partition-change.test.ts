import { describe, expect, test } from "vitest";
import { INELIGIBLE_REPLICA, NONE } from "../../wire/errors.ts";
import { alterConfigs, AlterOperation } from "./alter-configs.ts";
import { alterPartition } from "./alter-partition.ts";
import { beginControlledShutdown, fenceBroker, leaveUncleanly, loseDirectories } from "./broker-lifecycle.ts";
import { electLeaders, electUncleanLeaders, rebalanceLeaders } from "./elect-leaders.ts";
import { TOPIC_RESOURCE } from "./image.ts";
import { directoryOf, World } from "./testing/world.ts";

/** Three brokers, one partition on all of them, two needed in sync. */
function three(configs: Readonly<Record<string, string>> = {}): World {
  const world = new World({ "min.insync.replicas": "2" }).brokers(1, 2, 3);
  world.topic("t", [[1, 2, 3]], configs);
  return world;
}

function fence(world: World, ...ids: readonly number[]): void {
  for (const id of ids) world.apply(fenceBroker(world.view, world.broker(id)));
}

function crash(world: World, id: number): void {
  world.apply(leaveUncleanly(world.view, world.broker(id), true));
}

/** The leader asks for other in-sync replicas, as a broker that sees a follower catch up does. */
function isr(world: World, ...members: readonly number[]): number | undefined {
  const { leader: brokerId, leaderEpoch, partitionEpoch } = world.partition("t");
  const asked = {
    partitionIndex: 0,
    leaderEpoch,
    partitionEpoch,
    leaderRecoveryState: 0,
    newIsr: [],
    newIsrWithEpochs: members.map((id) => ({ brokerId: id, brokerEpoch: -1 })),
  };
  const topicId = world.image.topicsByName.get("t")?.id ?? "";
  const request = { brokerId, brokerEpoch: world.broker(brokerId).epoch, topics: [{ topicId, partitions: [asked] }] };
  return world.take(alterPartition(world.view, request)).topics?.[0]?.partitions?.[0]?.errorCode;
}

describe("leaders, in-sync and eligible replicas when brokers come and go", () => {
  test("the next in-sync replica leads in a new epoch when the leader goes", () => {
    const world = three();
    fence(world, 1);
    expect(world.state("t")).toBe("leader 2 isr 2,3 elr  last ");
    expect(world.partition("t")).toMatchObject({ leaderEpoch: 1, partitionEpoch: 1 });
  });

  test("a follower that goes leaves the leader and its epoch", () => {
    const world = three();
    fence(world, 3);
    expect(world.state("t")).toBe("leader 1 isr 1,2 elr  last ");
    expect(world.partition("t")).toMatchObject({ leaderEpoch: 0, partitionEpoch: 1 });
  });

  test("who leaves the in-sync replicas below min.insync.replicas stays eligible", () => {
    const world = three();
    fence(world, 3, 2);
    expect(world.state("t")).toBe("leader 1 isr 1 elr 2 last ");
  });

  test("the last one to go stays eligible, is remembered as last leader, and nobody leads", () => {
    const world = three();
    fence(world, 3, 2, 1);
    expect(world.state("t")).toBe("leader -1 isr  elr 2,1 last 1");
  });

  test("an eligible replica that returns leads, and is alone in sync", () => {
    const world = three();
    fence(world, 3, 2, 1);
    world.unfence(2);
    expect(world.state("t")).toBe("leader 2 isr 2 elr 1 last ");
    expect(world.partition("t").leaderRecoveryState).toBe(0);
  });

  test("a replica that is neither in sync nor eligible does not lead when it returns", () => {
    const world = three();
    fence(world, 3, 2, 1);
    world.unfence(3);
    expect(world.state("t")).toBe("leader -1 isr  elr 2,1 last 1");
  });

  test("with unclean.leader.election.enable it does, and the partition is recovering", () => {
    const world = three({ "unclean.leader.election.enable": "true" });
    fence(world, 3, 2, 1);
    world.unfence(3);
    expect(world.state("t")).toMatch(/^leader 3 isr 3 /);
    expect(world.partition("t").leaderRecoveryState).toBe(1);
  });

  test("a topic that allows it later gets its leader when partitions without one are looked at", () => {
    const world = three();
    fence(world, 3, 2, 1);
    world.unfence(3);
    expect(electUncleanLeaders(world.view)).toEqual([]);
    const configs = [{ name: "unclean.leader.election.enable", configOperation: AlterOperation.set, value: "true" }];
    world.take(alterConfigs(world.view, [{ resourceType: TOPIC_RESOURCE, resourceName: "t", configs }], false));
    world.apply(electUncleanLeaders(world.view));
    expect(world.partition("t")).toMatchObject({ leader: 3, isr: [3], leaderRecoveryState: 1 });
    expect(electUncleanLeaders(world.view)).toEqual([]);
  });

  test("a broker that crashed is neither in sync nor eligible", () => {
    const world = three();
    fence(world, 3, 2);
    crash(world, 2);
    expect(world.state("t")).toBe("leader 1 isr 1 elr  last ");
  });

  test("when all crashed, the last known leader leads again and recovers", () => {
    const world = three();
    fence(world, 3, 2, 1);
    for (const id of [1, 2, 3]) crash(world, id);
    expect(world.state("t")).toBe("leader -1 isr  elr  last 1");
    world.unfence(2);
    expect(world.partition("t").leader).toBe(-1);
    world.unfence(1);
    expect(world.state("t")).toBe("leader 1 isr 1 elr  last ");
    expect(world.partition("t").leaderRecoveryState).toBe(1);
  });

  test("eligible replicas are forgotten once enough are in sync again", () => {
    const world = three();
    fence(world, 3, 2);
    world.unfence(2);
    expect(isr(world, 1, 2)).toBe(NONE);
    expect(world.state("t")).toBe("leader 1 isr 1,2 elr  last ");
  });

  test("a replica whose log directory failed is not elected, however eligible", () => {
    const world = three();
    fence(world, 3);
    const broker = world.broker(2);
    world.image.brokers.set(2, { ...broker, logDirs: [directoryOf(2), directoryOf(22)] });
    world.apply(loseDirectories(world.view, world.broker(2), [directoryOf(2)]));
    expect(world.state("t")).toBe("leader 1 isr 1 elr 2 last ");
    fence(world, 1);
    expect(world.state("t")).toBe("leader -1 isr  elr 2,1 last 1");
  });

  test("a broker that shuts down in order hands over what it leads", () => {
    const world = three();
    world.apply(beginControlledShutdown(world.view, world.broker(1)));
    expect(world.state("t")).toBe("leader 2 isr 2,3 elr  last ");
  });

  test("one replica on one broker: stopped in order it is eligible, and leads again", () => {
    const world = new World().brokers(1);
    world.topic("t", [[1]]);
    fence(world, 1);
    expect(world.state("t")).toBe("leader -1 isr  elr 1 last 1");
    world.unfence(1);
    expect(world.state("t")).toBe("leader 1 isr 1 elr  last ");
    expect(world.partition("t").leaderEpoch).toBe(2);
  });
});

describe("preferred leaders", () => {
  test("get their leadership back when they are in sync again", () => {
    const world = three();
    fence(world, 1);
    world.unfence(1);
    expect(rebalanceLeaders(world.view)).toEqual([]);
    expect(isr(world, 2, 3, 1)).toBe(NONE);
    world.apply(rebalanceLeaders(world.view));
    expect(world.partition("t")).toMatchObject({ leader: 1, leaderEpoch: 2 });
  });

  test("are elected on request, with Kafka's answers", () => {
    const world = three();
    fence(world, 1);
    const elect = (): unknown =>
      world.take(electLeaders(world.view, { electionType: 0, topicPartitions: [{ topic: "t", partitions: [0, 9] }] }))
        .replicaElectionResults?.[0]?.partitionResult;
    expect(elect()).toMatchObject([{ errorCode: 80 }, { errorCode: 3 }]);
    world.unfence(1);
    isr(world, 2, 3, 1);
    expect(elect()).toMatchObject([{ errorCode: 0 }, { errorCode: 3 }]);
    expect(elect()).toMatchObject([{ errorCode: 84 }, { errorCode: 3 }]);
  });

  test("an unclean election elects who lives, or answers that nobody can", () => {
    const world = three();
    fence(world, 3, 2, 1);
    const elect = (): unknown =>
      world.take(electLeaders(world.view, { electionType: 1, topicPartitions: null })).replicaElectionResults?.[0]
        ?.partitionResult;
    expect(elect()).toMatchObject([{ errorCode: 83 }]);
    world.unfence(3);
    expect(elect()).toMatchObject([{ errorCode: 0 }]);
    expect(world.partition("t")).toMatchObject({ leader: 3, leaderRecoveryState: 1 });
  });
});

test("a fenced broker cannot come into sync", () => {
  const world = three();
  fence(world, 3);
  expect(isr(world, 1, 2, 3)).toBe(INELIGIBLE_REPLICA);
});
