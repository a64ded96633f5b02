import type { RebalanceList } from "../../lib/contracts/rebalances.ts";
import { succeed } from "../../lib/result.ts";
import { samplerOf } from "./sampled.ts";
import { defineUseCase } from "./use-case.ts";

/** What the rebalances of a group changed, as far as the console has seen them. */
export const listRebalances = defineUseCase<{ readonly cluster: string; readonly group: string }, RebalanceList>({
  failed: ({ group }) => `Rebalances of ${group} could not be read`,
  run(scope, { group }) {
    const { rebalances, tail, groups } = samplerOf(scope);
    return Promise.resolve(
      succeed({
        events: rebalances.of(group),
        source: tail.isLive ? "log" : "sweep",
        reason: tail.problem,
        rebalancingMs: groups.rebalancingMs(group),
        readAtMs: Date.now(),
      }),
    );
  },
});
