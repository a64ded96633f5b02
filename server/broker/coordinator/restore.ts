import type { ClassicGroup, LiveGroup, Member, RecordedGroup } from "./classic-group.ts";
import { subscribedTopics } from "./consumer-subscription.ts";

/** What a coordinator that has just loaded the group knows of it: Stable with the recorded members, or Empty. */
export function restore(recorded: RecordedGroup): LiveGroup {
  const members = new Map<string, Member>();
  const staticMembers = new Map<string, string>();
  for (const { subscription, ...member } of recorded.members) {
    const protocols = recorded.protocolName === null ? [] : [{ name: recorded.protocolName, metadata: subscription }];
    members.set(member.memberId, { ...member, protocols, isNew: false });
    if (member.groupInstanceId !== null) staticMembers.set(member.groupInstanceId, member.memberId);
  }
  const protocolType = recorded.protocolType === "" ? null : recorded.protocolType;
  return {
    protocolType,
    generationId: recorded.generationId,
    protocolName: recorded.protocolName,
    leaderId: recorded.leaderId,
    stateTimestampMs: recorded.stateTimestampMs,
    members,
    staticMembers,
    pendingJoins: new Set(),
    subscribedTopics: subscribedTopics(protocolType, recorded.protocolName, members),
    phase: members.size === 0 ? { name: "Empty" } : { name: "Stable", pendingSyncs: new Set() },
  };
}

/** A group that nothing is known of but its id: before its first record, or one that only commits offsets. */
export function simpleGroup(groupId: string): ClassicGroup {
  const live: LiveGroup = {
    protocolType: null,
    generationId: 0,
    protocolName: null,
    leaderId: null,
    stateTimestampMs: -1,
    members: new Map(),
    staticMembers: new Map(),
    pendingJoins: new Set(),
    subscribedTopics: undefined,
    phase: { name: "Empty" },
  };
  return { groupId, recorded: undefined, live };
}
