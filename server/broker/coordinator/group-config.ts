import type { BrokerConfig } from "../config/broker-config.ts";

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

/** The settings as the broker's file, command line and metadata have them. */
export function groupConfigOf(config: BrokerConfig): GroupConfig {
  return {
    minSessionTimeoutMs: config.get("group.min.session.timeout.ms"),
    maxSessionTimeoutMs: config.get("group.max.session.timeout.ms"),
    initialRebalanceDelayMs: config.get("group.initial.rebalance.delay.ms"),
    maxSize: config.get("group.max.size"),
    offsetMetadataMaxLength: config.get("offset.metadata.max.bytes"),
    offsetsRetentionMs: config.get("offsets.retention.minutes") * 60_000,
    retentionCheckIntervalMs: config.get("offsets.retention.check.interval.ms"),
    commitTimeoutMs: config.get("offsets.commit.timeout.ms"),
  };
}
