import { NONE, UNKNOWN_MEMBER_ID } from "../../wire/errors.ts";
import { answer, type Decision, type Moment, refuse } from "./decision.ts";
import { GroupDraft } from "./group-draft.ts";
import type { GroupImage } from "./group-image.ts";
import type { LeaveEvent, LeavingMember } from "./group-event.ts";
import { findMember } from "./members.ts";
import { maybeCompleteJoin, rebalanceOrComplete, removeMember } from "./rebalance.ts";

/** LeaveGroup: members go, each with its own error code (KIP-345); the others share anew. */
export function decideLeave(image: GroupImage, event: LeaveEvent, moment: Moment): Decision {
  const group = image.groups.get(event.groupId)?.live;
  if (group === undefined) return refuse(event.call, UNKNOWN_MEMBER_ID);
  const draft = new GroupDraft(event.groupId, group);
  const members = event.members.map((member) => {
    const { memberId, groupInstanceId } = member;
    return { memberId, groupInstanceId, errorCode: leave(draft, member) };
  });
  const left = members.filter((member) => member.errorCode === NONE);
  if (left.length === 0) return answer(event.call, { type: "left", members });
  const { name } = draft.group.phase;
  const reasons = event.members.map((member) => member.reason ?? "not provided").join(", ");
  if (name === "Stable" || name === "CompletingRebalance")
    rebalanceOrComplete(draft, `members left; client reason: ${reasons}`, moment);
  else maybeCompleteJoin(draft, moment);
  draft.reply(event.call, { type: "left", members });
  return draft.decision();
}

function leave(draft: GroupDraft, leaving: LeavingMember): number {
  const { group } = draft;
  const { memberId, groupInstanceId } = leaving;
  if (memberId === "") {
    const current = groupInstanceId === null ? undefined : group.staticMembers.get(groupInstanceId);
    if (current === undefined) return UNKNOWN_MEMBER_ID;
    removeMember(draft, current);
    return NONE;
  }
  if (!group.pendingJoins.has(memberId)) {
    const member = findMember(group, memberId, groupInstanceId);
    if (typeof member === "number") return member;
  }
  removeMember(draft, memberId);
  return NONE;
}
