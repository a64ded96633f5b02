import type { SeededRandom } from "../../environment/simulated/random.ts";

/**
 * What can go wrong, by class. `broker-death` and `platform-death`: kill -9 of the broker alone, or of all roles of the machine; what was
 * written stays. `torn-write`: the broker dies in the middle of a write. `power-cut`: the machine goes, and what was not synced goes in
 * part. `connection-loss`: the clients' connections break. `clock-jump`: somebody sets the machine's date.
 */
export const FAULT_CLASSES = [
  "broker-death",
  "platform-death",
  "torn-write",
  "power-cut",
  "connection-loss",
  "clock-jump",
] as const;
export type FaultClass = (typeof FAULT_CLASSES)[number];

/** A fault to come, so many simulated milliseconds after the one before; the roles that it ended are back `downMs` later. */
export type PlannedFault<Class extends string = FaultClass> = {
  readonly class: Class;
  readonly afterMs: number;
  readonly downMs: number;
};

/** How many writes the broker makes at most before a torn one. */
export const TORN_WRITE_AFTER_MAX = 20;

/** Some of the classes, so that each seed meets another mixture and rare pairs get their turn (swarm testing). Never none. */
export function swarm<Class extends string>(random: SeededRandom, classes: readonly Class[]): Class[] {
  const chosen = classes.filter(() => random.chance(0.5));
  return chosen.length > 0 ? chosen : [random.pick(classes)];
}

/** Faults of these classes at random times. Each fault ranks the classes for itself, so that taking one away changes only the faults that were of it. */
export function planFaults<Class extends string>(
  random: SeededRandom,
  classes: readonly Class[],
  { count, afterMsMax }: { readonly count: number; readonly afterMsMax: number },
): PlannedFault<Class>[] {
  const plan: PlannedFault<Class>[] = [];
  for (let index = 0; index < count; index++) {
    const own = random.fork(`fault-${index}`);
    const ranked = classes.map((each) => ({ each, rank: own.fork(each).next() })).toSorted((a, b) => a.rank - b.rank);
    const [first] = ranked;
    if (first !== undefined)
      plan.push({ class: first.each, afterMs: own.int(50, afterMsMax), downMs: own.int(10, 3_000) });
  }
  return plan;
}
