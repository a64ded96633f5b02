import type { GroupList, GroupSummary } from "../../lib/contracts/groups.ts";
import { fail, succeed } from "../../lib/result.ts";
import type { Sampler } from "./engine/sampler/sampler.ts";
import type { ClusterSnapshot } from "./engine/sampler/snapshot.ts";
import { TREND_STEP_MS } from "./engine/sampler/trends.ts";
import { summariseGroup } from "./group-summary.ts";
import { sampledOf } from "./sampled.ts";
import { defineUseCase } from "./use-case.ts";

/** Every group with its lag, what becomes of it, and what is wrong. Asks no cluster after the first sweep. */
export const listGroups = defineUseCase<{ readonly cluster: string }, GroupList>({
  failed: () => "Consumer groups could not be listed",
  async run(scope, _, title) {
    const { snapshot, problems, sampler } = await sampledOf(scope);
    const { groups } = snapshot;
    const [reason] = problems;
    if (groups === null && reason !== undefined) return fail({ ...reason, title });
    return succeed({
      groups: summariesOf(snapshot, sampler),
      trendStepMs: TREND_STEP_MS,
      problems: [...problems],
      readAtMs: groups?.readAtMs ?? snapshot.readAtMs,
    });
  },
});

/** By sweep: fifty tabs that read the list after each cost one. */
const known = new WeakMap<ClusterSnapshot, GroupSummary[]>();

function summariesOf(snapshot: ClusterSnapshot, sampler: Sampler): GroupSummary[] {
  const found =
    known.get(snapshot) ??
    [...(snapshot.groups?.value.values() ?? [])]
      .map((group) => summariseGroup(group, sampler))
      .sort((a, b) => (a.groupId < b.groupId ? -1 : 1));
  known.set(snapshot, found);
  return found;
}
