import { startThread } from "../start-thread.ts";
import type { MovePlan } from "./plan-moves.ts";
import { planTask, type PlanTask } from "./plan-task.ts";

/** JavaScript memory of a plan: a million partitions take less. */
const HEAP_MEGABYTES_MAX = 1_024;

/** Plans in a thread of its own, so that nobody waits for it; where nothing was built (tests, `next dev`) in this one. */
export function planInThread(task: PlanTask): Promise<MovePlan> {
  return new Promise((resolve, reject) => {
    const resourceLimits = { maxOldGenerationSizeMb: HEAP_MEGABYTES_MAX };
    const worker = startThread("planner", { workerData: task, resourceLimits });
    if (worker === undefined) {
      resolve(planTask(task));
      return;
    }
    worker.once("message", (plan: MovePlan) => resolve(plan));
    worker.once("error", reject);
    worker.once("exit", () => reject(new Error("the thread that plans ended before it had a plan")));
  });
}
