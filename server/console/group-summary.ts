import type { GroupSummary } from "../../lib/contracts/groups.ts";
import type { Sampler } from "./engine/sampler/sampler.ts";
import type { SampledGroup } from "./engine/sampler/snapshot.ts";

/** Puts a group's line together, with what the sampler saw of its last minutes. */
export function summariseGroup(group: SampledGroup, sampler: Sampler): GroupSummary {
  const { groupId, type, state, coordinator, members, offsets, lagMessages, readAtMs } = group;
  const findings = sampler.findingsOf(groupId);
  const [worst] = findings;
  return {
    groupId,
    protocol: type,
    state,
    coordinator,
    members: members && members.length,
    hosts: members && new Set(members.map(({ host }) => host)).size,
    topics: topicsOf(group),
    hasCommitted: offsets === null || offsets.length > 0,
    lagMessages,
    lagTime: sampler.lagTimes.ofGroup(groupId) ?? null,
    producedPerSecond: producedPerSecond(group, sampler),
    consumedPerSecond: sampler.groups.consumedPerSecond(groupId),
    lags: sampler.trend("group-lag", groupId),
    outlook: sampler.groups.outlook(groupId),
    findings: [...findings],
    attention: worst && worst.severity !== "info" ? { severity: worst.severity, text: worst.text } : null,
    readAtMs,
  };
}

/** What is written to the partitions that a group has committed in; null when it is not known for one of them. */
function producedPerSecond({ lagOf }: SampledGroup, { endRates }: Sampler): number | null {
  let sum = 0;
  for (const partition of lagOf.keys()) {
    const rate = endRates.perSecond(partition);
    if (rate === null) return null;
    sum += rate;
  }
  return sum;
}

/** Topics that a group has committed in or is assigned, by name. */
export function topicsOf({ offsets, members }: Pick<SampledGroup, "offsets" | "members">): string[] {
  const committed = (offsets ?? []).map(({ topic }) => topic);
  const assigned = (members ?? []).flatMap(({ assignment }) => (assignment ?? []).map(({ topic }) => topic));
  return [...new Set([...committed, ...assigned])].sort((a, b) => (a < b ? -1 : 1));
}
