import {
  GROUP_MAX_SIZE_REACHED,
  INCONSISTENT_GROUP_PROTOCOL,
  INVALID_SESSION_TIMEOUT,
  MEMBER_ID_REQUIRED,
  UNKNOWN_MEMBER_ID,
} from "../../wire/errors.ts";
import { isAwaitingJoin, type LiveGroup, type Member } from "./classic-group.ts";
import { type Decision, type Moment, refuse } from "./decision.ts";
import { GroupDraft } from "./group-draft.ts";
import type { GroupImage } from "./group-image.ts";
import type { JoinEvent } from "./group-event.ts";
import { findMember } from "./members.ts";
import { chooseProtocol, isProtocolPossible, NO_BYTES, sameProtocols } from "./protocol-choice.ts";
import { addMember, joinedAnswer, joinNextGeneration, removeMember, replaceStaticMember } from "./rebalance.ts";
import { simpleGroup } from "./restore.ts";

/**
 * How long a new member may wait in its first join. It has no id to send heartbeats with, so without a bound members of clients that gave
 * up would pile up; one that still waits simply joins again (Kafka's classic group new member join timeout).
 */
const NEW_MEMBER_JOIN_TIMEOUT_MS = 5 * 60_000;

/** JoinGroup: a member wants to be in the next generation. */
export function decideJoin(image: GroupImage, event: JoinEvent, moment: Moment): Decision {
  const { config } = moment;
  if (event.sessionTimeoutMs < config.minSessionTimeoutMs || event.sessionTimeoutMs > config.maxSessionTimeoutMs) {
    return refuse(event.call, INVALID_SESSION_TIMEOUT, event.memberId);
  }
  const known = image.groups.get(event.groupId);
  if (known === undefined && event.memberId !== "") return refuse(event.call, UNKNOWN_MEMBER_ID, event.memberId);
  const group = known?.live ?? simpleGroup(event.groupId).live;
  if (!hasRoom(group, event.memberId, config.maxSize)) return refuseForSize(event, group);
  if (!isProtocolPossible(group, event.protocolType, event.protocols))
    return refuse(event.call, INCONSISTENT_GROUP_PROTOCOL, event.memberId);
  const draft = new GroupDraft(event.groupId, group);
  if (known === undefined) {
    draft.group.stateTimestampMs = moment.nowMs;
    draft.record(new Map());
  }
  return event.memberId === "" ? joinAsNewcomer(draft, event, moment) : joinAgain(draft, event, moment);
}

/** New members are let in up to `group.max.size`; while a rebalance is prepared the ones that wait are counted, so that a group over the size shrinks. */
function hasRoom(group: LiveGroup, memberId: string, maxSize: number): boolean {
  switch (group.phase.name) {
    case "Empty":
      return true;
    case "PreparingRebalance":
      return isAwaitingJoin(group, memberId) || group.phase.joins.size < maxSize;
    case "CompletingRebalance":
    case "Stable":
      return group.members.has(memberId) || group.members.size < maxSize;
  }
}

function refuseForSize(event: JoinEvent, group: LiveGroup): Decision {
  if (!group.members.has(event.memberId) && !group.pendingJoins.has(event.memberId))
    return refuse(event.call, GROUP_MAX_SIZE_REACHED);
  const draft = new GroupDraft(event.groupId, group);
  removeMember(draft, event.memberId);
  draft.reply(event.call, { type: "refused", errorCode: GROUP_MAX_SIZE_REACHED });
  return draft.decision();
}

function joinAsNewcomer(draft: GroupDraft, event: JoinEvent, moment: Moment): Decision {
  const { group } = draft;
  const current = event.groupInstanceId === null ? undefined : group.staticMembers.get(event.groupInstanceId);
  const old = current === undefined ? undefined : group.members.get(current);
  if (old !== undefined) return takeOver(draft, old, event, moment);
  if (event.groupInstanceId !== null || !event.requiresKnownMemberId)
    return addAndWait(draft, event.newMemberId, event, moment);
  // KIP-394: only a client that has received its id becomes a member, so that a lost answer leaves no ghost behind.
  group.pendingJoins.add(event.newMemberId);
  draft.armSession(event.newMemberId, event.sessionTimeoutMs);
  draft.reply(event.call, { type: "refused", errorCode: MEMBER_ID_REQUIRED, memberId: event.newMemberId });
  return draft.decision();
}

function addAndWait(draft: GroupDraft, memberId: string, event: JoinEvent, moment: Moment): Decision {
  const { group } = draft;
  if (group.phase.name === "PreparingRebalance" && group.phase.isInitial) group.phase.hasNewMember = true;
  const { groupInstanceId, clientId, clientHost } = event;
  const member: Member = {
    memberId,
    groupInstanceId,
    clientId,
    clientHost,
    ...termsOf(event),
    assignment: NO_BYTES,
    isNew: true,
  };
  addMember(group, member, event.protocolType);
  draft.armSession(memberId, NEW_MEMBER_JOIN_TIMEOUT_MS);
  joinNextGeneration(draft, memberId, event.call, because(event, `member ${memberId} joins`), moment);
  return draft.decision();
}

/** A static member is back without its id: it takes its old place, without a rebalance when the group is at peace (KIP-345). */
function takeOver(draft: GroupDraft, old: Member, event: JoinEvent, moment: Moment): Decision {
  const { group } = draft;
  const leaderBefore = group.leaderId;
  const member: Member = { ...replaceStaticMember(draft, old, event.newMemberId), ...termsOf(event) };
  group.members.set(member.memberId, member);
  draft.armSession(member.memberId, member.sessionTimeoutMs);
  if (group.phase.name !== "Stable" || group.protocolName !== chooseProtocol(group.members)) {
    // In CompletingRebalance too: the leader may assign to the old id already, so the new one would get nothing.
    joinNextGeneration(
      draft,
      member.memberId,
      event.call,
      because(event, `static member ${old.groupInstanceId} is back`),
      moment,
    );
    return draft.decision();
  }
  draft.record(new Map([...group.members.values()].map((each) => [each.memberId, each.assignment])));
  const isLeader = group.leaderId === member.memberId;
  // An old client that leads would assign anew; told its former id as the leader's, it only asks for its share.
  const answer = event.supportsSkippingAssignment
    ? { ...joinedAnswer(group, member.memberId), skipAssignment: isLeader }
    : joinedAnswer(group, member.memberId, leaderBefore);
  draft.reply(event.call, answer);
  return draft.decision();
}

function joinAgain(draft: GroupDraft, event: JoinEvent, moment: Moment): Decision {
  const { group } = draft;
  const { memberId } = event;
  if (group.pendingJoins.has(memberId) && event.groupInstanceId === null)
    return addAndWait(draft, memberId, event, moment);
  const member = findMember(group, memberId, event.groupInstanceId);
  if (typeof member === "number") return refuse(event.call, member, memberId);
  const says = sameProtocols(member.protocols, event.protocols) ? "the same" : "something new";
  const answersAtOnce =
    (group.phase.name === "CompletingRebalance" && says === "the same") ||
    // The leader joins again to have everything assigned anew, for instance because a topic has more partitions.
    (group.phase.name === "Stable" && says === "the same" && group.leaderId !== memberId);
  if (answersAtOnce) {
    draft.reply(event.call, joinedAnswer(group, memberId));
    return draft.decision();
  }
  group.members.set(memberId, { ...member, ...termsOf(event) });
  joinNextGeneration(
    draft,
    memberId,
    event.call,
    because(event, `member ${memberId} joins again with ${says}`),
    moment,
  );
  return draft.decision();
}

function termsOf(event: JoinEvent): Pick<Member, "sessionTimeoutMs" | "rebalanceTimeoutMs" | "protocols"> {
  const { sessionTimeoutMs, rebalanceTimeoutMs, protocols } = event;
  return { sessionTimeoutMs, rebalanceTimeoutMs, protocols };
}

function because(event: JoinEvent, what: string): string {
  return `${what}; client reason: ${event.reason ?? "not provided"}`;
}
