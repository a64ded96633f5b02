import { INVALID_CONFIG, INVALID_REQUEST, NONE, UNKNOWN_TOPIC_OR_PARTITION } from "../../wire/errors.ts";
import { ClearElrRecord } from "../../wire/records/metadata/clear-elr-record.ts";
import { ConfigRecord } from "../../wire/records/metadata/config-record.ts";
import { brokerConfigDefinition } from "../config/broker-configs.ts";
import { configValueText } from "../config/config-value.ts";
import type { ConfigDefinition } from "../config/definition.ts";
import { topicConfigSynonyms } from "../config/topic-config-synonyms.ts";
import { isTopicConfigName, topicConfigs } from "../config/topic-configs.ts";
import { validateBrokerConfig, validateTopicConfigs } from "../config/validate-configs.ts";
import { isRefusal, type Refusal } from "../refusal.ts";
import { isElrEnabled, type ControllerView } from "./broker-state.ts";
import {
  BROKER_RESOURCE,
  CLIENT_METRICS_RESOURCE,
  configKey,
  configsOf,
  GROUP_RESOURCE,
  TOPIC_RESOURCE,
  type ConfigResource,
} from "./image.ts";
import { newRecord, type Decision, type NewMetadataRecord } from "./new-record.ts";

/** Operations of IncrementalAlterConfigs (KIP-339). */
export const AlterOperation = { set: 0, delete: 1, append: 2, subtract: 3 } as const;

/** A resource with the operations on its configs; AlterConfigs gives those that lead from its settings to the wanted ones. */
export type ConfigAlteration = {
  readonly resourceType: number;
  readonly resourceName: string;
  readonly configs: readonly {
    readonly name: string;
    readonly configOperation: number;
    readonly value: string | null;
  }[];
};

/** The answer for one resource, for both APIs. */
export type ConfigAnswer = {
  readonly resourceType: number;
  readonly resourceName: string;
  readonly errorCode: number;
  readonly errorMessage: string | null;
};

const MIN_ISR = "min.insync.replicas";

/** Decides an IncrementalAlterConfigs request. Resources are independent. */
export function alterConfigs(
  view: ControllerView,
  resources: readonly ConfigAlteration[],
  validateOnly: boolean,
): Decision<readonly ConfigAnswer[]> {
  const keys = resources.map(({ resourceType: type, resourceName: name }) => configKey({ type, name }));
  const records: NewMetadataRecord[] = [];
  const response = resources.map((alteration, index): ConfigAnswer => {
    const { resourceType, resourceName } = alteration;
    const isTwice = keys.indexOf(keys[index] ?? "") !== keys.lastIndexOf(keys[index] ?? "");
    const added = isTwice
      ? refuse(INVALID_REQUEST, "Each resource must appear at most once.")
      : alterResource(view, alteration);
    if (isRefusal(added))
      return { resourceType, resourceName, errorCode: added.errorCode, errorMessage: added.message ?? null };
    if (!validateOnly) records.push(...added);
    return { resourceType, resourceName, errorCode: NONE, errorMessage: null };
  });
  return { records, response };
}

/** Operations that replace all settings of a resource, as AlterConfigs asks. */
export function replacing(
  view: ControllerView,
  resource: {
    readonly resourceType: number;
    readonly resourceName: string;
    readonly configs: readonly { readonly name: string; readonly value: string | null }[];
  },
): ConfigAlteration {
  const { resourceType, resourceName, configs } = resource;
  const named = new Set(configs.map((config) => config.name));
  const present = configsOf(view.image, { type: resourceType, name: resourceName });
  const dropped = [...present.keys()].filter((name) => !named.has(name));
  // Kafka keeps the cluster's min.insync.replicas while ELR is on, which needs it.
  const removable = dropped.filter(
    (name) => name !== MIN_ISR || resourceType !== BROKER_RESOURCE || !isElrEnabled(view.image),
  );
  return {
    resourceType,
    resourceName,
    configs: [
      ...configs.map(({ name, value }) => ({ name, value, configOperation: AlterOperation.set })),
      ...removable.map((name) => ({ name, value: null, configOperation: AlterOperation.delete })),
    ],
  };
}

function alterResource(view: ControllerView, alteration: ConfigAlteration): readonly NewMetadataRecord[] | Refusal {
  const resource = { type: alteration.resourceType, name: alteration.resourceName };
  const names = alteration.configs.map((config) => config.name);
  if (new Set(names).size !== names.length) return refuse(INVALID_REQUEST, "Error due to duplicate config keys");
  const nulls = alteration.configs.filter(
    (config) => config.configOperation !== AlterOperation.delete && config.value === null,
  );
  if (nulls.length > 0)
    return refuse(INVALID_REQUEST, `Null value not supported for : ${nulls.map((config) => config.name).join(",")}`);
  const unknown = checkResource(view, resource);
  if (unknown !== undefined) return unknown;
  const present = configsOf(view.image, resource);
  const wanted = new Map(present);
  for (const config of alteration.configs) {
    const refused = operate(view, resource, config, wanted);
    if (refused !== undefined) return refused;
  }
  const invalid = checkSettings(resource, wanted, names) ?? checkMinIsr(view, resource, names, wanted);
  return invalid ?? recordsOf(view, resource, { present, wanted, names });
}

function checkResource(view: ControllerView, { type, name }: ConfigResource): Refusal | undefined {
  switch (type) {
    case TOPIC_RESOURCE:
      if (name === "") return refuse(INVALID_REQUEST, "Default topic resources are not allowed.");
      return view.image.topicsByName.has(name)
        ? undefined
        : refuse(UNKNOWN_TOPIC_OR_PARTITION, `The topic '${name}' does not exist.`);
    case BROKER_RESOURCE:
      return name === "" || /^\d{1,10}$/.test(name)
        ? undefined
        : refuse(INVALID_REQUEST, "Unable to parse broker name as a base 10 number.");
    case GROUP_RESOURCE:
      return name === "" ? refuse(INVALID_REQUEST, "Default group resources are not allowed.") : undefined;
    case CLIENT_METRICS_RESOURCE:
      return name === "" ? refuse(INVALID_REQUEST, "Default client metrics resources are not allowed.") : undefined;
    default:
      return refuse(INVALID_REQUEST, `Unsupported resource type: ${type}`);
  }
}

type Operation = ConfigAlteration["configs"][number];

function operate(
  view: ControllerView,
  resource: ConfigResource,
  operation: Operation,
  wanted: Map<string, string>,
): Refusal | undefined {
  const { name, configOperation, value } = operation;
  switch (configOperation) {
    case AlterOperation.set:
      wanted.set(name, value ?? "");
      return undefined;
    case AlterOperation.delete:
      wanted.delete(name);
      return undefined;
    case AlterOperation.append:
    case AlterOperation.subtract: {
      const verb = configOperation === AlterOperation.append ? "APPEND" : "SUBTRACT";
      if (definitionOf(resource, name)?.type !== "list")
        return refuse(INVALID_CONFIG, `Can't ${verb} to key ${name} because its type is not LIST.`);
      const before = elementsOf(wanted.get(name) ?? inherited(view, resource, name));
      const named = elementsOf(value ?? "");
      const after =
        configOperation === AlterOperation.append
          ? [...before, ...named.filter((element) => !before.includes(element))]
          : before.filter((element) => !named.includes(element));
      wanted.set(name, after.join(","));
      return undefined;
    }
    default:
      return refuse(INVALID_REQUEST, `Unknown config operation ${configOperation} for ${name}`);
  }
}

function definitionOf(resource: ConfigResource, name: string): ConfigDefinition | undefined {
  if (resource.type === TOPIC_RESOURCE) return isTopicConfigName(name) ? topicConfigs[name] : undefined;
  return resource.type === BROKER_RESOURCE ? brokerConfigDefinition(name)?.definition : undefined;
}

/** What a list is before anything was set on the resource. */
function inherited(view: ControllerView, resource: ConfigResource, name: string): string {
  const definition = definitionOf(resource, name);
  if (definition === undefined) return "";
  const synonym = resource.type === TOPIC_RESOURCE && isTopicConfigName(name) ? topicConfigSynonyms[name] : null;
  return configValueText(definition.type, synonym === null ? definition.defaultValue : view.config.get(synonym)) ?? "";
}

function elementsOf(text: string): readonly string[] {
  return text
    .split(",")
    .map((element) => element.trim())
    .filter((element) => element !== "");
}

function checkSettings(
  resource: ConfigResource,
  wanted: ReadonlyMap<string, string>,
  names: readonly string[],
): Refusal | undefined {
  if (resource.type === TOPIC_RESOURCE) return validateTopicConfigs(wanted);
  if (resource.type !== BROKER_RESOURCE) return undefined;
  for (const name of names) {
    const refused = validateBrokerConfig(name, wanted.get(name) ?? defaultTextOf(name), resource.name === "");
    if (refused !== undefined) return refused;
  }
  return undefined;
}

/** A deleted setting falls back to a default that is valid by itself; only whether it may change at all is asked. */
function defaultTextOf(name: string): string {
  const definition = brokerConfigDefinition(name)?.definition;
  return definition === undefined ? "" : (configValueText(definition.type, definition.defaultValue) ?? "0");
}

/** With eligible leader replicas there is one min.insync.replicas for the cluster, and it is always set (KIP-966). */
function checkMinIsr(
  view: ControllerView,
  resource: ConfigResource,
  names: readonly string[],
  wanted: ReadonlyMap<string, string>,
): Refusal | undefined {
  if (resource.type !== BROKER_RESOURCE || !names.includes(MIN_ISR) || !isElrEnabled(view.image)) return undefined;
  if (resource.name !== "")
    return refuse(INVALID_CONFIG, "Broker-level min.insync.replicas cannot be altered while ELR is enabled.");
  if (!wanted.has(MIN_ISR))
    return refuse(INVALID_CONFIG, "Cluster-level min.insync.replicas cannot be removed while ELR is enabled.");
  return undefined;
}

function recordsOf(
  view: ControllerView,
  { type: resourceType, name: resourceName }: ConfigResource,
  settings: {
    readonly present: ReadonlyMap<string, string>;
    readonly wanted: ReadonlyMap<string, string>;
    readonly names: readonly string[];
  },
): readonly NewMetadataRecord[] {
  const records: NewMetadataRecord[] = [];
  for (const name of settings.names) {
    const value = settings.wanted.get(name) ?? null;
    if (value === (settings.present.get(name) ?? null)) continue;
    records.push(newRecord(ConfigRecord, { resourceType, resourceName, name, value }));
    // Who was eligible under another minimum may not be under this one.
    if (name === MIN_ISR && isElrEnabled(view.image))
      records.push(newRecord(ClearElrRecord, { topicName: resourceType === TOPIC_RESOURCE ? resourceName : "" }));
  }
  return records;
}

function refuse(errorCode: number, message: string): Refusal {
  return { errorCode, message };
}
