import { configsOf, TOPIC_RESOURCE, type MetadataImage } from "../controller/image.ts";
import type { LogConfig } from "../log/log-config.ts";
import type { BrokerConfig } from "./broker-config.ts";
import { isBadConfigValue, parseConfigValue } from "./config-value.ts";
import type { ConfigDefinition, ConfigValue } from "./definition.ts";
import { topicConfigSynonyms } from "./topic-config-synonyms.ts";
import { topicConfigs, type TopicConfigName } from "./topic-configs.ts";

/** Kafka's own tests set segments below the smallest segment.bytes by it; DescribeConfigs does not show it. */
export const INTERNAL_SEGMENT_BYTES = "internal.segment.bytes";

/** The type of a topic config's value. */
type TopicConfigValue<Name extends TopicConfigName> =
  (typeof topicConfigs)[Name] extends ConfigDefinition<infer Value extends ConfigValue> ? Value : never;

/** A topic's settings in force: its own, else the cluster's, else Kafka's defaults. */
export function topicConfig(image: MetadataImage, config: BrokerConfig, topic: string): LogConfig {
  return logConfigOf(configsOf(image, { type: TOPIC_RESOURCE, name: topic }), config);
}

/** One setting in force for a topic. */
export function topicConfigValue<Name extends TopicConfigName>(
  own: ReadonlyMap<string, string>,
  config: BrokerConfig,
  name: Name,
): TopicConfigValue<Name> {
  const text = own.get(name);
  const parsed = text === undefined ? undefined : parseConfigValue(name, topicConfigs[name], text);
  const synonym = topicConfigSynonyms[name];
  const inherited = (): ConfigValue => (synonym === null ? topicConfigs[name].defaultValue : config.get(synonym));
  const value = parsed === undefined || isBadConfigValue(parsed) ? inherited() : parsed;
  // Documented narrowing: a topic config and its synonym have one type, and the definition belongs to the name.
  return value as TopicConfigValue<Name>;
}

/** The settings of a log under these topic configs. */
export function logConfigOf(own: ReadonlyMap<string, string>, config: BrokerConfig): LogConfig {
  const value = <Name extends TopicConfigName>(name: Name): TopicConfigValue<Name> =>
    topicConfigValue(own, config, name);
  const policies = value("cleanup.policy");
  const compressionType = codecOf(value("compression.type"));
  const compressionLevel = levelOf(compressionType, value);
  return {
    segmentBytes: Number(own.get(INTERNAL_SEGMENT_BYTES) ?? value("segment.bytes")),
    segmentMs: whole(value("segment.ms")),
    segmentJitterMs: whole(value("segment.jitter.ms")),
    segmentIndexBytes: value("segment.index.bytes"),
    indexIntervalBytes: value("index.interval.bytes"),
    retentionMs: limit(value("retention.ms")),
    retentionBytes: limit(value("retention.bytes")),
    fileDeleteDelayMs: whole(value("file.delete.delay.ms")),
    maxMessageBytes: value("max.message.bytes"),
    maxDecompressedMessageBytes: value("max.decompressed.message.bytes"),
    cleanupPolicy: { delete: policies.includes("delete"), compact: policies.includes("compact") },
    messageTimestampType: value("message.timestamp.type") === "LogAppendTime" ? "LogAppendTime" : "CreateTime",
    messageTimestampBeforeMaxMs: whole(value("message.timestamp.before.max.ms")),
    messageTimestampAfterMaxMs: whole(value("message.timestamp.after.max.ms")),
    compressionType,
    ...(compressionLevel === undefined ? {} : { compressionLevel }),
    minInsyncReplicas: value("min.insync.replicas"),
    uncleanLeaderElectionEnable: value("unclean.leader.election.enable"),
    ...flushing(whole(value("flush.ms")), config),
    flushMessages: whole(value("flush.messages")),
    minCleanableDirtyRatio: value("min.cleanable.dirty.ratio"),
    minCompactionLagMs: whole(value("min.compaction.lag.ms")),
    maxCompactionLagMs: whole(value("max.compaction.lag.ms")),
    deleteRetentionMs: whole(value("delete.retention.ms")),
    preallocate: value("preallocate"),
    producerIdExpirationMs: config.get("producer.id.expiration.ms"),
  };
}

/** Under the policy "interval" a log without a flush.ms is flushed so often. */
const FLUSH_INTERVAL_MS = 1000;

function flushing(flushMs: number, config: BrokerConfig): Pick<LogConfig, "flushPolicy" | "flushMs"> {
  switch (config.get("log.flush.policy")) {
    case "group":
      return { flushPolicy: "group", flushMs };
    case "interval":
      return { flushPolicy: "interval", flushMs: flushMs < Number.MAX_SAFE_INTEGER ? flushMs : FLUSH_INTERVAL_MS };
    default:
      return { flushPolicy: "none", flushMs };
  }
}

const CODECS: readonly LogConfig["compressionType"][] = ["producer", "uncompressed", "gzip", "snappy", "lz4", "zstd"];

function codecOf(text: string): LogConfig["compressionType"] {
  return CODECS.find((codec) => codec === text) ?? "producer";
}

function levelOf(
  codec: LogConfig["compressionType"],
  value: (name: "compression.gzip.level" | "compression.lz4.level" | "compression.zstd.level") => number,
): number | undefined {
  if (codec === "gzip") return value("compression.gzip.level");
  if (codec === "lz4") return value("compression.lz4.level");
  if (codec === "zstd") return value("compression.zstd.level");
  return undefined;
}

/** Java's largest long is "never"; sums with it must stay whole numbers here. */
function whole(value: number): number {
  return Math.min(value, Number.MAX_SAFE_INTEGER);
}

function limit(value: number): number | "unlimited" {
  return value < 0 ? "unlimited" : whole(value);
}
