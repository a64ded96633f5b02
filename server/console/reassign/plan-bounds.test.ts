import { describe, expect, test } from "vitest";
import { type MovePlan, planMoves } from "./plan-moves.ts";
import type { PlanWorld } from "./plan-world.ts";

const MB = 1_000_000;

function times<Made>(count: number, make: (index: number) => Made): Made[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

/** Small clusters drawn from seeds: two to four brokers, up to six partitions of one to three copies, racks told or not. */
function drawWorlds(count: number, from = 20_261): PlanWorld[] {
  let seed = from;
  const below = (limit: number) => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed % limit;
  };
  return times(count, () => {
    const racks = below(3);
    const brokers = times(2 + below(3), (index) => ({
      id: index + 1,
      rack: racks === 0 ? null : ("abc"[below(racks + 1)] ?? null),
      isAlive: true,
      capacityBytes: null,
    }));
    const partitions = times(1 + below(6), (partition) => {
      const first = below(brokers.length);
      const copies = 1 + below(Math.min(3, brokers.length));
      const replicas = times(copies, (step) => ((first + step) % brokers.length) + 1);
      const sizeBytes = (20 + below(200)) * MB;
      return { topic: "t", partition, replicas, leader: replicas[0] ?? -1, isr: replicas, sizeBytes };
    });
    return { brokers, partitions, isInScope: () => true };
  });
}

/** Every choice of `count` of these. */
function choices(ids: readonly number[], count: number): number[][] {
  if (count === 0) return [[]];
  return ids.flatMap((id, at) => choices(ids.slice(at + 1), count - 1).map((rest) => [id, ...rest]));
}

/** How many racks hold a copy; nothing where racks are not told of all brokers. */
function racksOf({ brokers }: PlanWorld): (replicas: readonly number[]) => number {
  const rackOf = new Map(brokers.map(({ id, rack }) => [id, rack]));
  const isTold = brokers.every(({ rack }) => rack !== null);
  return (replicas) => (isTold ? new Set(replicas.map((id) => rackOf.get(id))).size : 0);
}

const idsOf = ({ brokers }: PlanWorld) => brokers.map(({ id }) => id);
const added = (from: readonly number[], to: readonly number[]) => to.filter((id) => !from.includes(id)).length;
const wanted = (plan: MovePlan) => new Map(plan.moves.map(({ partition, to }) => [partition, to]));

/** Every exchange of two replicas that stayed where they were, of all that there are, which still evens more than a tenth of what it copies. */
function worthwhileSwaps(world: PlanWorld, plan: MovePlan): string[] {
  const to = wanted(plan);
  const racks = racksOf(world);
  const share = plan.brokers.reduce((sum, { after }) => sum + after.sizeBytes, 0) / plan.brokers.length;
  const excess = new Map(plan.brokers.map(({ id, after }) => [id, after.sizeBytes - share]));
  const isOut = (id: number) => Math.abs(excess.get(id) ?? 0) > Math.max(10 * MB, 0.03 * share);
  const stayed = world.partitions.flatMap(({ partition, replicas, sizeBytes }) => {
    const now = to.get(partition) ?? replicas;
    return now.filter((id) => replicas.includes(id)).map((id) => ({ id, now, partition, sizeBytes }));
  });
  const mayGo = ({ id, now }: (typeof stayed)[number], other: number) =>
    !now.includes(other) && racks(now.map((one) => (one === id ? other : one))) >= racks(now);
  return stayed.flatMap((given) =>
    stayed
      .filter((taken) => {
        const evened = given.sizeBytes - taken.sizeBytes;
        const limit = Math.min(excess.get(given.id) ?? 0, -(excess.get(taken.id) ?? 0));
        if (evened > limit || evened <= 0.1 * (given.sizeBytes + taken.sizeBytes)) return false;
        return (isOut(given.id) || isOut(taken.id)) && mayGo(given, taken.id) && mayGo(taken, given.id);
      })
      .map((taken) => `${given.id}:${given.partition} for ${taken.id}:${taken.partition}`),
  );
}

describe("beside every assignment that there is, of clusters drawn from seeds", () => {
  const worlds = drawWorlds(250);

  test("a drain copies what is on the broker and nothing else, over as many racks as can be", () => {
    for (const world of worlds) {
      const to = wanted(planMoves(world, { type: "drain", brokers: [1] }));
      const rest = idsOf(world).filter((id) => id !== 1);
      const racks = racksOf(world);
      for (const { partition, replicas } of world.partitions) {
        const now = to.get(partition) ?? replicas;
        const free = rest.filter((id) => !replicas.includes(id));
        expect(added(replicas, now)).toBe(replicas.includes(1) && free.length > 0 ? 1 : 0);
        if (!replicas.includes(1) || free.length === 0) continue;
        const kept = replicas.filter((id) => id !== 1);
        expect(racks(now)).toBe(Math.max(...free.map((id) => racks([...kept, id]))));
      }
    }
  });

  test("copies are spread over as many racks as there are, by as few new ones as that takes", () => {
    for (const world of worlds) {
      const to = wanted(planMoves(world, { type: "racks" }));
      const racks = racksOf(world);
      for (const { partition, replicas } of world.partitions) {
        const all = choices(idsOf(world), replicas.length);
        const most = Math.max(...all.map(racks));
        const least = Math.min(...all.filter((one) => racks(one) === most).map((one) => added(replicas, one)));
        const now = to.get(partition) ?? replicas;
        expect([racks(now), added(replicas, now)]).toEqual([most, least]);
      }
    }
  });

  test("another replication factor keeps what is there, and as many racks as it can", () => {
    for (const world of worlds) {
      const racks = racksOf(world);
      for (let factor = 1; factor <= world.brokers.length; factor += 1) {
        const to = wanted(planMoves(world, { type: "replication-factor", factor }));
        for (const { partition, replicas, leader } of world.partitions) {
          const now = to.get(partition) ?? replicas;
          const able = choices(idsOf(world), factor).filter((one) =>
            factor < replicas.length
              ? one.includes(leader) && added(replicas, one) === 0
              : replicas.every((id) => one.includes(id)),
          );
          expect(able.map((one) => one.join())).toContain(now.toSorted((a, b) => a - b).join());
          expect(racks(now)).toBe(Math.max(...able.map(racks)));
        }
      }
    }
  });

  test("balancing makes nothing less even, and crowds no rack", () => {
    const spread = (loads: readonly number[]) => Math.max(...loads) - Math.min(...loads);
    for (const world of worlds) {
      const { moves, brokers } = planMoves(world, { type: "balance" });
      const racks = racksOf(world);
      for (const { from, to } of moves) expect(racks(to)).toBeGreaterThanOrEqual(racks(from));
      const total = brokers.reduce((sum, { before }) => sum + before.sizeBytes, 0);
      expect(brokers.reduce((sum, { after }) => sum + after.sizeBytes, 0)).toBe(total);
      expect(spread(brokers.map(({ after }) => after.sizeBytes))).toBeLessThanOrEqual(
        spread(brokers.map(({ before }) => before.sizeBytes)),
      );
    }
  });

  test("balancing copies each replica once, and leaves no exchange of two that would be worth its bytes", () => {
    let exchanged = 0;
    for (const world of [...worlds, ...drawWorlds(1_500, 91)]) {
      const plan = planMoves(world, { type: "balance" });
      for (const { from, to } of plan.moves) expect(added(from, to)).toBeLessThanOrEqual(from.length);
      const gave = new Set(plan.moves.flatMap(({ from, to }) => from.filter((id) => !to.includes(id))));
      const got = new Set(plan.moves.flatMap(({ from, to }) => to.filter((id) => !from.includes(id))));
      if ([...gave].some((id) => got.has(id))) exchanged += 1;
      expect(worthwhileSwaps(world, plan)).toEqual([]);
    }
    expect(exchanged).toBeGreaterThan(20);
  });
});
