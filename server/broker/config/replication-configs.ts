import { boolean, int, long, LONG_MAX, string, type ConfigDefinition } from "./definition.ts";

/** Topics made without details, leaders, followers. */
export const replicationConfigs = {
  "num.partitions": int(1, {
    min: 1,
    doc: "Partitions of a topic that is made without saying how many, by auto creation too.",
  }),
  "default.replication.factor": int(1, { doc: "Replicas of a topic that is made without saying how many." }),
  "min.insync.replicas": int(1, {
    min: 1,
    importance: "high",
    scope: "cluster-wide",
    doc: "The cluster's default of the topic config min.insync.replicas.",
  }),
  "auto.create.topics.enable": boolean(true, {
    importance: "high",
    doc: "Makes a topic when a client asks for metadata of one that does not exist.",
  }),
  "delete.topic.enable": boolean(true, { importance: "high", doc: "Whether topics can be deleted." }),
  "unclean.leader.election.enable": boolean(false, {
    importance: "high",
    scope: "cluster-wide",
    doc: "The cluster's default of the topic config unclean.leader.election.enable.",
  }),
  "unclean.leader.election.interval.ms": long(300_000, {
    min: 1,
    internal: true,
    doc: "How often partitions without a leader are looked at for an unclean election where the topic allows one.",
  }),
  "auto.leader.rebalance.enable": boolean(true, {
    importance: "high",
    doc: "Gives leadership back to the first replica of each partition by itself.",
  }),
  "leader.imbalance.check.interval.seconds": long(300, {
    min: 1,
    importance: "high",
    doc: "How often that is checked.",
  }),
  "broker.rack": string(null, {
    doc: "The rack or zone of the broker: replicas are spread over racks, and consumers of the same rack may read from it.",
  }),
  "replica.lag.time.max.ms": long(30_000, {
    importance: "high",
    doc: "A follower that has not caught up with its leader for this long leaves the in-sync replicas.",
  }),
  "replica.fetch.max.bytes": int(1_048_576, {
    min: 0,
    doc: "Bytes of one partition that a follower asks for at a time; one batch is always sent, however large.",
  }),
  "replica.fetch.response.max.bytes": int(10_485_760, { min: 0, doc: "Bytes of one answer that a follower asks for." }),
  "replica.fetch.min.bytes": int(1, {
    importance: "high",
    doc: "Bytes for which a leader waits before it answers a follower.",
  }),
  "replica.fetch.wait.max.ms": int(500, {
    importance: "high",
    doc: "The longest that a leader waits for them; must be below replica.lag.time.max.ms.",
  }),
  "replica.fetch.backoff.ms": int(1000, { min: 0, doc: "How long a follower waits after a fetch that failed." }),
  "replica.high.watermark.checkpoint.interval.ms": long(5000, {
    importance: "high",
    doc: "How often high watermarks are written down.",
  }),
  "replica.socket.timeout.ms": int(30_000, {
    importance: "high",
    doc: "How long a follower waits for the answer to a fetch beyond the wait that it asked for.",
  }),
  "replica.socket.receive.buffer.bytes": int(65_536, {
    importance: "high",
    doc: "A follower's receive buffer. Accepted for compatibility; the system decides here.",
  }),
  "replica.selector.class": string(null, {
    choices: [
      "org.apache.kafka.common.replica.RackAwareReplicaSelector",
      "org.apache.kafka.common.replica.LeaderSelector",
    ],
    doc: "Which replica a consumer is told to read from: org.apache.kafka.common.replica.RackAwareReplicaSelector for one of its rack. Unset, always the leader.",
  }),
  "num.replica.fetchers": int(1, {
    min: 1,
    importance: "high",
    scope: "cluster-wide",
    doc: "Kafka's fetch threads for each leader. Accepted for compatibility; here one connection a leader does the work.",
  }),
  "num.replica.alter.log.dirs.threads": int(null, {
    importance: "high",
    doc: "Kafka's threads that move replicas between log directories. Accepted for compatibility.",
  }),
  // Kafka describes these three only where they are set.
  "leader.replication.throttled.rate": long(LONG_MAX, {
    min: 0,
    scope: "cluster-wide",
    internal: true,
    doc: "Bytes a second that a leader sends to throttled replicas that are not in sync.",
  }),
  "follower.replication.throttled.rate": long(LONG_MAX, {
    min: 0,
    scope: "cluster-wide",
    internal: true,
    doc: "Bytes a second that a broker takes for its own throttled replicas that are not in sync.",
  }),
  "replica.alter.log.dirs.io.max.bytes.per.second": long(LONG_MAX, {
    min: 0,
    scope: "cluster-wide",
    internal: true,
    doc: "Bytes a second with which replicas move between the log directories of a broker.",
  }),
  "replication.quota.window.num": int(11, {
    min: 1,
    importance: "low",
    doc: "Windows over which Kafka averages replication throttles. Accepted for compatibility; here every second keeps to them.",
  }),
  "replication.quota.window.size.seconds": int(1, {
    min: 1,
    importance: "low",
    doc: "For how long an unused replication throttle may be made up for.",
  }),
  "alter.log.dirs.replication.quota.window.num": int(11, {
    min: 1,
    importance: "low",
    doc: "Windows over which the throttle of moves between log directories is averaged.",
  }),
  "alter.log.dirs.replication.quota.window.size.seconds": int(1, {
    min: 1,
    importance: "low",
    doc: "Length of one of those windows.",
  }),
} as const satisfies Record<string, ConfigDefinition>;
