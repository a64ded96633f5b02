import { INVALID_CONFIG, INVALID_REQUEST } from "../../wire/errors.ts";
import type { Refusal } from "../refusal.ts";
import { brokerConfigDefinition } from "./broker-configs.ts";
import { configValueText, isBadConfigValue, parseConfigValue } from "./config-value.ts";
import type { ConfigDefinition } from "./definition.ts";
import { INTERNAL_SEGMENT_BYTES } from "./topic-config.ts";
import { isTopicConfigName, topicConfigs } from "./topic-configs.ts";

/** Checks all the settings that a topic would have (LogConfig.validate): names, values, and what cannot stand together. */
export function validateTopicConfigs(configs: ReadonlyMap<string, string>): Refusal | undefined {
  for (const [name, text] of configs) {
    if (isTopicConfigName(name)) continue;
    if (name !== INTERNAL_SEGMENT_BYTES) return invalid(`Unknown topic config name: ${name}`);
    if (!/^[1-9]\d{0,8}$/.test(text)) return invalid(`Invalid value ${text} for configuration ${name}`);
  }
  const numbers = new Map<string, number>();
  for (const [name, text] of configs) {
    if (!isTopicConfigName(name)) continue;
    const definition: ConfigDefinition = topicConfigs[name];
    const value = parseConfigValue(name, definition, text);
    if (isBadConfigValue(value)) return invalid(value.message);
    if (typeof value === "number") numbers.set(name, value);
    if (name === "remote.storage.enable" && value === true)
      return invalid(
        "Tiered Storage functionality is disabled in the broker. Topic cannot be configured with remote log storage.",
      );
  }
  const minLagMs = numbers.get("min.compaction.lag.ms") ?? 0;
  const maxLagMs = numbers.get("max.compaction.lag.ms") ?? Number.POSITIVE_INFINITY;
  if (minLagMs > maxLagMs)
    return invalid(
      `conflict topic config setting min.compaction.lag.ms (${minLagMs}) > max.compaction.lag.ms (${configValueText("long", maxLagMs)})`,
    );
  return undefined;
}

/**
 * Checks one dynamic broker setting (DynamicBrokerConfig.validate); `everywhere` when it is to be the default of all brokers. Names that the table
 * does not have are taken, as Kafka takes them for its plug-ins.
 */
export function validateBrokerConfig(name: string, text: string, everywhere: boolean): Refusal | undefined {
  const known = brokerConfigDefinition(name);
  if (known === undefined) return undefined;
  const { definition, baseName } = known;
  const refuse = (message: string): Refusal => ({ errorCode: INVALID_REQUEST, message });
  if (definition.scope === "read-only") return refuse(`Cannot update these configs dynamically: Set(${name})`);
  if (everywhere && definition.scope === "per-broker" && baseName === name && /^(ssl|sasl)\./.test(name))
    return refuse(
      `These security configs can be dynamically updated only per-listener using the listener prefix: Set(${name})`,
    );
  if (everywhere && definition.scope === "per-broker")
    return refuse(`Cannot update these configs at default cluster level: Set(${name})`);
  const value = parseConfigValue(name, definition, text);
  return isBadConfigValue(value) ? refuse(value.message) : undefined;
}

function invalid(message: string): Refusal {
  return { errorCode: INVALID_CONFIG, message };
}
