import type { ReassignmentGoal } from "../../../lib/contracts/reassignment.ts";
import { type MovePlan, planMoves } from "./plan-moves.ts";
import type { PlanWorld } from "./plan-world.ts";

/** A plan that is wanted, as a thread can be given it. */
export type PlanTask = Omit<PlanWorld, "isInScope"> & {
  /** Only partitions of these may be moved; of all when empty. */
  readonly topics: readonly string[];
  /** Of those topics only these partitions; all when empty. */
  readonly only: readonly number[];
  /** Partitions that are being moved, as "topic/partition": no goal changes them. What is written by hand does. */
  readonly underWay: ReadonlySet<string>;
  readonly goal: ReassignmentGoal;
};

/** Plans it. Pure. */
export function planTask({ brokers, partitions, topics, only, underWay, goal }: PlanTask): MovePlan {
  const own = new Set(topics);
  const chosen = new Set(only);
  const isInScope = (index: number) => {
    const { topic = "", partition = -1 } = partitions[index] ?? {};
    return (
      (own.size === 0 || own.has(topic)) &&
      (chosen.size === 0 || chosen.has(partition)) &&
      !underWay.has(`${topic}/${partition}`)
    );
  };
  return planMoves({ brokers, partitions, isInScope }, goal);
}
