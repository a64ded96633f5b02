/** The broker settings that the group coordinator obeys; read anew for each event, because some are dynamic. */
export type GroupConfig = {
  /** `group.min.session.timeout.ms` and `group.max.session.timeout.ms`, both included. */
  readonly minSessionTimeoutMs: number;
  readonly maxSessionTimeoutMs: number;
  /** `group.initial.rebalance.delay.ms`: how long an empty group waits for more members after its first. */
  readonly initialRebalanceDelayMs: number;
  /** `group.max.size`: members of a group at most. */
  readonly maxSize: number;
  /** `offset.metadata.max.bytes`: compared, as Kafka does, with the number of UTF-16 units. */
  readonly offsetMetadataMaxLength: number;
  /** `offsets.retention.minutes` in milliseconds. */
  readonly offsetsRetentionMs: number;
  /** `offsets.retention.check.interval.ms`: between two sweeps over expired offsets. */
  readonly retentionCheckIntervalMs: number;
  /** `offsets.commit.timeout.ms`: how long a reply waits for the replication of its records. */
  readonly commitTimeoutMs: number;
};

/** Kafka 4.2's defaults, but a short wait for the first members: 3 s feel broken on a developer's machine, and 0 rebalances twice. */
export const DEFAULT_GROUP_CONFIG: GroupConfig = {
  minSessionTimeoutMs: 6_000,
  maxSessionTimeoutMs: 1_800_000,
  initialRebalanceDelayMs: 200,
  maxSize: 2_147_483_647,
  offsetMetadataMaxLength: 4_096,
  offsetsRetentionMs: 10_080 * 60_000,
  retentionCheckIntervalMs: 600_000,
  commitTimeoutMs: 5_000,
};
