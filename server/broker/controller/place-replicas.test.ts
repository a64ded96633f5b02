import fc from "fast-check";
import { expect, test } from "vitest";
import { SeededRandom } from "../../environment/simulated/random.ts";
import { isRefusal } from "../refusal.ts";
import type { BrokerImage } from "./image.ts";
import { placeReplicas } from "./place-replicas.ts";

function broker(id: number, rack: string | null, fenced = false): BrokerImage {
  return {
    id,
    rack,
    fenced,
    epoch: 0,
    incarnationId: "",
    inControlledShutdown: false,
    endpoints: [],
    features: [],
    logDirs: [],
  };
}

function placed(brokers: readonly BrokerImage[], count: number, replicationFactor: number, seed = "seed") {
  const placements = placeReplicas(brokers, { count, replicationFactor }, new SeededRandom(seed));
  if (isRefusal(placements)) throw new Error(placements.message);
  return placements;
}

function countBy(ids: readonly (number | undefined)[]): number[] {
  const counts = new Map<number | undefined, number>();
  for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
  return [...counts.values()];
}

const cluster = fc.record({
  racks: fc.constantFrom(1, 2, 3),
  brokersPerRack: fc.integer({ min: 1, max: 4 }),
  rounds: fc.integer({ min: 1, max: 4 }),
  seed: fc.string(),
});

test("leaders and replicas are even over brokers whose number divides the partitions'", () => {
  fc.assert(
    fc.property(cluster, ({ racks, brokersPerRack, rounds, seed }) => {
      const size = racks * brokersPerRack;
      const brokers = Array.from({ length: size }, (_unused, id) => broker(id, `rack-${id % racks}`));
      const replicationFactor = Math.min(size, 3);
      const placements = placed(brokers, size * rounds, replicationFactor, seed);
      expect(new Set(countBy(placements.map(([leader]) => leader)))).toEqual(new Set([rounds]));
      for (const replicas of placements) expect(new Set(replicas).size).toBe(replicationFactor);
    }),
  );
});

test("replicas are in as many racks as there are", () => {
  fc.assert(
    fc.property(cluster, ({ racks, brokersPerRack, seed }) => {
      const size = racks * brokersPerRack;
      const brokers = Array.from({ length: size }, (_unused, id) => broker(id, `rack-${id % racks}`));
      const replicationFactor = Math.min(size, racks);
      for (const replicas of placed(brokers, 10, replicationFactor, seed))
        expect(new Set(replicas.map((id) => id % racks)).size).toBe(replicationFactor);
    }),
  );
});

test("a fenced broker never leads, and is a replica only when the others do not suffice", () => {
  const brokers = [broker(1, null), broker(2, null), broker(3, null, true)];
  for (const replicas of placed(brokers, 12, 2)) expect(replicas).not.toContain(3);
  for (const [leader, ...followers] of placed(brokers, 12, 3)) {
    expect(leader).not.toBe(3);
    expect(followers).toContain(3);
  }
});

test("the same draw gives the same placement, another one another", () => {
  const brokers = Array.from({ length: 6 }, (_unused, id) => broker(id, null));
  expect(placed(brokers, 6, 3, "a")).toEqual(placed(brokers, 6, 3, "a"));
  expect(placed(brokers, 6, 3, "a")).not.toEqual(placed(brokers, 6, 3, "b"));
});
