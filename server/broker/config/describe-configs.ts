import { configsOf, TOPIC_RESOURCE, type MetadataImage } from "../controller/image.ts";
import { ConfigSource, type BrokerConfig, type ConfigLayer } from "./broker-config.ts";
import {
  brokerConfigDefinition,
  brokerConfigs,
  brokerConfigSynonyms,
  type BrokerConfigName,
} from "./broker-configs.ts";
import { configValueText } from "./config-value.ts";
import { isSensitive, type ConfigDefinition, type ConfigType } from "./definition.ts";
import { topicConfigSynonyms } from "./topic-config-synonyms.ts";
import { isTopicConfigName, topicConfigs, type TopicConfigName } from "./topic-configs.ts";

/** Where else a value could come from, the strongest first; the first one gives value and source. */
export type ConfigSynonymEntry = { readonly name: string; readonly value: string | null; readonly source: number };

/** One config as DescribeConfigs tells it. */
export type ConfigEntry = {
  readonly name: string;
  /** Null when it is secret, or not set and without default. */
  readonly value: string | null;
  readonly source: number;
  readonly type: ConfigType;
  readonly readOnly: boolean;
  readonly sensitive: boolean;
  readonly documentation: string;
  readonly synonyms: readonly ConfigSynonymEntry[];
};

/**
 * Every topic config with the value that holds for this topic, by name, or the wanted ones of them: a console asks for four of each of 5,000 topics.
 * The topic need not exist (its settings are then the cluster's).
 */
export function describeTopicConfigs(
  image: MetadataImage,
  config: BrokerConfig,
  topic: string,
  wanted: readonly string[] | null = null,
): readonly ConfigEntry[] {
  const own = configsOf(image, { type: TOPIC_RESOURCE, name: topic });
  return describeTopicSettings(own, config, wanted);
}

/** The same of settings that are not in the image yet, as CreateTopics answers them. */
export function describeTopicSettings(
  own: ReadonlyMap<string, string>,
  config: BrokerConfig,
  wanted: readonly string[] | null = null,
): readonly ConfigEntry[] {
  const names = Object.keys(topicConfigs).filter(isTopicConfigName);
  const asked = wanted === null ? names : names.filter((name) => wanted.includes(name));
  return asked.map((name) => topicEntry(name, own, config));
}

function topicEntry(name: TopicConfigName, own: ReadonlyMap<string, string>, config: BrokerConfig): ConfigEntry {
  const definition: ConfigDefinition = topicConfigs[name];
  const synonym = topicConfigSynonyms[name];
  const set = own.get(name);
  const cluster = synonym === null ? [] : synonymEntries(synonym, config.layers(), false);
  const synonyms = set === undefined ? cluster : [{ name, value: set, source: ConfigSource.topic }, ...cluster];
  const value =
    set ?? configValueText(definition.type, synonym === null ? definition.defaultValue : config.get(synonym));
  return {
    name,
    value,
    source: synonyms[0]?.source ?? ConfigSource.default,
    type: definition.type,
    readOnly: false,
    sensitive: false,
    documentation: definition.documentation,
    synonyms,
  };
}

/** Every config of a broker, by name. Internal ones only where they are set. */
export function describeBrokerConfigs(config: BrokerConfig): readonly ConfigEntry[] {
  const layers = config.layers();
  const names = new Set<string>();
  for (const [name, definition] of Object.entries<ConfigDefinition>(brokerConfigs))
    if (!definition.internal) names.add(name);
  for (const layer of layers) for (const name of layer.texts.keys()) names.add(name);
  return [...names].sort().flatMap((name) => brokerEntry(name, config, layers) ?? []);
}

/** What is set as the default of all brokers: DescribeConfigs of the broker resource without a name. */
export function describeDefaultBrokerConfigs(config: BrokerConfig): readonly ConfigEntry[] {
  const layers = config.layers().filter((layer) => layer.source === ConfigSource.dynamicDefault);
  const names = layers.flatMap((layer) => [...layer.texts.keys()]).sort();
  return names.flatMap((name) => {
    const entry = brokerEntry(name, config, layers);
    return entry === undefined
      ? []
      : [{ ...entry, synonyms: entry.synonyms.filter(({ source }) => source === ConfigSource.dynamicDefault) }];
  });
}

function brokerEntry(name: string, config: BrokerConfig, layers: readonly ConfigLayer[]): ConfigEntry | undefined {
  const known = brokerConfigDefinition(name);
  if (known === undefined) return undefined;
  const { definition, baseName } = known;
  const sensitive = isSensitive(definition);
  const base = synonymEntries(baseName, layers, sensitive);
  const overrides = name === baseName ? [] : entriesOf(name, layers, sensitive);
  const synonyms = [...overrides, ...base];
  const text = layers.find((layer) => layer.texts.has(name))?.texts.get(name);
  return {
    name,
    value: sensitive ? null : (text ?? configValueText(definition.type, definition.defaultValue)),
    source: synonyms[0]?.source ?? ConfigSource.default,
    type: definition.type,
    readOnly: definition.scope === "read-only",
    sensitive,
    documentation: definition.documentation,
    synonyms,
  };
}

/** Source by source and, within one, name by name; of the defaults only its own (ConfigHelper.configSynonyms). */
function synonymEntries(
  name: BrokerConfigName,
  layers: readonly ConfigLayer[],
  sensitive: boolean,
): readonly ConfigSynonymEntry[] {
  const names = brokerConfigSynonyms(name).map((synonym) => synonym.name);
  const set = layers.flatMap((layer) => names.flatMap((synonym) => entriesOf(synonym, [layer], sensitive)));
  const { type, defaultValue, required } = brokerConfigs[name];
  const value = required ? null : configValueText(type, defaultValue);
  const ownDefault = value === null ? [] : [{ name, value: sensitive ? null : value, source: ConfigSource.default }];
  return [...set, ...ownDefault];
}

function entriesOf(name: string, layers: readonly ConfigLayer[], sensitive: boolean): readonly ConfigSynonymEntry[] {
  return layers.flatMap(({ source, texts }) => {
    const value = texts.get(name);
    return value === undefined ? [] : [{ name, value: sensitive ? null : value, source }];
  });
}
