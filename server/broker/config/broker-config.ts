import { configsOf, BROKER_RESOURCE, type MetadataImage } from "../controller/image.ts";
import {
  brokerConfigs,
  brokerConfigSynonyms,
  type BrokerConfigName,
  type BrokerConfigValue,
} from "./broker-configs.ts";
import { checkBrokerConfig } from "./check-broker-config.ts";
import { type ConfigProblem, type ConfigTexts, readConfigTexts } from "./config-texts.ts";
import { isBadConfigValue, parseConfigValue } from "./config-value.ts";
import type { ConfigValue } from "./definition.ts";
import {
  type Listener,
  parseListeners,
  parseProtocolMap,
  parseVoters,
  type SecurityProtocol,
  type Voter,
} from "./listener.ts";

export type { ConfigProblem, ConfigTexts } from "./config-texts.ts";

/** Where a value stands, by the numbers of DescribeConfigs; the strongest first in every list of layers. */
export const ConfigSource = {
  topic: 1,
  dynamicBroker: 2,
  dynamicDefault: 3,
  staticBroker: 4,
  default: 5,
  brokerLogger: 6,
  clientMetrics: 7,
  group: 8,
} as const;

/** One layer of settings: texts by name. */
export type ConfigLayer = { readonly source: number; readonly texts: ReadonlyMap<string, string> };

/**
 * A node's settings: what its file and command line say, under what the cluster's metadata sets for it and for all brokers while it runs.
 * Bad dynamic values cannot come in here (the controller refuses them); were one in an old log, it is passed over.
 */
export class BrokerConfig {
  readonly #static: ReadonlyMap<string, string>;
  #dynamicBroker: ReadonlyMap<string, string> = new Map();
  #dynamicDefault: ReadonlyMap<string, string> = new Map();
  readonly #parsed = new Map<string, ConfigValue>();

  private constructor(texts: ReadonlyMap<string, string>) {
    this.#static = texts;
  }

  /** Settings from texts, or all that is wrong with them. */
  static fromTexts(texts: ConfigTexts): BrokerConfig | readonly ConfigProblem[] {
    const { values, problems } = readConfigTexts(texts);
    if (problems.length > 0) return problems;
    const config = new BrokerConfig(values);
    const conflicts = checkBrokerConfig(config);
    return conflicts.length > 0 ? conflicts : config;
  }

  /** node.id, or its older name broker.id. */
  get nodeId(): number {
    return this.#static.has("node.id") ? this.get("node.id") : this.get("broker.id");
  }

  /**
   * The value in force. A config that Kafka also has in other units (log.retention.ms, .minutes, .hours) gives the value of whichever is set,
   * in the unit of the name that was asked for.
   */
  get<Name extends BrokerConfigName>(name: Name): BrokerConfigValue<Name> {
    const known = this.#parsed.get(name);
    const value = known === undefined ? this.#resolve(name) : known;
    if (known === undefined) this.#parsed.set(name, value);
    // Documented narrowing: parseConfigValue returns what the definition's type says, and the definition belongs to the name.
    return value as BrokerConfigValue<Name>;
  }

  /** As `get`, but `listener.name.<listener>.[<mechanism>.]<name>` comes first (KIP-103). */
  getForListener<Name extends BrokerConfigName>(
    listener: string,
    name: Name,
    mechanism?: string,
  ): BrokerConfigValue<Name> {
    const prefix = `listener.name.${listener.toLowerCase()}.`;
    const names =
      mechanism === undefined
        ? [`${prefix}${name}`]
        : [`${prefix}${mechanism.toLowerCase()}.${name}`, `${prefix}${name}`];
    for (const full of names) {
      const text = this.layers()
        .find((layer) => layer.texts.has(full))
        ?.texts.get(full);
      const parsed = text === undefined ? undefined : parseConfigValue(full, brokerConfigs[name], text);
      if (parsed !== undefined && !isBadConfigValue(parsed)) return parsed as BrokerConfigValue<Name>; // as in `get`
    }
    return this.get(name);
  }

  /** The layers that are set, strongest first; the table's defaults come after them. */
  layers(): readonly ConfigLayer[] {
    return [
      { source: ConfigSource.dynamicBroker, texts: this.#dynamicBroker },
      { source: ConfigSource.dynamicDefault, texts: this.#dynamicDefault },
      { source: ConfigSource.staticBroker, texts: this.#static },
    ];
  }

  /** Takes over what the image sets for this broker and for all; answers the names whose text changed. */
  applyMetadata(image: MetadataImage): readonly string[] {
    const broker = configsOf(image, { type: BROKER_RESOURCE, name: String(this.nodeId) });
    const everywhere = configsOf(image, { type: BROKER_RESOURCE, name: "" });
    const names = new Set([
      ...this.#dynamicBroker.keys(),
      ...this.#dynamicDefault.keys(),
      ...broker.keys(),
      ...everywhere.keys(),
    ]);
    const before = this.layers();
    this.#dynamicBroker = broker;
    this.#dynamicDefault = everywhere;
    this.#parsed.clear();
    const after = this.layers();
    return [...names].filter((name) => firstText(before, name) !== firstText(after, name)).sort();
  }

  /** The protocol of each listener name. */
  get protocolMap(): ReadonlyMap<string, SecurityProtocol> {
    const map = parseProtocolMap(this.get("listener.security.protocol.map"));
    return typeof map === "string" ? new Map() : map;
  }

  /** What the node binds. */
  get listeners(): readonly Listener[] {
    return this.#listeners(this.get("listeners"));
  }

  /** What clients and brokers are told, in the order of `listeners`; a listener without a host of its own is told as 127.0.0.1. */
  get advertisedListeners(): readonly Listener[] {
    const advertised = this.#listeners(this.get("advertised.listeners") ?? this.get("listeners"));
    return advertised.map((listener) =>
      listener.host === "" || listener.host === "0.0.0.0" ? { ...listener, host: "127.0.0.1" } : listener,
    );
  }

  /** The name of the listener between brokers. */
  get interBrokerListenerName(): string {
    return this.get("inter.broker.listener.name") ?? this.get("security.inter.broker.protocol");
  }

  /** The controllers of a static quorum. */
  get quorumVoters(): readonly Voter[] {
    const voters = parseVoters(this.get("controller.quorum.voters"));
    return typeof voters === "string" ? [] : voters;
  }

  /** log.dirs, or log.dir where it is not set. */
  get logDirs(): readonly string[] {
    return this.get("log.dirs") ?? this.get("log.dir");
  }

  /** metadata.log.dir, or the first log directory. */
  get metadataLogDir(): string {
    return this.get("metadata.log.dir") ?? this.logDirs[0] ?? "";
  }

  #listeners(texts: readonly string[]): readonly Listener[] {
    const listeners = parseListeners(texts, this.protocolMap);
    return typeof listeners === "string" ? [] : listeners;
  }

  #resolve(name: BrokerConfigName): ConfigValue {
    const synonyms = brokerConfigSynonyms(name);
    for (const layer of this.layers()) {
      for (const synonym of synonyms) {
        const text = layer.texts.get(synonym.name);
        const value =
          text === undefined ? undefined : parseConfigValue(synonym.name, brokerConfigs[synonym.name], text);
        if (value !== undefined && !isBadConfigValue(value)) return scaled(value, synonym.factor);
      }
    }
    for (const synonym of synonyms) {
      const value = brokerConfigs[synonym.name].defaultValue;
      if (value !== null) return scaled(value, synonym.factor);
    }
    return null;
  }
}

/** A negative number is "no limit" in every unit. */
function scaled(value: ConfigValue, factor: number): ConfigValue {
  return typeof value === "number" && value > 0 ? value * factor : value;
}

function firstText(layers: readonly ConfigLayer[], name: string): string | undefined {
  return layers.find((layer) => layer.texts.has(name))?.texts.get(name);
}
