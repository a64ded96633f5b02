import type { MemberProtocol, CallId } from "./group-event.ts";

/** A member of a classic group. Values are replaced, never changed in place. */
export type Member = {
  readonly memberId: string;
  /** `group.instance.id` of a static member (KIP-345). */
  readonly groupInstanceId: string | null;
  readonly clientId: string;
  readonly clientHost: string;
  readonly sessionTimeoutMs: number;
  readonly rebalanceTimeoutMs: number;
  readonly protocols: readonly MemberProtocol[];
  readonly assignment: Uint8Array;
  /** In its first join: it cannot send heartbeats yet, so its session ends even while it waits. */
  readonly isNew: boolean;
};

/** What a group is doing, with the fields that only this phase has. Kafka's Dead is a group that is not in the image. */
export type Phase = EmptyPhase | PreparingPhase | CompletingPhase | StablePhase;

/** No members. */
export type EmptyPhase = { readonly name: "Empty" };

/** Members are asked to join again; whoever has done so waits in `joins`. */
export type PreparingPhase = {
  readonly name: "PreparingRebalance";
  /** Member id to its waiting call. */
  readonly joins: Map<string, CallId>;
  /** The group was empty before: it waits out the initial delay even when all are there. */
  readonly isInitial: boolean;
  /** A member came after the delay was armed, so it may be armed once more. */
  hasNewMember: boolean;
};

/** All have joined; the leader's assignments are awaited. Whoever asked for its share waits in `syncs`. */
export type CompletingPhase = {
  readonly name: "CompletingRebalance";
  readonly syncs: Map<string, CallId>;
  /** Members that have not asked in this generation. */
  readonly pendingSyncs: Set<string>;
};

/** Everybody can have its share. */
export type StablePhase = { readonly name: "Stable"; readonly pendingSyncs: Set<string> };

/**
 * A group as its coordinator works with it: what was recorded, carried on by joins and leaves that will be recorded with the next generation.
 * It dies with the leadership of the partition; a new coordinator starts from `restore`.
 */
export type LiveGroup = {
  protocolType: string | null;
  generationId: number;
  /** The chosen protocol; null in an empty group. */
  protocolName: string | null;
  leaderId: string | null;
  /** When the group came into its present phase; -1 where an old record does not say. */
  stateTimestampMs: number;
  /** By member id, the earliest first. */
  members: Map<string, Member>;
  /** Member id of each `group.instance.id`. */
  staticMembers: Map<string, string>;
  /** Ids given out with MEMBER_ID_REQUIRED that have not joined yet. */
  pendingJoins: Set<string>;
  /** What the members of protocol type "consumer" read; undefined where the coordinator cannot tell. */
  subscribedTopics: ReadonlySet<string> | undefined;
  phase: Phase;
};

/** A group as its last GroupMetadataValue has it. */
export type RecordedGroup = {
  /** Empty where the group never had members. */
  readonly protocolType: string;
  readonly generationId: number;
  readonly protocolName: string | null;
  readonly leaderId: string | null;
  readonly stateTimestampMs: number;
  readonly members: readonly RecordedMember[];
};

/** `subscription`: what the member said in the chosen protocol. */
export type RecordedMember = Omit<Member, "protocols" | "isNew"> & { readonly subscription: Uint8Array };

/** A classic group, or, without `recorded`, one that only commits offsets ("simple"). */
export type ClassicGroup = {
  readonly groupId: string;
  /** The last record; only `apply` writes it. */
  recorded: RecordedGroup | undefined;
  live: LiveGroup;
};

/** The group's rebalance timeout: the longest of its members'. */
export function rebalanceTimeoutMs(group: LiveGroup): number {
  let longestMs = 0;
  for (const member of group.members.values()) longestMs = Math.max(longestMs, member.rebalanceTimeoutMs);
  return longestMs;
}

/** Members that have not sent their JoinGroup in the rebalance that is going on; all in other phases. */
export function isAwaitingJoin(group: LiveGroup, memberId: string): boolean {
  return group.phase.name === "PreparingRebalance" && group.phase.joins.has(memberId);
}

/** Whether the member waits for its assignment. */
export function isAwaitingSync(group: LiveGroup, memberId: string): boolean {
  return group.phase.name === "CompletingRebalance" && group.phase.syncs.has(memberId);
}

/** Whether nobody is missing: every member waits in `joins` and no id is given out that has not joined. */
export function haveAllJoined(group: LiveGroup): boolean {
  return (
    group.phase.name === "PreparingRebalance" &&
    group.phase.joins.size === group.members.size &&
    group.pendingJoins.size === 0
  );
}
