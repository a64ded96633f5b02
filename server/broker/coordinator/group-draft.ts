import type { LiveGroup, Member, Phase, RecordedGroup, RecordedMember } from "./classic-group.ts";
import { type Decision, timerKey } from "./decision.ts";
import type { Answer, CallId, GroupEvent, Reply } from "./group-event.ts";
import type { GroupRecord } from "./group-record.ts";
import type { TimerChange } from "./machine.ts";
import { metadataOf, NO_BYTES } from "./protocol-choice.ts";

/**
 * A group while a decision about it is made: a copy that may be changed freely, with the records, timers and replies that come of it.
 * `decision()` hands all over; until then the image knows nothing of it.
 */
export class GroupDraft {
  readonly groupId: string;
  readonly group: LiveGroup;
  private readonly records: GroupRecord[] = [];
  private readonly timers: TimerChange<GroupEvent>[] = [];
  private readonly replies: Reply[] = [];
  private reason = "";

  constructor(groupId: string, group: LiveGroup) {
    this.groupId = groupId;
    this.group = {
      ...group,
      members: new Map(group.members),
      staticMembers: new Map(group.staticMembers),
      pendingJoins: new Set(group.pendingJoins),
      phase: copyOf(group.phase),
    };
  }

  /** Answers a call. */
  reply(call: CallId, answer: Answer): void {
    this.replies.push({ call, answer });
  }

  /** Writes the group as it is now; `assignments` by member id, empty where there is none. */
  record(assignments: ReadonlyMap<string, Uint8Array>): void {
    this.records.push({ type: "group-metadata", groupId: this.groupId, value: recordedForm(this.group, assignments) });
  }

  /** Arms the member's session anew. */
  armSession(memberId: string, afterMs: number): void {
    const { groupId } = this;
    this.timers.push({
      key: timerKey.session(groupId, memberId),
      afterMs,
      event: { type: "session-expired", groupId, memberId },
    });
  }

  disarmSession(memberId: string): void {
    this.timers.push({ key: timerKey.session(this.groupId, memberId), afterMs: undefined });
  }

  armInitialDelay(delayMs: number, remainingMs: number): void {
    const event = { type: "initial-delay-passed", groupId: this.groupId, delayMs, remainingMs } as const;
    this.timers.push({ key: timerKey.join(this.groupId), afterMs: delayMs, event });
  }

  armJoin(afterMs: number): void {
    this.timers.push({
      key: timerKey.join(this.groupId),
      afterMs,
      event: { type: "join-timed-out", groupId: this.groupId },
    });
  }

  disarmJoin(): void {
    this.timers.push({ key: timerKey.join(this.groupId), afterMs: undefined });
  }

  armSync(afterMs: number): void {
    const event = { type: "sync-timed-out", groupId: this.groupId, generationId: this.group.generationId } as const;
    this.timers.push({ key: timerKey.sync(this.groupId), afterMs, event });
  }

  disarmSync(): void {
    this.timers.push({ key: timerKey.sync(this.groupId), afterMs: undefined });
  }

  /** Why the group moves; the last word counts, for the log. */
  because(reason: string): void {
    this.reason = reason;
  }

  decision(): Decision {
    const live = { groupId: this.groupId, group: this.group, reason: this.reason };
    return { records: this.records, live, timers: this.timers, replies: this.replies };
  }
}

function recordedForm(group: LiveGroup, assignments: ReadonlyMap<string, Uint8Array>): RecordedGroup {
  return {
    protocolType: group.protocolType ?? "",
    generationId: group.generationId,
    protocolName: group.protocolName,
    leaderId: group.leaderId,
    stateTimestampMs: group.stateTimestampMs,
    members: [...group.members.values()].map((member) => recordedMember(member, group, assignments)),
  };
}

function recordedMember(
  member: Member,
  group: LiveGroup,
  assignments: ReadonlyMap<string, Uint8Array>,
): RecordedMember {
  const { memberId, groupInstanceId, clientId, clientHost, sessionTimeoutMs, rebalanceTimeoutMs } = member;
  const subscription = metadataOf(member, group.protocolName);
  const assignment = assignments.get(memberId) ?? NO_BYTES;
  return {
    memberId,
    groupInstanceId,
    clientId,
    clientHost,
    sessionTimeoutMs,
    rebalanceTimeoutMs,
    subscription,
    assignment,
  };
}

function copyOf(phase: Phase): Phase {
  switch (phase.name) {
    case "Empty":
      return phase;
    case "PreparingRebalance":
      return { ...phase, joins: new Map(phase.joins) };
    case "CompletingRebalance":
      return { ...phase, syncs: new Map(phase.syncs), pendingSyncs: new Set(phase.pendingSyncs) };
    case "Stable":
      return { ...phase, pendingSyncs: new Set(phase.pendingSyncs) };
  }
}
