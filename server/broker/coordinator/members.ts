import { FENCED_INSTANCE_ID, UNKNOWN_MEMBER_ID } from "../../wire/errors.ts";
import type { LiveGroup, Member } from "./classic-group.ts";

/** The member that a request comes from, or the error code that Kafka gives: fenced when another has taken its instance id since. */
export function findMember(group: LiveGroup, memberId: string, groupInstanceId: string | null): Member | number {
  if (groupInstanceId !== null) {
    const current = group.staticMembers.get(groupInstanceId);
    if (current === undefined) return UNKNOWN_MEMBER_ID;
    if (current !== memberId) return FENCED_INSTANCE_ID;
  }
  return group.members.get(memberId) ?? UNKNOWN_MEMBER_ID;
}
