import { int, list, long, short, string, INT_MAX, type ConfigDefinition } from "./definition.ts";

/** Groups and their offsets. */
export const groupConfigs = {
  "group.initial.rebalance.delay.ms": int(3000, {
    doc: "How long the first rebalance of an empty group waits for more members. Kafka's 3000 is long for one machine; the bundled cluster starts with 200.",
  }),
  "group.min.session.timeout.ms": int(6000, { doc: "The shortest session time-out that a member may ask for." }),
  "group.max.session.timeout.ms": int(1_800_000, { doc: "The longest session time-out that a member may ask for." }),
  "group.max.size": int(INT_MAX, { min: 1, doc: "The most members of a classic group." }),
  "group.coordinator.rebalance.protocols": list(["classic", "consumer", "streams"], {
    choices: ["consumer", "classic", "share", "streams"],
    doc: "The kinds of groups that are served: classic, consumer, share, streams.",
  }),
  "group.coordinator.threads": int(4, {
    min: 1,
    importance: "high",
    doc: "Kafka's threads for group coordination. Accepted for compatibility; here each broker has one event loop.",
  }),
  "group.coordinator.append.linger.ms": int(-1, {
    min: -1,
    doc: "How long writes of groups are collected into one batch; -1 lets the load decide.",
  }),
  "group.consumer.session.timeout.ms": int(45_000, {
    min: 1,
    doc: "Session time-out of consumer groups of the new protocol.",
  }),
  "group.consumer.min.session.timeout.ms": int(45_000, {
    min: 1,
    doc: "The shortest one that may be set for a group.",
  }),
  "group.consumer.max.session.timeout.ms": int(60_000, { min: 1, doc: "The longest one that may be set for a group." }),
  "group.consumer.heartbeat.interval.ms": int(5000, {
    min: 1,
    doc: "Heartbeat interval of consumer groups of the new protocol.",
  }),
  "group.consumer.min.heartbeat.interval.ms": int(5000, {
    min: 1,
    doc: "The shortest one that may be set for a group.",
  }),
  "group.consumer.max.heartbeat.interval.ms": int(15_000, {
    min: 1,
    doc: "The longest one that may be set for a group.",
  }),
  "group.consumer.max.size": int(INT_MAX, { min: 1, doc: "The most members of a consumer group of the new protocol." }),
  "group.consumer.assignors": list(["uniform", "range"], {
    doc: "The assignors that the coordinator offers for consumer groups of the new protocol; the first is the default.",
  }),
  "group.consumer.migration.policy": string("bidirectional", {
    choices: ["DISABLED", "DOWNGRADE", "UPGRADE", "BIDIRECTIONAL"],
    ignoreCase: true,
    doc: "Whether groups may change between the classic and the new protocol while they run.",
  }),
  "group.consumer.regex.refresh.interval.ms": int(600_000, {
    min: 10_000,
    internal: true,
    doc: "How often subscriptions by regular expression are compared with the topics anew.",
  }),
  "offset.metadata.max.bytes": int(4096, {
    importance: "high",
    doc: "The most bytes of text that a client may attach to a committed offset.",
  }),
  "offsets.load.buffer.size": int(5_242_880, {
    min: 1,
    importance: "high",
    doc: "Bytes that are read at a time when a coordinator loads its groups.",
  }),
  "offsets.retention.minutes": int(10_080, {
    min: 1,
    importance: "high",
    doc: "How long committed offsets outlive the group's last member, or the last commit of a consumer without a group.",
  }),
  "offsets.retention.check.interval.ms": long(600_000, {
    min: 1,
    importance: "high",
    doc: "How often offsets past that time are looked for.",
  }),
  "offsets.commit.timeout.ms": int(5000, {
    min: 1,
    importance: "high",
    doc: "How long a commit waits for its replicas.",
  }),
  "offsets.topic.num.partitions": int(50, {
    min: 1,
    importance: "high",
    doc: "Partitions of __consumer_offsets. Never change it once the topic exists.",
  }),
  "offsets.topic.replication.factor": short(3, { min: 1, importance: "high", doc: "Replicas of __consumer_offsets." }),
  "offsets.topic.segment.bytes": int(104_857_600, {
    min: 1,
    importance: "high",
    doc: "Segment size of __consumer_offsets; small, so that compaction and loading stay quick.",
  }),
  "offsets.topic.compression.codec": int(0, {
    importance: "high",
    doc: "Codec of __consumer_offsets: 0 none, 1 gzip, 2 snappy, 3 lz4, 4 zstd.",
  }),
  "group.streams.session.timeout.ms": int(45_000, { min: 1, doc: "Session time-out of streams groups." }),
  "group.streams.min.session.timeout.ms": int(45_000, { min: 1, doc: "The shortest one that may be set for a group." }),
  "group.streams.max.session.timeout.ms": int(60_000, { min: 1, doc: "The longest one that may be set for a group." }),
  "group.streams.heartbeat.interval.ms": int(5000, { min: 1, doc: "Heartbeat interval of streams groups." }),
  "group.streams.min.heartbeat.interval.ms": int(5000, {
    min: 1,
    doc: "The shortest one that may be set for a group.",
  }),
  "group.streams.max.heartbeat.interval.ms": int(15_000, {
    min: 1,
    doc: "The longest one that may be set for a group.",
  }),
  "group.streams.max.size": int(INT_MAX, { min: 1, doc: "The most members of a streams group." }),
  "group.streams.num.standby.replicas": int(0, {
    min: 0,
    doc: "Standby copies of each stateful task of a streams group.",
  }),
  "group.streams.max.standby.replicas": int(2, { min: 0, doc: "The most standby copies that may be set for a group." }),
  "group.streams.initial.rebalance.delay.ms": int(3000, {
    min: 0,
    doc: "How long the first rebalance of an empty streams group waits for more members.",
  }),
} as const satisfies Record<string, ConfigDefinition>;
