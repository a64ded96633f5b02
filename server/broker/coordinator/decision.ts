import type { LiveGroup } from "./classic-group.ts";
import type { GroupConfig } from "./group-config.ts";
import type { Answer, CallId, GroupEvent } from "./group-event.ts";
import type { GroupRecord } from "./group-record.ts";
import type { Step } from "./machine.ts";

/** What an event of the groups leads to. */
export type Decision = Step<GroupEvent, GroupRecord, LiveChange, Answer>;

/** A group's new soft state, and why it moved. */
export type LiveChange = { readonly groupId: string; readonly group: LiveGroup; readonly reason: string };

/** What an event is decided by, beside the image. */
export type Moment = { readonly nowMs: number; readonly config: GroupConfig };

/** Nothing happens, and the call gets this answer. */
export function answer(call: CallId, value: Answer): Decision {
  return { records: [], timers: [], replies: [{ call, answer: value }] };
}

/** Nothing happens, and the call gets this error code. */
export function refuse(call: CallId, errorCode: number, memberId?: string): Decision {
  return answer(
    call,
    memberId === undefined ? { type: "refused", errorCode } : { type: "refused", errorCode, memberId },
  );
}

/** An event that came too late to matter. */
export const NOTHING: Decision = { records: [], timers: [], replies: [] };

/** Keys of a group's timers. */
export const timerKey = {
  session: (groupId: string, memberId: string): string => `session/${groupId}/${memberId}`,
  join: (groupId: string): string => `join/${groupId}`,
  sync: (groupId: string): string => `sync/${groupId}`,
};
