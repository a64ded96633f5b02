import { describe, expect, test } from "vitest";
import { INVALID_CONFIG, INVALID_REQUEST } from "../../wire/errors.ts";
import { validateBrokerConfig, validateTopicConfigs } from "./validate-configs.ts";

describe("a topic's settings", () => {
  const cases: readonly (readonly [settings: Readonly<Record<string, string>>, message: string | undefined])[] = [
    [{ "retention.ms": "1", "cleanup.policy": "compact,delete" }, undefined],
    [{ foo: "1" }, "Unknown topic config name: foo"],
    [{ "retention.ms": "x" }, "Invalid value x for configuration retention.ms: Not a number of type LONG"],
    [
      { "min.compaction.lag.ms": "10", "max.compaction.lag.ms": "5" },
      "conflict topic config setting min.compaction.lag.ms (10) > max.compaction.lag.ms (5)",
    ],
    [
      { "remote.storage.enable": "true" },
      "Tiered Storage functionality is disabled in the broker. Topic cannot be configured with remote log storage.",
    ],
    [{ "remote.storage.enable": "false" }, undefined],
  ];
  for (const [settings, message] of cases)
    test(`settings ${JSON.stringify(settings)}`, () => {
      const refused = validateTopicConfigs(new Map(Object.entries(settings)));
      expect(refused).toEqual(message === undefined ? undefined : { errorCode: INVALID_CONFIG, message });
    });
});

describe("a broker's dynamic setting", () => {
  const cases: readonly (readonly [name: string, text: string, everywhere: boolean, message: string | undefined])[] = [
    ["log.retention.ms", "1", true, undefined],
    ["log.retention.ms", "1", false, undefined],
    ["my.plugin.setting", "1", true, undefined],
    ["num.partitions", "3", false, "Cannot update these configs dynamically: Set(num.partitions)"],
    ["message.max.bytes", "x", false, "Invalid value x for configuration message.max.bytes: Not a number of type INT"],
    [
      "ssl.keystore.location",
      "x",
      true,
      "These security configs can be dynamically updated only per-listener using the listener prefix: Set(ssl.keystore.location)",
    ],
    ["listeners", "PLAINTEXT://:1", true, "Cannot update these configs at default cluster level: Set(listeners)"],
    ["listener.name.external.ssl.keystore.location", "x", false, undefined],
  ];
  for (const [name, text, everywhere, message] of cases)
    test(`${name}=${text} ${everywhere ? "of all brokers" : "of one broker"}`, () => {
      const refused = validateBrokerConfig(name, text, everywhere);
      expect(refused).toEqual(message === undefined ? undefined : { errorCode: INVALID_REQUEST, message });
    });
});
