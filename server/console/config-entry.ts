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
    isReadOnly: config.readOnly,
    documentation: config.documentation,
    synonyms,
  };
}

/** DescribeConfigs' number of a source in words. */
export function configSourceOf(source: number): ConfigSource {
  return configSource.options[source] ?? "unknown";
}
