import type { Random } from "../../environment/environment.ts";
import { INVALID_REPLICATION_FACTOR } from "../../wire/errors.ts";
import type { Refusal } from "../refusal.ts";
import { isActive } from "./broker-state.ts";
import type { BrokerImage } from "./image.ts";

/** Brokers of one rack in the order in which this round takes them. */
type Rack = { readonly active: readonly number[]; readonly resting: readonly number[] };

/**
 * Where the replicas of `count` new partitions go (Kafka's striped placer): the first replicas go round the racks and the brokers in them from a random
 * start, so that leaders spread evenly; the others follow on the next racks; each round of the brokers takes another order. Brokers that are fenced
 * or shutting down get replicas only when the others do not suffice, and never the first one.
 */
export function placeReplicas(
  brokers: Iterable<BrokerImage>,
  options: { readonly count: number; readonly replicationFactor: number },
  random: Random,
): readonly (readonly number[])[] | Refusal {
  const all = [...brokers].sort((a, b) => a.id - b.id);
  const { count, replicationFactor } = options;
  const refuse = (reason: string): Refusal => ({
    errorCode: INVALID_REPLICATION_FACTOR,
    message: `Unable to replicate the partition ${replicationFactor} time(s): ${reason}`,
  });
  if (all.length < replicationFactor)
    return refuse(
      `The target replication factor of ${replicationFactor} cannot be reached because only ${all.length} broker(s) are registered.`,
    );
  const active = all.filter(isActive).length;
  if (active === 0) return refuse("All brokers are currently fenced.");
  const placements: (readonly number[])[] = [];
  let racks = racksOf(all, random);
  for (let partition = 0; partition < count; partition++) {
    const round = partition % active;
    if (partition > 0 && round === 0) racks = racksOf(all, random);
    placements.push(placeOne(racks, round, replicationFactor));
  }
  return placements;
}

/** Racks and the brokers in them, both shuffled. */
function racksOf(brokers: readonly BrokerImage[], random: Random): readonly Rack[] {
  const byRack = new Map<string | null, BrokerImage[]>();
  for (const broker of brokers) {
    const rack = byRack.get(broker.rack);
    if (rack === undefined) byRack.set(broker.rack, [broker]);
    else rack.push(broker);
  }
  const racks = [...byRack.values()].map((members) => ({
    active: shuffle(
      members.filter(isActive).map((broker) => broker.id),
      random,
    ),
    resting: shuffle(
      members.filter((broker) => !isActive(broker)).map((broker) => broker.id),
      random,
    ),
  }));
  return shuffle(racks, random);
}

function placeOne(racks: readonly Rack[], round: number, replicationFactor: number): readonly number[] {
  const queues = racks.map((rack) => [...rotate(rack.active, Math.floor(round / racks.length)), ...rack.resting]);
  const leading = racks.map((rack) => rack.active.length > 0);
  const placement: number[] = [];
  let at = round % racks.length;
  while (leading[at] === false) at = (at + 1) % racks.length;
  while (placement.length < replicationFactor) {
    const broker = queues[at]?.shift();
    if (broker !== undefined) placement.push(broker);
    at = (at + 1) % racks.length;
  }
  return placement;
}

function rotate<T>(items: readonly T[], by: number): readonly T[] {
  const start = items.length === 0 ? 0 : by % items.length;
  return [...items.slice(start), ...items.slice(0, start)];
}

/** Fisher-Yates. */
function shuffle<T>(items: readonly T[], random: Random): readonly T[] {
  const rest = [...items];
  const shuffled: T[] = [];
  while (rest.length > 0) shuffled.push(...rest.splice(random.int(0, rest.length - 1), 1));
  return shuffled;
}
