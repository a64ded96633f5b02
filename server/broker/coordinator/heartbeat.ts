import { ILLEGAL_GENERATION, REBALANCE_IN_PROGRESS, UNKNOWN_MEMBER_ID } from "../../wire/errors.ts";
import type { Member } from "./classic-group.ts";
import { type Decision, refuse, timerKey } from "./decision.ts";
import type { GroupImage } from "./group-image.ts";
import type { GroupEvent, HeartbeatEvent } from "./group-event.ts";
import type { TimerChange } from "./machine.ts";
import { findMember } from "./members.ts";

/** Heartbeat: the member lives; it learns whether it has to join again. */
export function decideHeartbeat(image: GroupImage, event: HeartbeatEvent): Decision {
  const group = image.groups.get(event.groupId)?.live;
  if (group === undefined) return refuse(event.call, UNKNOWN_MEMBER_ID);
  const member = findMember(group, event.memberId, event.groupInstanceId);
  if (typeof member === "number") return refuse(event.call, member);
  if (event.generationId !== group.generationId) return refuse(event.call, ILLEGAL_GENERATION);
  const answer =
    group.phase.name === "PreparingRebalance"
      ? ({ type: "refused", errorCode: REBALANCE_IN_PROGRESS } as const)
      : ({ type: "done" } as const);
  return { records: [], timers: [sessionTimer(event.groupId, member)], replies: [{ call: event.call, answer }] };
}

/** The member has shown that it lives. */
export function sessionTimer(groupId: string, member: Member): TimerChange<GroupEvent> {
  const { memberId, sessionTimeoutMs } = member;
  return {
    key: timerKey.session(groupId, memberId),
    afterMs: sessionTimeoutMs,
    event: { type: "session-expired", groupId, memberId },
  };
}
