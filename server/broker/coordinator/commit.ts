import {
  GROUP_ID_NOT_FOUND,
  ILLEGAL_GENERATION,
  NONE,
  OFFSET_METADATA_TOO_LARGE,
  REBALANCE_IN_PROGRESS,
  UNKNOWN_MEMBER_ID,
} from "../../wire/errors.ts";
import type { LiveGroup } from "./classic-group.ts";
import { type Decision, type Moment, refuse } from "./decision.ts";
import type { GroupImage } from "./group-image.ts";
import type { GroupRecord } from "./group-record.ts";
import type { CommitEvent, GroupEvent } from "./group-event.ts";
import { sessionTimer } from "./heartbeat.ts";
import type { TimerChange } from "./machine.ts";
import { findMember } from "./members.ts";

/** OffsetCommit: from a member of the present generation, or, while the group has no members, from anybody. */
export function decideCommit(image: GroupImage, event: CommitEvent, moment: Moment): Decision {
  const refusal = refusalOf(image.groups.get(event.groupId)?.live, event);
  if (refusal !== NONE) return refuse(event.call, refusal);
  const { nowMs, config } = moment;
  const expireTimestampMs = event.retentionTimeMs === undefined ? undefined : nowMs + event.retentionTimeMs;
  const records: GroupRecord[] = [];
  const errorCodes = event.offsets.map(({ topic, topicId, partition, offset, leaderEpoch, metadata }) => {
    if (metadata.length > config.offsetMetadataMaxLength) return OFFSET_METADATA_TOO_LARGE;
    const value = { offset, leaderEpoch, metadata, commitTimestampMs: nowMs, expireTimestampMs, topicId };
    records.push({ type: "offset-commit", groupId: event.groupId, topic, partition, value });
    return NONE;
  });
  return {
    records,
    timers: sessionOf(image, event),
    replies: [{ call: event.call, answer: { type: "committed", errorCodes } }],
  };
}

function refusalOf(group: LiveGroup | undefined, event: CommitEvent): number {
  const { generationId, memberId, groupInstanceId } = event;
  if (group === undefined) {
    if (generationId < 0) return NONE;
    return event.namesMissingGroup ? GROUP_ID_NOT_FOUND : ILLEGAL_GENERATION;
  }
  const isEmpty = group.phase.name === "Empty";
  if (generationId < 0 && isEmpty) return NONE;
  if (generationId >= 0 || memberId !== "" || groupInstanceId !== null) {
    const member = findMember(group, memberId, groupInstanceId);
    if (typeof member === "number") return member;
    if (generationId !== group.generationId) return ILLEGAL_GENERATION;
  } else if (!isEmpty) {
    return UNKNOWN_MEMBER_ID;
  }
  // The member has its generation but not its share yet: it shall sync first.
  return group.phase.name === "CompletingRebalance" ? REBALANCE_IN_PROGRESS : NONE;
}

/** A commit shows that the member lives, as a heartbeat does. */
function sessionOf(image: GroupImage, event: CommitEvent): TimerChange<GroupEvent>[] {
  const member = image.groups.get(event.groupId)?.live.members.get(event.memberId);
  return member === undefined ? [] : [sessionTimer(event.groupId, member)];
}
