import { describe, expect, test } from "vitest";
import {
  INVALID_REPLICA_ASSIGNMENT,
  INVALID_REPLICATION_FACTOR,
  NEW_LEADER_ELECTED,
  NO_REASSIGNMENT_IN_PROGRESS,
  NONE,
  POLICY_VIOLATION,
  UNKNOWN_TOPIC_OR_PARTITION,
} from "../../wire/errors.ts";
import { alterPartition } from "./alter-partition.ts";
import { alterPartitionReassignments } from "./alter-partition-reassignments.ts";
import { fenceBroker } from "./broker-lifecycle.ts";
import { DirectoryId } from "./directory-id.ts";
import { directoryOf, World } from "./testing/world.ts";

/** Six brokers, one partition on the first three of them. */
function six(configs: Readonly<Record<string, string>> = {}): World {
  const world = new World({ "min.insync.replicas": "2" }).brokers(1, 2, 3, 4, 5, 6);
  world.topic("t", [[1, 2, 3]], configs);
  return world;
}

/** Asks for replicas of t-0, null to cancel; gives the partition's error code. */
function reassign(
  world: World,
  replicas: readonly number[] | null,
  options: { readonly topic?: string; readonly partition?: number; readonly mayChangeFactor?: boolean } = {},
): number | undefined {
  const { topic = "t", partition: partitionIndex = 0, mayChangeFactor = true } = options;
  const request = {
    allowReplicationFactorChange: mayChangeFactor,
    topics: [{ name: topic, partitions: [{ partitionIndex, replicas: replicas === null ? null : [...replicas] }] }],
  };
  return world.take(alterPartitionReassignments(world.view, request)).responses?.[0]?.partitions?.[0]?.errorCode;
}

/** The leader of t-0 asks for an ISR. */
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

/** Replicas, those on their way in and out, leader and ISR, short. */
function state(world: World): string {
  const { replicas, addingReplicas, removingReplicas, leader, isr: inSync } = world.partition("t");
  return `${replicas.join(",")} +${addingReplicas.join(",")} -${removingReplicas.join(",")} leader ${leader} isr ${inSync.join(",")}`;
}

describe("a reassignment", () => {
  test("adds the new replicas, in front, and keeps the old ones until all new ones are in sync", () => {
    const world = six();
    expect(reassign(world, [4, 5, 3])).toBe(NONE);
    expect(state(world)).toBe("4,5,3,1,2 +4,5 -1,2 leader 1 isr 1,2,3");
    expect(isr(world, 1, 2, 3, 4)).toBe(NONE);
    expect(state(world)).toBe("4,5,3,1,2 +4,5 -1,2 leader 1 isr 1,2,3,4");
  });

  test("ends when the last new replica comes into sync: the leader that leaves hands over, in a new epoch", () => {
    const world = six();
    reassign(world, [4, 5, 3]);
    expect(isr(world, 1, 2, 3, 4, 5)).toBe(NEW_LEADER_ELECTED);
    expect(state(world)).toBe("4,5,3 + - leader 4 isr 3,4,5");
    expect(world.partition("t")).toMatchObject({
      leaderEpoch: 1,
      directories: [4, 5, 3].map(directoryOf),
    });
  });

  test("that takes followers away counts the leader epoch, so that they are not heard any more", () => {
    const world = six();
    reassign(world, [1, 4]);
    expect(isr(world, 1, 2, 3, 4)).toBe(NONE);
    expect(state(world)).toBe("1,4 + - leader 1 isr 1,4");
    expect(world.partition("t").leaderEpoch).toBe(1);
  });

  test("that brings nobody new ends at once", () => {
    const world = six();
    expect(reassign(world, [2, 1])).toBe(NONE);
    expect(state(world)).toBe("2,1 + - leader 1 isr 1,2");
    expect(reassign(world, [1, 2])).toBe(NONE);
    expect(state(world)).toBe("1,2 + - leader 1 isr 1,2");
    expect(reassign(world, [1, 2])).toBe(NONE);
    expect(world.partition("t").partitionEpoch).toBe(2);
  });

  test("goes on when a new replica is lost, and ends without one of the old ones that is", () => {
    const world = six();
    reassign(world, [4, 5, 6]);
    isr(world, 1, 2, 3, 4, 5);
    world.apply(fenceBroker(world.view, world.broker(4)));
    expect(state(world)).toBe("4,5,6,1,2,3 +4,5,6 -1,2,3 leader 1 isr 1,2,3,5");
    world.apply(fenceBroker(world.view, world.broker(1)));
    expect(state(world)).toBe("4,5,6,1,2,3 +4,5,6 -1,2,3 leader 5 isr 2,3,5");
    world.unfence(4);
    isr(world, 2, 3, 5, 4, 6);
    expect(state(world)).toBe("4,5,6 + - leader 5 isr 5,4,6");
  });

  test("can be given another target on its way", () => {
    const world = six();
    reassign(world, [4, 2, 3]);
    expect(reassign(world, [5, 2, 3])).toBe(NONE);
    expect(state(world)).toBe("5,2,3,1,4 +5 -1,4 leader 1 isr 1,2,3");
    isr(world, 1, 2, 3, 5);
    expect(state(world)).toBe("5,2,3 + - leader 5 isr 2,3,5");
  });

  test("leaves the choice of a directory to a broker with several", () => {
    const world = six();
    const broker = world.broker(4);
    world.image.brokers.set(4, { ...broker, logDirs: [directoryOf(4), directoryOf(44)] });
    reassign(world, [1, 2, 4]);
    expect(world.partition("t").directories).toEqual([
      directoryOf(1),
      directoryOf(2),
      DirectoryId.unassigned,
      directoryOf(3),
    ]);
  });
});

describe("a cancel", () => {
  test("takes the new replicas out again, also those in sync by then", () => {
    const world = six();
    reassign(world, [4, 5, 6]);
    isr(world, 1, 2, 3, 4);
    expect(reassign(world, null)).toBe(NONE);
    expect(state(world)).toBe("1,2,3 + - leader 1 isr 1,2,3");
    expect(world.partition("t").leaderEpoch).toBe(1);
    expect(reassign(world, null)).toBe(NO_REASSIGNMENT_IN_PROGRESS);
  });

  test("hands a leadership back from a new replica", () => {
    const world = six();
    reassign(world, [4, 5, 6]);
    isr(world, 1, 2, 3, 4);
    world.apply(fenceBroker(world.view, world.broker(1)));
    expect(world.partition("t").leader).toBe(4);
    reassign(world, null);
    expect(state(world)).toBe("1,2,3 + - leader 2 isr 2,3");
  });

  test("is refused when none of the old replicas is in sync, unless unclean elections are allowed", () => {
    const lost = (world: World) => {
      reassign(world, [4, 5, 6]);
      isr(world, 1, 2, 3, 4);
      for (const id of [2, 3, 1]) world.apply(fenceBroker(world.view, world.broker(id)));
      world.unfence(1);
      return reassign(world, null);
    };
    const careful = six();
    expect(lost(careful)).toBe(INVALID_REPLICA_ASSIGNMENT);
    expect(state(careful)).toBe("4,5,6,1,2,3 +4,5,6 -1,2,3 leader 4 isr 4");
    const unclean = six({ "unclean.leader.election.enable": "true" });
    expect(lost(unclean)).toBe(NONE);
    expect(state(unclean)).toBe("1,2,3 + - leader 1 isr 1");
  });
});

describe("what is refused", () => {
  test.each([
    ["an unknown topic", [1], { topic: "missing" }, UNKNOWN_TOPIC_OR_PARTITION],
    ["an unknown partition", [1], { partition: 7 }, UNKNOWN_TOPIC_OR_PARTITION],
    ["no replica", [], {}, INVALID_REPLICA_ASSIGNMENT],
    ["a replica twice", [1, 1], {}, INVALID_REPLICA_ASSIGNMENT],
    ["a broker that nobody knows", [1, 99], {}, INVALID_REPLICA_ASSIGNMENT],
    [
      "another replication factor where the client does not want it",
      [4, 5],
      { mayChangeFactor: false },
      INVALID_REPLICATION_FACTOR,
    ],
    ["a cancel of nothing", null, {}, NO_REASSIGNMENT_IN_PROGRESS],
  ] as const)("%s", (_, replicas, options, errorCode) => {
    const world = six();
    expect(reassign(world, replicas, options)).toBe(errorCode);
    expect(state(world)).toBe("1,2,3 + - leader 1 isr 1,2,3");
  });

  test("the replication factor counts the replicas that stay", () => {
    const world = six();
    reassign(world, [4, 5, 6]);
    expect(reassign(world, [4, 5, 1], { mayChangeFactor: false })).toBe(NONE);
  });

  test("more partitions than one batch of metadata takes", () => {
    const world = new World().brokers(1, 2);
    const count = 10_001;
    world.topic(
      "t",
      Array.from({ length: 10_000 - 1 }, () => [1]),
    );
    world.topic("u", [[1], [1]]);
    const partitions = (length: number) =>
      Array.from({ length }, (_, partitionIndex) => ({ partitionIndex, replicas: [1, 2] }));
    const { records, response } = alterPartitionReassignments(world.view, {
      allowReplicationFactorChange: true,
      topics: [
        { name: "t", partitions: partitions(count - 2) },
        { name: "u", partitions: partitions(2) },
      ],
    });
    expect(records.length).toBe(10_000);
    expect(response.responses?.[1]?.partitions).toMatchObject([{ errorCode: NONE }, { errorCode: POLICY_VIOLATION }]);
  });
});
