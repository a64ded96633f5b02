import { createHash } from "node:crypto";
import type { ReplicaMove } from "../../../lib/contracts/reassignment.ts";

/** Plans that are kept; a person looks at one or two. */
const KEPT_MAX = 20;

/** Moves with the name of what they are for. */
export type KeptPlan = { readonly title: string; readonly moves: readonly ReplicaMove[] };

/** The last plans by what is in them, so that a page need not send thousands of moves back to begin them. */
export class KeptPlans {
  private readonly plans = new Map<string, KeptPlan>();

  /** Answers the id under which it is found again. */
  keep(plan: KeptPlan): string {
    const id = createHash("sha256").update(JSON.stringify(plan)).digest("base64url").slice(0, 22);
    this.plans.delete(id);
    this.plans.set(id, plan);
    for (const oldest of this.plans.keys()) {
      if (this.plans.size <= KEPT_MAX) break;
      this.plans.delete(oldest);
    }
    return id;
  }

  /** Undefined when it was replaced by newer ones, or the console was started again. */
  find(id: string): KeptPlan | undefined {
    return this.plans.get(id);
  }
}
