import { describe, expect, test } from "vitest";
import { brokerConfigDefinition } from "./broker-configs.ts";
import { configValueText, parseConfigValue } from "./config-value.ts";
import type { ConfigDefinition } from "./definition.ts";
import { isTopicConfigName, topicConfigs } from "./topic-configs.ts";

function definitionOf(name: string): ConfigDefinition {
  const definition = isTopicConfigName(name) ? topicConfigs[name] : brokerConfigDefinition(name)?.definition;
  if (definition === undefined) throw new Error(`no config ${name}`);
  return definition;
}

describe("a value is refused in Kafka's words", () => {
  // As Apache Kafka 4.2's LogConfig.validate and KafkaConfig say it.
  const refused: readonly (readonly [name: string, text: string, message: string])[] = [
    ["retention.ms", "abc", "Invalid value abc for configuration retention.ms: Not a number of type LONG"],
    ["retention.ms", "", "Invalid value  for configuration retention.ms: Not a number of type LONG"],
    ["retention.ms", "1.0", "Invalid value 1.0 for configuration retention.ms: Not a number of type LONG"],
    [
      "retention.ms",
      "9223372036854775808",
      "Invalid value 9223372036854775808 for configuration retention.ms: Not a number of type LONG",
    ],
    ["retention.ms", "-5", "Invalid value -5 for configuration retention.ms: Value must be at least -1"],
    ["preallocate", "x", "Invalid value x for configuration preallocate: Expected value to be either true or false"],
    [
      "compression.type",
      "GZIP",
      "Invalid value GZIP for configuration compression.type: String must be one of: uncompressed, zstd, lz4, snappy, gzip, producer",
    ],
    [
      "cleanup.policy",
      "delete,foo",
      "Invalid value foo for configuration cleanup.policy: String must be one of: compact, delete",
    ],
    ["cleanup.policy", "compact,,delete", "Configuration 'cleanup.policy' values must not be empty."],
    [
      "min.cleanable.dirty.ratio",
      "2",
      "Invalid value 2.0 for configuration min.cleanable.dirty.ratio: Value must be no more than 1",
    ],
    [
      "min.cleanable.dirty.ratio",
      "x",
      "Invalid value x for configuration min.cleanable.dirty.ratio: Not a number of type DOUBLE",
    ],
    [
      "segment.bytes",
      "99999999999",
      "Invalid value 99999999999 for configuration segment.bytes: Not a number of type INT",
    ],
    [
      "compression.gzip.level",
      "0",
      "Invalid value 0 for configuration compression.gzip.level: Value must be between 1 and 9 or equal to -1",
    ],
    [
      "compression.zstd.level",
      "23",
      "Invalid value 23 for configuration compression.zstd.level: Value must be no more than 22",
    ],
    [
      "follower.replication.throttled.replicas",
      "x",
      "Invalid value [x] for configuration follower.replication.throttled.replicas: follower.replication.throttled.replicas must be the literal '*' or a list of replicas in the following format: [partitionId]:[brokerId],[partitionId]:[brokerId],...",
    ],
    ["num.partitions", "0", "Invalid value 0 for configuration num.partitions: Value must be at least 1"],
    [
      "process.roles",
      "foo",
      "Invalid value foo for configuration process.roles: String must be one of: broker, controller",
    ],
    [
      "offsets.topic.replication.factor",
      "40000",
      "Invalid value 40000 for configuration offsets.topic.replication.factor: Not a number of type SHORT",
    ],
  ];
  for (const [name, text, message] of refused)
    test(`${name}=${text}`, () => {
      expect(parseConfigValue(name, definitionOf(name), text)).toEqual({ message });
    });
});

describe("a value is read and shown as Kafka does", () => {
  const taken: readonly (readonly [name: string, text: string, shown: string])[] = [
    ["retention.ms", " +1 ", "1"],
    ["flush.ms", "9223372036854775807", "9223372036854775807"],
    ["preallocate", "TRUE", "true"],
    ["cleanup.policy", "compact, delete", "compact,delete"],
    ["cleanup.policy", "", ""],
    ["min.cleanable.dirty.ratio", "1", "1.0"],
    ["min.cleanable.dirty.ratio", ".25", "0.25"],
    ["log.cleaner.io.max.bytes.per.second", "1.7976931348623157E308", "1.7976931348623157E308"],
    ["leader.replication.throttled.replicas", "*", "*"],
    ["leader.replication.throttled.replicas", "0:1,1:2", "0:1,1:2"],
    ["compression.gzip.level", "-1", "-1"],
  ];
  for (const [name, text, shown] of taken)
    test(`${name}=${text}`, () => {
      const value = parseConfigValue(name, definitionOf(name), text);
      expect(typeof value === "object" && value !== null && "message" in value).toBe(false);
      expect(configValueText(definitionOf(name).type, value as never)).toBe(shown);
    });
});
