import type { ConfigEntry, ConfigSource } from "../../lib/contracts/configs.ts";
import type { DescribedConfigs } from "../client/admin/configs.ts";

/** DescribeConfigs' numbers of sources (KIP-226, KIP-714, KIP-848) at their index. */
const SOURCES = [
  "unknown",
  "topic",
  "dynamic-broker",
  "dynamic-default-broker",
  "static-broker",
  "default",
  "dynamic-broker-logger",
  "client-metrics",
  "group",
] as const satisfies readonly ConfigSource[];

/** DescribeConfigs' numbers of types (KIP-569) at their index. */
const TYPES = [
  "unknown",
  "boolean",
  "string",
  "int",
  "short",
  "long",
  "double",
  "list",
  "class",
  "password",
] as const satisfies readonly ConfigEntry["type"][];

/** A setting as the cluster describes it. `own` are the sources that stand for "set on the thing itself": without such a value the first other synonym would hold. */
export function configEntryOf(config: DescribedConfigs["configs"][number], own: readonly ConfigSource[]): ConfigEntry {
  const synonyms = config.synonyms.map(({ name, value, source }) => ({ name, value, source: configSourceOf(source) }));
  const source = configSourceOf(config.configSource);
  const inherited = synonyms.find((synonym) => !own.includes(synonym.source));
  return {
    name: config.name,
    value: config.value,
    defaultValue: own.includes(source) ? (inherited?.value ?? null) : config.value,
    source,
    type: TYPES[config.configType] ?? "unknown",
    isSensitive: config.isSensitive,
    isReadOnly: config.readOnly,
    documentation: config.documentation,
    synonyms,
  };
}

/** DescribeConfigs' number of a source in words. */
export function configSourceOf(source: number): ConfigSource {
  return SOURCES[source] ?? "unknown";
}
