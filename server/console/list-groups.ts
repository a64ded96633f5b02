import type { GroupList, GroupSummary } from "../../lib/contracts/groups.ts";
import type { Problem } from "../../lib/problem.ts";
import { fail, type Result, succeed } from "../../lib/result.ts";
import type { Sampler } from "./engine/sampler/sampler.ts";
import type { ClusterSnapshot } from "./engine/sampler/snapshot.ts";
import { TREND_STEP_MS } from "./engine/sampler/trends.ts";
import { summariseGroup } from "./group-summary.ts";
import { sampledOf } from "./sampled.ts";
import { defineUseCase } from "./use-case.ts";

/**
 * Every group with its lag, what becomes of it, and what is wrong. Asks no cluster after the first sweep; all who ask between two sweeps get the same
 * object.
 */
export const listGroups = defineUseCase<{ readonly cluster: string }, GroupList>({
  failed: () => "Consumer groups could not be listed",
  async run(scope, _, title) {
    const { snapshot, problems, sampler } = await sampledOf(scope);
    const kept = known.get(snapshot);
    if (kept?.problems === problems) return kept.answer;
    const { groups } = snapshot;
    const [reason] = problems;
    if (groups === null && reason !== undefined) return fail({ ...reason, title });
    const answer = succeed({
      groups: summariesOf(snapshot, sampler),
      trendStepMs: TREND_STEP_MS,
      problems: [...problems],
      readAtMs: groups?.readAtMs ?? snapshot.readAtMs,
    });
    known.set(snapshot, { problems, answer });
    return answer;
  },
});

/** By sweep; a sweep that failed after it leaves the snapshot and adds its problem. */
const known = new WeakMap<
  ClusterSnapshot,
  { readonly problems: readonly Problem[]; readonly answer: Result<GroupList> }
>();

function summariesOf(snapshot: ClusterSnapshot, sampler: Sampler): GroupSummary[] {
  return [...(snapshot.groups?.value.values() ?? [])]
    .map((group) => summariseGroup(group, sampler))
    .sort((a, b) => (a.groupId < b.groupId ? -1 : 1));
}
