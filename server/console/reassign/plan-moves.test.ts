import { describe, expect, test } from "vitest";
import type { ReassignmentGoal } from "../../../lib/contracts/reassignment.ts";
import { batchesOf, estimate } from "./batches.ts";
import { type MovePlan, planMoves } from "./plan-moves.ts";
import { planNotes } from "./plan-notes.ts";
import { planTask } from "./plan-task.ts";
import type { PlanBroker, PlanPartition, PlanWorld } from "./plan-world.ts";

const GB = 1_000_000_000;

function brokers(racks: readonly (string | null)[]): PlanBroker[] {
  return racks.map((rack, index) => ({ id: index + 1, rack, isAlive: true, capacityBytes: null }));
}

function partition(name: string, replicas: readonly number[], sizeBytes = GB): PlanPartition {
  const [topic = "", number = "0"] = name.split("-");
  return { topic, partition: Number(number), replicas, leader: replicas[0] ?? -1, isr: replicas, sizeBytes };
}

function plan(
  own: readonly PlanBroker[],
  partitions: readonly PlanPartition[],
  goal: ReassignmentGoal,
  isInScope: PlanWorld["isInScope"] = () => true,
): MovePlan {
  return planMoves({ brokers: own, partitions, isInScope }, goal);
}

const moved = ({ moves }: MovePlan) =>
  Object.fromEntries(moves.map(({ topic, partition: at, to }) => [`${topic}-${at}`, to]));
const after = ({ brokers: own }: MovePlan, what: "replicas" | "leaders" | "sizeBytes") =>
  Object.fromEntries(own.map(({ id, after: load }) => [id, load[what]]));

/** A cluster as an operator has it: sizes of all orders, three copies, one in each of three racks. Drawn from a seed. */
function largeWorld(brokerCount: number, partitionCount: number): PlanWorld {
  let seed = 7;
  const random = () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;
  const own = brokers(Array.from({ length: brokerCount }, (_, index) => "abc"[index % 3] ?? "a"));
  const partitions = Array.from({ length: partitionCount }, (_, index) => {
    // Skewed: the first brokers of each rack hold most.
    const pick = (rack: number) => rack + 1 + 3 * Math.floor((brokerCount / 3) * random() ** 1.7);
    const replicas = [0, 1, 2].map((step) => pick((index + step) % 3));
    return partition(`topic${index % 500}-${Math.floor(index / 500)}`, replicas, Math.floor(GB * random() ** 6));
  });
  return { brokers: own, partitions, isInScope: () => true };
}

describe("draining a broker", () => {
  const four = brokers(["a", "b", "c", "c"]);

  test("moves only what is on it, and keeps one copy in each rack", () => {
    const found = plan(four, [partition("x-0", [1, 2, 3]), partition("x-1", [2, 1, 4])], {
      type: "drain",
      brokers: [3],
    });
    expect(moved(found)).toEqual({ "x-0": [1, 2, 4] });
    expect(found.crowdedRacks).toBe(0);
    expect(after(found, "replicas")).toEqual({ 1: 2, 2: 2, 3: 0, 4: 2 });
  });

  test("lets a replica that has the data lead, not the new one", () => {
    const found = plan(four, [partition("x-0", [3, 1, 2])], { type: "drain", brokers: [3] });
    expect(moved(found)).toEqual({ "x-0": [1, 4, 2] });
    expect(found.moves[0]).toMatchObject({ movesLeader: true, copyBytes: GB });
  });

  test("says which racks then hold two copies", () => {
    const three = brokers(["a", "b", "c"]);
    const wide = [...three, { id: 4, rack: "a", isAlive: true, capacityBytes: null }];
    const found = plan(wide, [partition("x-0", [1, 2, 3])], { type: "drain", brokers: [3] });
    expect(moved(found)).toEqual({ "x-0": [1, 2, 4] });
    // One of x's copies is in rack b, two are in a, and none in c, whose only broker was drained.
    expect(found.crowdedRacks).toBe(1);
    const kept = plan(wide, [partition("x-0", [2, 3])], { type: "drain", brokers: [2] });
    expect(kept.crowdedRacks).toBe(0);
  });

  test("names partitions for which no broker is left", () => {
    const found = plan(brokers([null, null, null]), [partition("x-0", [1, 2, 3]), partition("y-0", [3])], {
      type: "drain",
      brokers: [3],
    });
    expect(found.stuck).toMatchObject([{ topic: "x", partition: 0 }]);
    expect(moved(found)).toEqual({ "y-0": [1] });
  });

  test("moves replicas away from a broker that is gone, and gives it none", () => {
    const own = [...brokers([null, null]), { id: 9, rack: null, isAlive: false, capacityBytes: null }];
    const world = [partition("x-0", [9, 1]), partition("y-0", [1])];
    expect(moved(plan(own, world, { type: "drain", brokers: [9] }))).toEqual({ "x-0": [2, 1] });
    expect(moved(plan(own, world, { type: "drain", brokers: [1] }))).toEqual({ "x-0": [9, 2], "y-0": [2] });
  });

  test("only touches the topics that were chosen", () => {
    const world = [partition("x-0", [3, 1]), partition("y-0", [3, 1])];
    const found = plan(four, world, { type: "drain", brokers: [3] }, (index) => index === 1);
    expect(Object.keys(moved(found))).toEqual(["y-0"]);
  });
});

describe("using a new broker", () => {
  test("gives it its share and takes from nobody more than that", () => {
    const world = Array.from({ length: 12 }, (_, index) =>
      partition(`x-${index}`, [1 + (index % 3), 1 + ((index + 1) % 3)]),
    );
    const found = plan(brokers([null, null, null, null]), world, { type: "use", brokers: [4] });
    expect(after(found, "sizeBytes")).toEqual({ 1: 6 * GB, 2: 6 * GB, 3: 6 * GB, 4: 6 * GB });
    expect(after(found, "leaders")).toEqual({ 1: 3, 2: 3, 3: 3, 4: 3 });
    const copied = found.moves.reduce((sum, { copyBytes }) => sum + copyBytes, 0);
    expect(copied).toBe(6 * GB);
  });

  test("gives an empty broker replicas of empty topics too", () => {
    const world = Array.from({ length: 9 }, (_, index) => partition(`x-${index}`, [1 + (index % 2)], 0));
    expect(after(plan(brokers([null, null, null]), world, { type: "use", brokers: [3] }), "replicas")).toEqual({
      1: 3,
      2: 3,
      3: 3,
    });
  });
});

describe("balancing", () => {
  test("leaves an even cluster as it is", () => {
    const world = Array.from({ length: 6 }, (_, index) =>
      partition(`x-${index}`, [1 + (index % 3), 1 + ((index + 1) % 3)]),
    );
    expect(plan(brokers([null, null, null]), world, { type: "balance" }).moves).toEqual([]);
  });

  test("evens leaders without moving data", () => {
    const world = Array.from({ length: 6 }, (_, index) => partition(`x-${index}`, [1, 2, 3]));
    const found = plan(brokers([null, null, null]), world, { type: "balance" });
    expect(after(found, "leaders")).toEqual({ 1: 2, 2: 2, 3: 2 });
    expect(found.moves.every(({ copyBytes }) => copyBytes === 0)).toBe(true);
  });

  test("fills disks alike where their sizes differ", () => {
    const own = brokers([null, null]).map((broker) => ({
      ...broker,
      capacityBytes: broker.id === 1 ? 100 * GB : 300 * GB,
    }));
    const world = Array.from({ length: 40 }, (_, index) => partition(`x-${index}`, [1 + (index % 2)]));
    const sizes = after(plan(own, world, { type: "balance" }), "sizeBytes");
    expect(sizes[2]).toBeGreaterThanOrEqual(29 * GB);
  });

  test("20,000 partitions over 12 brokers end even, no rack with two copies, no byte more than the surplus", () => {
    const world = largeWorld(12, 20_000);
    const found = planMoves(world, { type: "balance" });
    const sizes = found.brokers.map((broker) => broker.after.sizeBytes);
    const mean = sizes.reduce((sum, size) => sum + size, 0) / sizes.length;
    for (const size of sizes) expect(Math.abs(size / mean - 1)).toBeLessThan(0.07);
    const leaders = found.brokers.map((broker) => broker.after.leaders);
    expect(Math.max(...leaders) - Math.min(...leaders)).toBeLessThanOrEqual(leaders.length * 2);
    expect(found.crowdedRacks).toBe(0);
    const surplus = found.brokers.reduce((sum, { before }) => sum + Math.max(0, before.sizeBytes - mean), 0);
    const copied = found.moves.reduce((sum, { copyBytes }) => sum + copyBytes, 0);
    expect(copied).toBeLessThan(surplus * 1.1);
    for (const { from, to } of found.moves) {
      expect(new Set(to).size).toBe(to.length);
      expect(to.length).toBe(from.length);
    }
  });
});

describe("changing the replication factor", () => {
  const four = brokers(["a", "a", "b", "b"]);

  test("adds copies in racks that have none, on the emptiest broker", () => {
    const world = [partition("x-0", [1]), partition("y-0", [3, 4], 5 * GB)];
    const found = plan(four, world, { type: "replication-factor", factor: 2 }, (index) => index === 0);
    expect(found.moves[0]?.to[0]).toBe(1);
    expect([3, 4]).toContain(found.moves[0]?.to[1]);
  });

  test("takes away the copy out of sync first, then one of a crowded rack, and never the leader", () => {
    const lagging = { ...partition("x-0", [1, 2, 3]), isr: [1, 3] };
    expect(moved(plan(four, [lagging], { type: "replication-factor", factor: 2 }))).toEqual({ "x-0": [1, 3] });
    expect(moved(plan(four, [partition("x-0", [1, 2, 3])], { type: "replication-factor", factor: 2 }))).toEqual({
      "x-0": [1, 3],
    });
    expect(moved(plan(four, [partition("x-0", [2, 1, 3])], { type: "replication-factor", factor: 1 }))).toEqual({
      "x-0": [2],
    });
  });

  test("takes copies of empty partitions from all brokers alike, whatever else they hold", () => {
    const even = [0, 1, 2].flatMap((turn) =>
      Array.from({ length: 10 }, (_, index) => {
        const replicas = [1, 2, 3].map((id) => ((id + turn - 1) % 3) + 1);
        return partition(`x${turn}-${index}`, replicas, 0);
      }),
    );
    const world = [...even, partition("y-0", [1, 2, 3], GB), partition("y-1", [1, 3, 2], GB)];
    const found = plan(brokers([null, null, null]), world, { type: "replication-factor", factor: 2 });
    const counts = Object.values(after(found, "replicas"));
    expect(Math.max(...counts) - Math.min(...counts)).toBeLessThan(5);
  });

  test("names partitions when there are not brokers enough", () => {
    expect(plan(brokers([null]), [partition("x-0", [1])], { type: "replication-factor", factor: 2 }).stuck.length).toBe(
      1,
    );
  });
});

describe("large replicas that are too large to be moved alone", () => {
  const two = brokers([null, null]);
  const held = (sizes: readonly number[], broker: number) =>
    sizes.map((size, index) => partition(`on${broker}-${index}`, [broker], size * GB));

  test("are exchanged, as few bytes as it takes", () => {
    const found = plan(two, [...held([30, 60, 90], 1), ...held([25, 35, 70], 2)], { type: "balance" });
    expect(moved(found)).toEqual({ "on1-1": [2], "on2-1": [1] });
    expect(after(found, "sizeBytes")).toEqual({ 1: 155 * GB, 2: 155 * GB });
    expect(found.uneven).toEqual([]);
  });

  test("stay where an exchange copies more than ten times what it evens", () => {
    const found = plan(two, [...held([100, 100, 100], 1), ...held([90, 90, 90], 2)], { type: "balance" });
    expect(found.moves).toEqual([]);
  });

  test("stay where a rack would get another copy", () => {
    const four = brokers(["a", "b", "a", "b"]);
    const found = plan(
      four,
      [
        partition("x-0", [1, 4], 60 * GB),
        partition("x-1", [1, 4], 60 * GB),
        partition("y-0", [2, 3], 40 * GB),
        partition("y-1", [2, 3], 40 * GB),
      ],
      { type: "balance" },
    );
    for (const { to } of found.moves) expect(new Set(to.map((id) => four[id - 1]?.rack)).size).toBe(2);
    expect(found.uneven).toEqual([]);
  });

  test("are not given back to brokers that should not be used", () => {
    const found = plan(two, [...held([30, 60, 90], 1), ...held([25, 35, 70], 2)], { type: "use", brokers: [2] });
    expect(found.moves).toEqual([]);
  });
});

describe("spreading over racks", () => {
  test("moves only partitions of which a rack holds two copies, and not their leader", () => {
    const own = brokers(["a", "a", "b", "c"]);
    const found = plan(own, [partition("x-0", [1, 2, 3]), partition("x-1", [1, 3, 4])], { type: "racks" });
    expect(moved(found)).toEqual({ "x-0": [1, 4, 3] });
  });

  test("does nothing where brokers tell no rack", () => {
    expect(plan(brokers([null, null]), [partition("x-0", [1, 2])], { type: "racks" }).moves).toEqual([]);
  });
});

test("by hand takes what was written, and leaves what is already so", () => {
  const world = [partition("x-0", [1, 2]), partition("x-1", [2, 1])];
  const found = plan(brokers([null, null, null]), world, {
    type: "by-hand",
    assignments: [
      { topic: "x", partition: 0, replicas: [1, 2] },
      { topic: "x", partition: 1, replicas: [3, 1] },
    ],
  });
  expect(moved(found)).toEqual({ "x-1": [3, 1] });
  expect(found.moves[0]).toMatchObject({ movesLeader: true, copyBytes: GB });
});

test("a throttle makes each batch as long as its busiest broker", () => {
  const move = (from: number[], to: number[]) => ({ from, to, sizeBytes: 10, copyBytes: 10 });
  const batches = batchesOf([move([1], [2]), move([1], [3]), move([2], [3])], 2);
  expect(batches.map((batch) => batch.length)).toEqual([2, 1]);
  expect(estimate(batches, 10)).toEqual({ durationMs: 3_000, slowest: { broker: 3, bytes: 20 } });
});

describe("what a plan tells of the cluster as it is", () => {
  test("leaders that are not the preferred ones count as led by these, and are told apart", () => {
    const led = (leader: number, isr = [3, 1]) => ({ ...partition("x-0", [3, 1]), leader, isr });
    const found = plan(brokers([null, null, null]), [led(1), led(1, [1]), led(3)], { type: "drain", brokers: [2] });
    expect(found.moves).toEqual([]);
    expect(found.brokers.map(({ before }) => before.leaders)).toEqual([2, 0, 1]);
    expect(after(found, "leaders")).toEqual({ 1: 1, 2: 0, 3: 2 });
    expect(found.displacedLeaders).toBe(1);
  });

  test("a broker whose rack has two shares with the other, though neither gets as much as brokers elsewhere", () => {
    const full = Array.from({ length: 12 }, (_, index) => partition(`x-${index}`, [1, 2, 3]));
    const found = plan(brokers(["a", "b", "c", "a"]), full, { type: "use", brokers: [4] });
    expect(after(found, "replicas")).toEqual({ 1: 6, 2: 12, 3: 12, 4: 6 });
    expect(found.uneven.map(({ broker }) => broker).toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4]);
    const notes = planNotes({ ...factsFor(found), goal: { type: "use", brokers: [4] } });
    expect(notes.map(({ text }) => text).join()).toContain("Broker 4 would hold 33% less than its share of the bytes");
  });

  test("too few replicas are the plan's fault only where it takes some", () => {
    const goal: ReassignmentGoal = { type: "replication-factor", factor: 1 };
    const minIsr = new Map([["x", 2]]);
    const textsOf = (found: MovePlan) =>
      planNotes({ ...factsFor(found), minIsr, goal })
        .map(({ text }) => text)
        .join();
    const one = plan(brokers([null, null]), [partition("x-0", [1])], { type: "drain", brokers: [1] });
    expect(textsOf(one)).not.toContain("min.insync.replicas");
    const fewer = plan(brokers([null, null]), [partition("x-0", [1, 2])], goal);
    expect(textsOf(fewer)).toContain("1 partition would have fewer replicas than min.insync.replicas");
  });

  test("partitions that are being moved are left alone, and those that were not chosen", () => {
    const partitions = [0, 1, 2].map((number) => partition(`x-${number}`, [1, 2]));
    const task = { brokers: brokers([null, null, null]), partitions, topics: ["x"] };
    const goal: ReassignmentGoal = { type: "drain", brokers: [1] };
    const numbers = ({ moves }: MovePlan) => moves.map(({ partition: number }) => number);
    expect(numbers(planTask({ ...task, only: [], underWay: new Set(["x/1"]), goal }))).toEqual([0, 2]);
    expect(numbers(planTask({ ...task, only: [1, 2], underWay: new Set(), goal }))).toEqual([1, 2]);
    const notes = planNotes({ ...factsFor(planTask({ ...task, only: [], underWay: new Set(["x/1"]), goal })), goal });
    expect(notes[0]?.text).toBe(
      "1 partition is being moved already, and counts as arrived. It is left alone: plan again once it is there.",
    );
  });
});

const factsFor = (found: MovePlan) => ({
  plan: found,
  brokers: [],
  minIsr: new Map(),
  underWay: new Set(["x/1"]),
});
