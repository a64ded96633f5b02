import type { CommittedOffset } from "./committed-offset.ts";

/** Names a waiting call of a client; only the shell knows who waits. */
export type CallId = number;

/** What the handlers and timers may ask of the groups of one shard. Ids that must be new come with the event. */
export type GroupEvent =
  | JoinEvent
  | SyncEvent
  | HeartbeatEvent
  | LeaveEvent
  | CommitEvent
  | FetchEvent
  | DeleteGroupEvent
  | DeleteOffsetsEvent
  | TopicsDeletedEvent
  | ExpireOffsetsEvent
  | GroupTimerEvent;

/** JoinGroup. */
export type JoinEvent = {
  readonly type: "join";
  readonly call: CallId;
  readonly groupId: string;
  /** Empty for a member that has no id yet. */
  readonly memberId: string;
  /** The id it gets when it has none. */
  readonly newMemberId: string;
  readonly groupInstanceId: string | null;
  readonly clientId: string;
  readonly clientHost: string;
  readonly sessionTimeoutMs: number;
  readonly rebalanceTimeoutMs: number;
  readonly protocolType: string;
  /** In the member's order of preference. */
  readonly protocols: readonly MemberProtocol[];
  /** JoinGroup v4+: a dynamic member must come back with the id that it was given (KIP-394). */
  readonly requiresKnownMemberId: boolean;
  /** JoinGroup v9+: the leader can be told that no assignment is asked of it (KIP-814). */
  readonly supportsSkippingAssignment: boolean;
  /** Why the client joins, in its words (KIP-800). */
  readonly reason: string | null;
};

/** One protocol that a member speaks, with what it tells the leader in it. The coordinator does not look inside. */
export type MemberProtocol = { readonly name: string; readonly metadata: Uint8Array };

/** SyncGroup. */
export type SyncEvent = {
  readonly type: "sync";
  readonly call: CallId;
  readonly groupId: string;
  readonly memberId: string;
  readonly groupInstanceId: string | null;
  readonly generationId: number;
  /** Null where the version does not say (before 5). */
  readonly protocolType: string | null;
  readonly protocolName: string | null;
  /** By member id; only the leader's count. */
  readonly assignments: ReadonlyMap<string, Uint8Array>;
};

/** Heartbeat. */
export type HeartbeatEvent = {
  readonly type: "heartbeat";
  readonly call: CallId;
  readonly groupId: string;
  readonly memberId: string;
  readonly groupInstanceId: string | null;
  readonly generationId: number;
};

/** LeaveGroup. */
export type LeaveEvent = {
  readonly type: "leave";
  readonly call: CallId;
  readonly groupId: string;
  readonly members: readonly LeavingMember[];
};

/** A member that leaves: by its id, or, when an administrator removes it, by its instance id alone. */
export type LeavingMember = {
  readonly memberId: string;
  readonly groupInstanceId: string | null;
  readonly reason: string | null;
};

/** OffsetCommit; partitions that do not exist have been answered before. */
export type CommitEvent = {
  readonly type: "commit";
  readonly call: CallId;
  readonly groupId: string;
  /** Empty with generation -1: a commit from outside the group's membership. */
  readonly memberId: string;
  readonly groupInstanceId: string | null;
  readonly generationId: number;
  /** OffsetCommit v2-4: keeps the offsets this long; undefined means the broker's retention. */
  readonly retentionTimeMs: number | undefined;
  readonly offsets: readonly OffsetToCommit[];
  /** OffsetCommit v9+: a missing group is named so, instead of ILLEGAL_GENERATION. */
  readonly namesMissingGroup: boolean;
};

/** One offset of a commit. `leaderEpoch` -1 is unknown. */
export type OffsetToCommit = {
  readonly topic: string;
  readonly topicId: string;
  readonly partition: number;
  readonly offset: number;
  readonly leaderEpoch: number;
  readonly metadata: string;
};

/** OffsetFetch of one group. */
export type FetchEvent = {
  readonly type: "fetch";
  readonly call: CallId;
  readonly groupId: string;
  /** OffsetFetch v9+; null where not given. */
  readonly memberId: string | null;
  readonly memberEpoch: number;
  /** Undefined asks for all. */
  readonly topics: readonly TopicToFetch[] | undefined;
  /** Offsets with an open transaction are answered UNSTABLE_OFFSET_COMMIT (KIP-447). */
  readonly requireStable: boolean;
};

/** `topicId` is ZERO_UUID where the client asks by name. */
export type TopicToFetch = { readonly topic: string; readonly topicId: string; readonly partitions: readonly number[] };

/** DeleteGroups, one group. */
export type DeleteGroupEvent = { readonly type: "delete-group"; readonly call: CallId; readonly groupId: string };

/** OffsetDelete. */
export type DeleteOffsetsEvent = {
  readonly type: "delete-offsets";
  readonly call: CallId;
  readonly groupId: string;
  readonly topics: readonly { readonly topic: string; readonly partitions: readonly number[] }[];
};

/** Topics are gone, and the offsets that the group committed for them go too. */
export type TopicsDeletedEvent = {
  readonly type: "topics-deleted";
  readonly groupId: string;
  readonly topics: readonly { readonly name: string; readonly id: string }[];
};

/** The regular sweep: offsets past their retention go, and the group when nothing is left of it. */
export type ExpireOffsetsEvent = { readonly type: "expire-offsets"; readonly groupId: string };

/** What the keyed timers of a group bring. */
export type GroupTimerEvent =
  | { readonly type: "session-expired"; readonly groupId: string; readonly memberId: string }
  | {
      readonly type: "initial-delay-passed";
      readonly groupId: string;
      readonly delayMs: number;
      readonly remainingMs: number;
    }
  | { readonly type: "join-timed-out"; readonly groupId: string }
  | { readonly type: "sync-timed-out"; readonly groupId: string; readonly generationId: number };

/** What a call is answered. */
export type Answer =
  RefusedAnswer | JoinAnswer | SyncAnswer | DoneAnswer | LeaveAnswer | CommitAnswer | FetchAnswer | DeleteOffsetsAnswer;

/** Kafka's error code for the whole call. */
export type RefusedAnswer = {
  readonly type: "refused";
  readonly errorCode: number;
  /** The member id that JoinGroup answers beside the error: the new one with MEMBER_ID_REQUIRED. */
  readonly memberId?: string;
};

/** A member is in a generation. */
export type JoinAnswer = {
  readonly type: "joined";
  readonly memberId: string;
  readonly generationId: number;
  readonly protocolType: string | null;
  readonly protocolName: string | null;
  readonly leaderId: string;
  readonly skipAssignment: boolean;
  /** For the leader; empty for others. */
  readonly members: readonly JoinedMember[];
};

/** One member as the leader sees it. */
export type JoinedMember = {
  readonly memberId: string;
  readonly groupInstanceId: string | null;
  readonly metadata: Uint8Array;
};

/** The member's share of the work. */
export type SyncAnswer = {
  readonly type: "synced";
  readonly protocolType: string | null;
  readonly protocolName: string | null;
  readonly assignment: Uint8Array;
};

/** Heartbeat and DeleteGroups: nothing but success. */
export type DoneAnswer = { readonly type: "done" };

/** In the order of the request. */
export type LeaveAnswer = {
  readonly type: "left";
  readonly members: readonly {
    readonly memberId: string;
    readonly groupInstanceId: string | null;
    readonly errorCode: number;
  }[];
};

/** In the order of `CommitEvent.offsets`. */
export type CommitAnswer = { readonly type: "committed"; readonly errorCodes: readonly number[] };

/** In the order of the request, or all that the group has. */
export type FetchAnswer = { readonly type: "fetched"; readonly topics: readonly FetchedTopic[] };

export type FetchedTopic = {
  readonly topic: string;
  readonly topicId: string;
  readonly partitions: readonly FetchedPartition[];
};

/** `committed` is undefined where nothing is, or may be told. */
export type FetchedPartition = {
  readonly partition: number;
  readonly committed: CommittedOffset | undefined;
  readonly errorCode: number;
};

/** In the order of the request. */
export type DeleteOffsetsAnswer = {
  readonly type: "offsets-deleted";
  readonly topics: readonly {
    readonly topic: string;
    readonly partitions: readonly { readonly partition: number; readonly errorCode: number }[];
  }[];
};

/** An answer on its way to a call. */
export type Reply = { readonly call: CallId; readonly answer: Answer };
