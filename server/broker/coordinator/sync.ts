import {
  ILLEGAL_GENERATION,
  INCONSISTENT_GROUP_PROTOCOL,
  REBALANCE_IN_PROGRESS,
  UNKNOWN_MEMBER_ID,
} from "../../wire/errors.ts";
import type { CompletingPhase, LiveGroup, Member } from "./classic-group.ts";
import { type Decision, type Moment, refuse } from "./decision.ts";
import { GroupDraft } from "./group-draft.ts";
import type { GroupImage } from "./group-image.ts";
import type { SyncAnswer, SyncEvent } from "./group-event.ts";
import { findMember } from "./members.ts";
import { NO_BYTES } from "./protocol-choice.ts";
import { enter, rearmSession } from "./rebalance.ts";

/** SyncGroup: a member wants its share; the leader brings everybody's. */
export function decideSync(image: GroupImage, event: SyncEvent, moment: Moment): Decision {
  const group = image.groups.get(event.groupId)?.live;
  if (group === undefined || group.phase.name === "Empty") return refuse(event.call, UNKNOWN_MEMBER_ID);
  const member = findMember(group, event.memberId, event.groupInstanceId);
  if (typeof member === "number") return refuse(event.call, member);
  if (event.generationId !== group.generationId) return refuse(event.call, ILLEGAL_GENERATION);
  if (differs(event.protocolType, group.protocolType) || differs(event.protocolName, group.protocolName)) {
    return refuse(event.call, INCONSISTENT_GROUP_PROTOCOL);
  }
  if (group.phase.name === "PreparingRebalance") return refuse(event.call, REBALANCE_IN_PROGRESS);
  const draft = new GroupDraft(event.groupId, group);
  const { phase } = draft.group;
  if (phase.name === "CompletingRebalance") waitForShare(draft, phase, event, moment);
  else if (phase.name === "Stable") {
    phase.pendingSyncs.delete(member.memberId);
    if (phase.pendingSyncs.size === 0) draft.disarmSync();
    draft.reply(event.call, shareOf(draft.group, member));
  }
  return draft.decision();
}

function waitForShare(draft: GroupDraft, phase: CompletingPhase, event: SyncEvent, moment: Moment): void {
  const { group } = draft;
  const earlier = phase.syncs.get(event.memberId);
  // As in JoinGroup: a member's earlier request is answered instead of being left behind.
  if (earlier !== undefined) draft.reply(earlier, { type: "refused", errorCode: REBALANCE_IN_PROGRESS });
  phase.syncs.set(event.memberId, event.call);
  phase.pendingSyncs.delete(event.memberId);
  if (phase.pendingSyncs.size === 0) draft.disarmSync();
  if (group.leaderId === event.memberId) handOut(draft, phase, event, moment);
}

/** Records the leader's assignments, empty for whom it forgot, and answers all that wait. */
function handOut(draft: GroupDraft, phase: CompletingPhase, event: SyncEvent, moment: Moment): void {
  const { group } = draft;
  draft.because(`the leader ${event.memberId} assigned`);
  draft.record(event.assignments);
  for (const [memberId, member] of group.members) {
    group.members.set(memberId, { ...member, assignment: event.assignments.get(memberId) ?? NO_BYTES });
  }
  enterStable(group, phase, moment);
  for (const [memberId, call] of phase.syncs) {
    const member = group.members.get(memberId);
    if (member === undefined) continue;
    draft.reply(call, shareOf(group, member));
    rearmSession(draft, memberId);
  }
}

/** The record keeps the time at which the generation began, as Kafka's does, so the phase changes after it is made. */
function enterStable(group: LiveGroup, phase: CompletingPhase, moment: Moment): void {
  enter(group, { name: "Stable", pendingSyncs: phase.pendingSyncs }, moment.nowMs);
}

function shareOf(group: LiveGroup, member: Member): SyncAnswer {
  const { protocolType, protocolName } = group;
  return { type: "synced", protocolType, protocolName, assignment: member.assignment };
}

/** Old versions do not say; a wrong word is refused (KIP-559). */
function differs(said: string | null, known: string | null): boolean {
  return said !== null && said !== known;
}
