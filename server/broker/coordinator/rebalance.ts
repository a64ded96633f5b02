import assert from "node:assert/strict";
import { FENCED_INSTANCE_ID, REBALANCE_IN_PROGRESS, UNKNOWN_MEMBER_ID } from "../../wire/errors.ts";
import {
  haveAllJoined,
  isAwaitingJoin,
  type LiveGroup,
  type Member,
  type Phase,
  rebalanceTimeoutMs,
} from "./classic-group.ts";
import { subscribedTopics } from "./consumer-subscription.ts";
import type { Moment } from "./decision.ts";
import type { GroupDraft } from "./group-draft.ts";
import type { CallId, JoinAnswer, JoinedMember } from "./group-event.ts";
import { chooseProtocol, metadataOf, NO_BYTES } from "./protocol-choice.ts";

/** Phases that a phase may follow (ClassicGroupState.validPreviousStates). */
const MAY_FOLLOW: Record<Phase["name"], readonly Phase["name"][]> = {
  Empty: ["PreparingRebalance"],
  PreparingRebalance: ["Empty", "CompletingRebalance", "Stable"],
  CompletingRebalance: ["PreparingRebalance"],
  Stable: ["CompletingRebalance"],
};

/** The only door between phases. */
export function enter(group: LiveGroup, phase: Phase, nowMs: number): void {
  assert(MAY_FOLLOW[phase.name].includes(group.phase.name), "a classic group goes from phase to phase as Kafka's does");
  group.phase = phase;
  group.stateTimestampMs = nowMs;
}

/** Adds a member that is not in the group; the first one says what the group is for. */
export function addMember(group: LiveGroup, member: Member, protocolType: string): void {
  assert(!group.members.has(member.memberId), "a member is added once");
  if (group.members.size === 0) group.protocolType = protocolType;
  if (member.groupInstanceId !== null) {
    assert(!group.staticMembers.has(member.groupInstanceId), "an instance id has one member");
    group.staticMembers.set(member.groupInstanceId, member.memberId);
  }
  group.leaderId ??= member.memberId;
  group.members.set(member.memberId, member);
  group.pendingJoins.delete(member.memberId);
}

/** Removes a member, or an id given out; its waiting calls are told UNKNOWN_MEMBER_ID, so that a client that still lives joins anew. */
export function removeMember(draft: GroupDraft, memberId: string): void {
  const { group } = draft;
  const member = group.members.get(memberId);
  const call = takeWaitingCall(group, memberId);
  if (call !== undefined) draft.reply(call, { type: "refused", errorCode: UNKNOWN_MEMBER_ID });
  group.members.delete(memberId);
  group.pendingJoins.delete(memberId);
  if (member !== undefined && member.groupInstanceId !== null) group.staticMembers.delete(member.groupInstanceId);
  if (group.phase.name === "CompletingRebalance" || group.phase.name === "Stable")
    group.phase.pendingSyncs.delete(memberId);
  if (group.leaderId === memberId) group.leaderId = firstOf(group.members.keys()) ?? null;
  draft.disarmSession(memberId);
}

/** Puts a static member's new id in the place of its old one, whose waiting calls are fenced (KIP-345). */
export function replaceStaticMember(draft: GroupDraft, old: Member, memberId: string): Member {
  const { group } = draft;
  assert(old.groupInstanceId !== null, "only a static member is replaced");
  const call = takeWaitingCall(group, old.memberId);
  if (call !== undefined) draft.reply(call, { type: "refused", errorCode: FENCED_INSTANCE_ID, memberId: old.memberId });
  const member: Member = { ...old, memberId, isNew: false };
  // In the place of the old one, so that the order of joining stays.
  group.members = new Map(
    [...group.members.values()].map((each) => (each === old ? [memberId, member] : [each.memberId, each])),
  );
  group.staticMembers.set(old.groupInstanceId, memberId);
  if (group.leaderId === old.memberId) group.leaderId = memberId;
  const { phase } = group;
  const wasPending =
    (phase.name === "CompletingRebalance" || phase.name === "Stable") && phase.pendingSyncs.delete(old.memberId);
  if (wasPending) phase.pendingSyncs.add(memberId);
  draft.disarmSession(old.memberId);
  return member;
}

/** Begins a rebalance unless one goes on, and ends its joining if nobody is missing. */
export function rebalanceOrComplete(draft: GroupDraft, reason: string, moment: Moment): void {
  if (draft.group.phase.name !== "PreparingRebalance") prepareRebalance(draft, reason, moment);
  maybeCompleteJoin(draft, moment);
}

/** A member that is in the group waits for the next generation, which it asks for when none is being prepared. */
export function joinNextGeneration(
  draft: GroupDraft,
  memberId: string,
  call: CallId,
  reason: string,
  moment: Moment,
): void {
  const { group } = draft;
  if (group.phase.name !== "PreparingRebalance") prepareRebalance(draft, reason, moment);
  assert(group.phase.name === "PreparingRebalance", "members wait while a rebalance is prepared");
  const earlier = group.phase.joins.get(memberId);
  // Kafka leaves the earlier request of the member without an answer; a client that still waits for it shall not hang.
  if (earlier !== undefined) draft.reply(earlier, { type: "refused", errorCode: REBALANCE_IN_PROGRESS, memberId });
  group.phase.joins.set(memberId, call);
  maybeCompleteJoin(draft, moment);
}

/** Asks all members to join again; whoever calls it then lets the one that joins wait, or completes. The first rebalance of an empty group waits a little for more members (KIP-134). */
function prepareRebalance(draft: GroupDraft, reason: string, moment: Moment): void {
  const { group } = draft;
  draft.because(reason);
  if (group.phase.name === "CompletingRebalance") {
    for (const call of group.phase.syncs.values())
      draft.reply(call, { type: "refused", errorCode: REBALANCE_IN_PROGRESS });
    for (const memberId of group.phase.syncs.keys()) rearmSession(draft, memberId);
    for (const [memberId, member] of group.members) group.members.set(memberId, { ...member, assignment: NO_BYTES });
  }
  draft.disarmSync();
  const isInitial = group.phase.name === "Empty";
  enter(group, { name: "PreparingRebalance", joins: new Map(), isInitial, hasNewMember: false }, moment.nowMs);
  if (isInitial) {
    const { initialRebalanceDelayMs } = moment.config;
    draft.armInitialDelay(initialRebalanceDelayMs, Math.max(rebalanceTimeoutMs(group) - initialRebalanceDelayMs, 0));
  } else {
    draft.armJoin(rebalanceTimeoutMs(group));
  }
}

/** Ends the joining when nobody is missing; an initial rebalance waits for its timer. */
export function maybeCompleteJoin(draft: GroupDraft, moment: Moment): void {
  const { phase } = draft.group;
  if (phase.name === "PreparingRebalance" && !phase.isInitial && haveAllJoined(draft.group))
    completeJoin(draft, moment);
}

/** Ends the joining: dynamic members that did not come are removed, and the next generation begins, or the group is empty. */
export function completeJoin(draft: GroupDraft, moment: Moment): void {
  const { group } = draft;
  assert(group.phase.name === "PreparingRebalance", "joins complete while a rebalance is prepared");
  draft.disarmJoin();
  for (const member of [...group.members.values()]) {
    if (!isAwaitingJoin(group, member.memberId) && member.groupInstanceId === null)
      removeMember(draft, member.memberId);
  }
  if (group.members.size === 0) return becomeEmpty(draft, moment);
  const { leaderId } = group;
  if (leaderId === null || !isAwaitingJoin(group, leaderId)) {
    const elected = firstOf(group.phase.joins.keys());
    // Only silent static members are left: their sessions, or their return, will move the group on.
    if (elected === undefined) return draft.armJoin(rebalanceTimeoutMs(group));
    group.leaderId = elected;
  }
  beginGeneration(draft, moment);
}

/** Arms the member's session with its own timeout. */
export function rearmSession(draft: GroupDraft, memberId: string): void {
  const member = draft.group.members.get(memberId);
  if (member !== undefined) draft.armSession(memberId, member.sessionTimeoutMs);
}

/** What a member of the present generation is told: the members if it leads. */
export function joinedAnswer(group: LiveGroup, memberId: string, leaderId = group.leaderId): JoinAnswer {
  return {
    type: "joined",
    memberId,
    generationId: group.generationId,
    protocolType: group.protocolType,
    protocolName: group.protocolName,
    leaderId: leaderId ?? "",
    skipAssignment: false,
    members: leaderId === memberId ? membersForLeader(group) : [],
  };
}

/** All members with what they say in the chosen protocol. */
function membersForLeader(group: LiveGroup): JoinedMember[] {
  return [...group.members.values()].map((member) => ({
    memberId: member.memberId,
    groupInstanceId: member.groupInstanceId,
    metadata: metadataOf(member, group.protocolName),
  }));
}

function becomeEmpty(draft: GroupDraft, moment: Moment): void {
  const { group } = draft;
  group.generationId++;
  group.protocolName = null;
  group.leaderId = null;
  group.subscribedTopics = subscribedTopics(group.protocolType, null, group.members);
  enter(group, { name: "Empty" }, moment.nowMs);
  draft.record(new Map());
}

function beginGeneration(draft: GroupDraft, moment: Moment): void {
  const { group } = draft;
  assert(group.phase.name === "PreparingRebalance", "a generation follows the joining");
  const { joins } = group.phase;
  group.generationId++;
  group.protocolName = chooseProtocol(group.members);
  group.subscribedTopics = subscribedTopics(group.protocolType, group.protocolName, group.members);
  enter(
    group,
    { name: "CompletingRebalance", syncs: new Map(), pendingSyncs: new Set(group.members.keys()) },
    moment.nowMs,
  );
  for (const [memberId, member] of group.members) {
    group.members.set(memberId, { ...member, isNew: false });
    const call = joins.get(memberId);
    if (call !== undefined) draft.reply(call, joinedAnswer(group, memberId));
    rearmSession(draft, memberId);
  }
  draft.armSync(rebalanceTimeoutMs(group));
}

function takeWaitingCall(group: LiveGroup, memberId: string): number | undefined {
  const { phase } = group;
  const waiting =
    phase.name === "PreparingRebalance" ? phase.joins : phase.name === "CompletingRebalance" ? phase.syncs : undefined;
  const call = waiting?.get(memberId);
  waiting?.delete(memberId);
  return call;
}

function firstOf<T>(values: Iterable<T>): T | undefined {
  for (const value of values) return value;
  return undefined;
}
