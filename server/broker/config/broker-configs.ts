import type { ConfigDefinition, ConfigValue } from "./definition.ts";
import { groupConfigs } from "./group-configs.ts";
import { logConfigs } from "./log-configs.ts";
import { networkConfigs } from "./network-configs.ts";
import { nodeConfigs } from "./node-configs.ts";
import { replicationConfigs } from "./replication-configs.ts";
import { securityConfigs } from "./security-configs.ts";
import { shareConfigs } from "./share-configs.ts";
import { transactionConfigs } from "./transaction-configs.ts";

/** Every broker and controller config of Kafka 4.2 that has a meaning here. */
export const brokerConfigs = {
  ...nodeConfigs,
  ...networkConfigs,
  ...logConfigs,
  ...replicationConfigs,
  ...groupConfigs,
  ...shareConfigs,
  ...transactionConfigs,
  ...securityConfigs,
} as const satisfies Record<string, ConfigDefinition>;

/** The name of a broker config. */
export type BrokerConfigName = keyof typeof brokerConfigs;

/** The type of a broker config's value. */
export type BrokerConfigValue<Name extends BrokerConfigName> =
  (typeof brokerConfigs)[Name] extends ConfigDefinition<infer Value extends ConfigValue> ? Value : never;

/** Tells whether the table has a broker config of this name. */
export function isBrokerConfigName(name: string): name is BrokerConfigName {
  return Object.hasOwn(brokerConfigs, name);
}

/** The definition behind a name; `listener.name.<listener>.` and the mechanism before a SASL config are left out (KIP-103, KIP-86). */
export function brokerConfigDefinition(
  name: string,
): { readonly baseName: BrokerConfigName; readonly definition: ConfigDefinition } | undefined {
  const baseName = baseConfigName(name);
  return isBrokerConfigName(baseName) ? { baseName, definition: brokerConfigs[baseName] } : undefined;
}

/** `listener.name.internal.plain.sasl.jaas.config` to `sasl.jaas.config`; other names as they are. */
export function baseConfigName(name: string): string {
  const match = /^listener\.name\.[^.]+\.(.+)$/.exec(name);
  if (match === null) return name;
  const rest = match[1] ?? "";
  const afterMechanism = /^[^.]+\.((?:sasl|connections)\..+)$/.exec(rest);
  return isBrokerConfigName(rest) ? rest : (afterMechanism?.[1] ?? rest);
}

/** Configs of Apache Kafka 4.2 that nothing here answers to; they are refused with another message than a misspelt name. */
const FOREIGN =
  /^(remote\.(fetch|list|log)\.|sasl\.kerberos\.|sasl\.login\.|sasl\.oauthbearer\.|kafka\.metrics\.|log4j|zookeeper\.|controller\.performance\.)|\.class(\.name)?$|^(config\.providers|security\.providers|ssl\.(keymanager\.algorithm|trustmanager\.algorithm|provider|secure\.random\.implementation|engine\.factory\.class)|inter\.broker\.protocol\.version|log\.message\.format\.version|log\.message\.downconversion\.enable)$/;

/** Tells whether a name unknown to the table is one of Kafka's. */
export function isForeignConfigName(name: string): boolean {
  return FOREIGN.test(baseConfigName(name));
}

/** How one broker config stands in for another: its value times `factor` (hours to milliseconds). */
export type ConfigSynonym = { readonly name: BrokerConfigName; readonly factor: number };

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const CHAINS: Partial<Record<BrokerConfigName, readonly ConfigSynonym[]>> = {
  "log.retention.ms": [
    { name: "log.retention.ms", factor: 1 },
    { name: "log.retention.minutes", factor: MINUTE_MS },
    { name: "log.retention.hours", factor: HOUR_MS },
  ],
  "log.retention.minutes": [
    { name: "log.retention.minutes", factor: 1 },
    { name: "log.retention.hours", factor: 60 },
  ],
  "log.roll.ms": [
    { name: "log.roll.ms", factor: 1 },
    { name: "log.roll.hours", factor: HOUR_MS },
  ],
  "log.roll.jitter.ms": [
    { name: "log.roll.jitter.ms", factor: 1 },
    { name: "log.roll.jitter.hours", factor: HOUR_MS },
  ],
  "log.flush.interval.ms": [
    { name: "log.flush.interval.ms", factor: 1 },
    { name: "log.flush.scheduler.interval.ms", factor: 1 },
  ],
};

/** The configs that give a broker config its value, first the strongest (DynamicBrokerConfig.brokerConfigSynonyms). */
export function brokerConfigSynonyms(name: BrokerConfigName): readonly ConfigSynonym[] {
  return CHAINS[name] ?? [{ name, factor: 1 }];
}
