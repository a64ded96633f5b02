import type { ReassignmentGoal } from "../../../lib/contracts/reassignment.ts";
import { type MovePlan, planMoves } from "./plan-moves.ts";
import type { PlanWorld } from "./plan-world.ts";

/** A plan that is wanted, as a thread can be given it. */
export type PlanTask = Omit<PlanWorld, "isInScope"> & {
  /** Only partitions of these may be moved; of all when empty. */
  readonly topics: readonly string[];
  readonly goal: ReassignmentGoal;
};

/** Plans it. Pure. */
export function planTask({ brokers, partitions, topics, goal }: PlanTask): MovePlan {
  const own = new Set(topics);
  const isInScope = (index: number) => own.size === 0 || own.has(partitions[index]?.topic ?? "");
  return planMoves({ brokers, partitions, isInScope }, goal);
}
