import type { LiveGroup } from "./classic-group.ts";
import type { GroupConfig } from "./group-config.ts";
import type { Answer, CallId, GroupEvent, Reply } from "./group-event.ts";
import type { GroupRecord } from "./group-record.ts";

/**
 * What an event leads to. The shell appends `records` as one batch, applies them, sets `live`, arms and disarms `timers`; `replies`
 * leave when the batch is replicated. When the append fails nothing of it happens, and the calls get the error.
 */
export type Decision = {
  readonly records: readonly GroupRecord[];
  /** The group's new soft state, set after the records are applied; undefined leaves it. */
  readonly live?: { readonly groupId: string; readonly group: LiveGroup; readonly reason: string };
  readonly timers: readonly TimerChange[];
  readonly replies: readonly Reply[];
};

/** Arming a key that is armed replaces it. */
export type TimerChange =
  | { readonly key: string; readonly afterMs: number; readonly event: GroupEvent }
  | { readonly key: string; readonly afterMs: undefined };

/** What an event is decided by, beside the image. */
export type Moment = { readonly nowMs: number; readonly config: GroupConfig };

/** Nothing happens, and the call gets this answer. */
export function answer(call: CallId, value: Answer): Decision {
  return { records: [], timers: [], replies: [{ call, answer: value }] };
}

/** Nothing happens, and the call gets this error code. */
export function refuse(call: CallId, errorCode: number, memberId?: string): Decision {
  return answer(call, memberId === undefined ? { type: "refused", errorCode } : { type: "refused", errorCode, memberId });
}

/** An event that came too late to matter. */
export const NOTHING: Decision = { records: [], timers: [], replies: [] };

/** Keys of a group's timers. */
export const timerKey = {
  session: (groupId: string, memberId: string): string => `session/${groupId}/${memberId}`,
  join: (groupId: string): string => `join/${groupId}`,
  sync: (groupId: string): string => `sync/${groupId}`,
};
