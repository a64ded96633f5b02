import { type ConfigEntry, type ConfigSource, configSource, configType } from "../../lib/contracts/configs.ts";
import type { DescribedConfigs } from "../client/admin/configs.ts";

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
    type: configType.options[config.configType] ?? "unknown",
    isSensitive: config.isSensitive,
    // Kafka calls settings that it has no definition of read-only, as throttled rates (KIP-73), also where they were set while running.
    isReadOnly: config.readOnly && source !== "dynamic-broker" && source !== "dynamic-default-broker",
    documentation: plainText(config.documentation),
    synonyms,
  };
}

const BREAKS = /<\/?(?:br|dd|dl|dt|h\d|li|ol|p|pre|table|tbody|td|th|tr|ul)\b[^<>]*>/gi;
const MARKS = /<\/?(?:a|b|code|div|em|i|span|strong)\b[^<>]*>/gi;

/** Kafka's documentation of its configs is HTML in places; what only looks like it, as `<host>`, stays. */
function plainText(documentation: string | null): string | null {
  if (documentation === null) return null;
  return documentation
    .replaceAll(BREAKS, " ")
    .replaceAll(MARKS, "")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&amp;", "&")
    .replaceAll(/ {2,}/g, " ")
    .trim();
}

/** DescribeConfigs' number of a source in words. */
export function configSourceOf(source: number): ConfigSource {
  return configSource.options[source] ?? "unknown";
}
