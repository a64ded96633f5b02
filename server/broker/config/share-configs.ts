import { boolean, int, list, short, type ConfigDefinition } from "./definition.ts";

/** Share groups and their state. */
export const shareConfigs = {
  "group.share.enable": boolean(false, {
    internal: true,
    doc: "Turns share groups on before they are a finished feature. Internal.",
  }),
  "group.share.session.timeout.ms": int(45_000, { min: 1, doc: "Session time-out of share groups." }),
  "group.share.min.session.timeout.ms": int(45_000, { min: 1, doc: "The shortest one that may be set for a group." }),
  "group.share.max.session.timeout.ms": int(60_000, { min: 1, doc: "The longest one that may be set for a group." }),
  "group.share.heartbeat.interval.ms": int(5000, { min: 1, doc: "Heartbeat interval of share groups." }),
  "group.share.min.heartbeat.interval.ms": int(5000, { min: 1, doc: "The shortest one that may be set for a group." }),
  "group.share.max.heartbeat.interval.ms": int(15_000, { min: 1, doc: "The longest one that may be set for a group." }),
  "group.share.max.size": int(200, { min: 1, max: 1000, doc: "The most members of a share group." }),
  "group.share.assignors": list(["simple"], { doc: "The assignors of share groups." }),
  "group.share.delivery.count.limit": int(5, {
    min: 2,
    max: 10,
    doc: "How often a record is delivered before it is given up.",
  }),
  "group.share.record.lock.duration.ms": int(30_000, {
    min: 1000,
    max: 3_600_000,
    doc: "How long a delivered record is reserved for its consumer.",
  }),
  "group.share.min.record.lock.duration.ms": int(15_000, {
    min: 1000,
    max: 30_000,
    doc: "The shortest reservation that may be set for a group.",
  }),
  "group.share.max.record.lock.duration.ms": int(60_000, {
    min: 30_000,
    max: 3_600_000,
    doc: "The longest reservation that may be set for a group.",
  }),
  "group.share.partition.max.record.locks": int(2000, {
    min: 100,
    max: 10_000,
    doc: "The most records of a partition that are reserved at a time.",
  }),
  "group.share.max.share.sessions": int(2000, { min: 1, doc: "The most share sessions of a broker." }),
  "group.share.initialize.retry.interval.ms": int(30_000, {
    min: 1,
    importance: "low",
    internal: true,
    doc: "How long before the start of a share partition is tried again.",
  }),
  "share.coordinator.state.topic.num.partitions": int(50, {
    min: 1,
    importance: "high",
    doc: "Partitions of __share_group_state. Never change it once the topic exists.",
  }),
  "share.coordinator.state.topic.replication.factor": short(3, {
    min: 1,
    importance: "high",
    doc: "Replicas of __share_group_state.",
  }),
  "share.coordinator.state.topic.min.isr": short(2, {
    min: 1,
    importance: "high",
    doc: "min.insync.replicas of __share_group_state.",
  }),
  "share.coordinator.state.topic.segment.bytes": int(104_857_600, {
    min: 1,
    importance: "high",
    doc: "Segment size of __share_group_state.",
  }),
  "share.coordinator.state.topic.compression.codec": int(0, {
    importance: "high",
    doc: "Codec of __share_group_state: 0 none, 1 gzip, 2 snappy, 3 lz4, 4 zstd.",
  }),
  "share.coordinator.state.topic.prune.interval.ms": int(300_000, {
    min: 1,
    importance: "low",
    internal: true,
    doc: "How often state that is no longer needed is deleted from __share_group_state.",
  }),
  "share.coordinator.snapshot.update.records.per.snapshot": int(500, {
    min: 0,
    doc: "Changes of a share partition between two full records of its state.",
  }),
  "share.coordinator.cold.partition.snapshot.interval.ms": int(300_000, {
    min: 1,
    importance: "low",
    internal: true,
    doc: "How often a full record is written of share partitions that do not change.",
  }),
  "share.coordinator.load.buffer.size": int(5_242_880, {
    min: 1,
    importance: "high",
    doc: "Bytes that are read at a time when a coordinator loads its state.",
  }),
  "share.coordinator.write.timeout.ms": int(5000, {
    min: 1,
    importance: "high",
    doc: "How long a write of share state waits for its replicas.",
  }),
  "share.coordinator.append.linger.ms": int(-1, {
    min: -1,
    doc: "How long writes of share state are collected into one batch; -1 lets the load decide.",
  }),
  "share.coordinator.threads": int(1, {
    min: 1,
    doc: "Kafka's threads for share state. Accepted for compatibility; here each broker has one event loop.",
  }),
  "share.fetch.purgatory.purge.interval.requests": int(1000, {
    doc: "Kafka sweeps finished waiting share fetches after this many. Accepted for compatibility; here they are removed at once.",
  }),
} as const satisfies Record<string, ConfigDefinition>;
