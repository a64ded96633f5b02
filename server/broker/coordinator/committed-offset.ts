/** An offset that a group committed for a partition (OffsetCommitValue). */
export type CommittedOffset = {
  readonly offset: number;
  /** Epoch of the last record consumed; -1 unknown. */
  readonly leaderEpoch: number;
  /** What the client wanted kept beside it. */
  readonly metadata: string;
  readonly commitTimestampMs: number;
  /** Set by clients of OffsetCommit v2-4 alone. */
  readonly expireTimestampMs: number | undefined;
  /** ZERO_UUID where the commit did not say. */
  readonly topicId: string;
};
