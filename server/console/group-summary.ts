import type { GroupSummary } from "../../lib/contracts/groups.ts";
import type { Sampler } from "./engine/sampler/sampler.ts";
import type { SampledGroup } from "./engine/sampler/snapshot.ts";

/** Puts a group's line together, with what the sampler saw of its last minutes. */
export function summariseGroup(group: SampledGroup, sampler: Sampler): GroupSummary {
  const { groupId, type, state, coordinator, members, lagMessages, readAtMs } = group;
  return {
    groupId,
    protocol: type,
    state,
    coordinator,
    members: members && members.length,
    hosts: members && new Set(members.map(({ host }) => host)).size,
    topics: topicsOf(group),
    lagMessages,
    consumedPerSecond: sampler.groups.consumedPerSecond(groupId),
    lags: sampler.trend("group-lag", groupId),
    outlook: sampler.groups.outlook(groupId),
    attention: sampler.groups.attention(group, Date.now()),
    readAtMs,
  };
}

/** Topics that a group has committed in or is assigned, by name. */
export function topicsOf({ offsets, members }: Pick<SampledGroup, "offsets" | "members">): string[] {
  const committed = (offsets ?? []).map(({ topic }) => topic);
  const assigned = (members ?? []).flatMap(({ assignment }) => (assignment ?? []).map(({ topic }) => topic));
  return [...new Set([...committed, ...assigned])].sort((a, b) => (a < b ? -1 : 1));
}
