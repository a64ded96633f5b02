import type { RequestOf } from "../../wire/api.ts";
import { DescribeConfigs } from "../../wire/apis/describe-configs.ts";
import {
  CLUSTER_AUTHORIZATION_FAILED,
  INVALID_REQUEST,
  INVALID_TOPIC_EXCEPTION,
  NONE,
  TOPIC_AUTHORIZATION_FAILED,
  UNKNOWN_TOPIC_OR_PARTITION,
} from "../../wire/errors.ts";
import type { ConfigType } from "../config/definition.ts";
import {
  type ConfigEntry,
  describeBrokerConfigs,
  describeDefaultBrokerConfigs,
  describeTopicConfigs,
} from "../config/describe-configs.ts";
import {
  BROKER_LOGGER_RESOURCE,
  BROKER_RESOURCE,
  CLIENT_METRICS_RESOURCE,
  configsOf,
  GROUP_RESOURCE,
  TOPIC_RESOURCE,
} from "../controller/image.ts";
import { handler } from "../network/handler.ts";
import { isRefusal, type Refusal } from "../refusal.ts";
import type { BrokerContext } from "./services.ts";

type Request = RequestOf<typeof DescribeConfigs>;
type Resource = Request["resources"][number];

/** DescribeConfigsResponse.ConfigType. */
const TYPE_CODES: Readonly<Record<ConfigType, number>> = {
  boolean: 1,
  string: 2,
  int: 3,
  short: 4,
  long: 5,
  double: 6,
  list: 7,
  class: 8,
  password: 9,
};
/** Sources of configs that are not in the config tables. */
const LOGGER_SOURCE = 6;
const CLIENT_METRICS_SOURCE = 7;
const GROUP_SOURCE = 8;

/** Tells every config of topics and brokers with its value, where that comes from and what it means. */
export const describeConfigs = handler(DescribeConfigs, (request, context: BrokerContext, reply) => {
  const results = request.resources.map((resource) => {
    const { resourceType, resourceName, configurationKeys } = resource;
    const entries = describe(resource, context);
    if (isRefusal(entries)) {
      return {
        errorCode: entries.errorCode,
        errorMessage: entries.message ?? "",
        resourceType,
        resourceName,
        configs: [],
      };
    }
    const wanted =
      configurationKeys === null ? entries.list : entries.list.filter(({ name }) => configurationKeys.includes(name));
    return {
      errorCode: NONE,
      errorMessage: "",
      resourceType,
      resourceName,
      configs: wanted.map((entry) => toWire(entry, request)),
    };
  });
  reply({ results });
});

type Entries = { readonly list: readonly ConfigEntry[] };

function describe(
  { resourceType, resourceName, configurationKeys }: Resource,
  context: BrokerContext,
): Entries | Refusal {
  switch (resourceType) {
    case TOPIC_RESOURCE:
      return describeTopic(resourceName, configurationKeys, context);
    case BROKER_RESOURCE:
      return describeBroker(resourceName, context);
    case BROKER_LOGGER_RESOURCE:
      return describeLoggers(resourceName, context);
    case CLIENT_METRICS_RESOURCE:
    case GROUP_RESOURCE:
      return describeSetOnly(resourceType, resourceName, context);
    default:
      return { errorCode: INVALID_REQUEST, message: `Unsupported resource type: ${resourceType}` };
  }
}

function describeTopic(topic: string, wanted: readonly string[] | null, context: BrokerContext): Entries | Refusal {
  const { services } = context;
  if (!context.may("describe-configs", { topic })) return { errorCode: TOPIC_AUTHORIZATION_FAILED };
  if (topic === "")
    return { errorCode: INVALID_TOPIC_EXCEPTION, message: "Topic name is invalid: the empty string is not allowed" };
  const image = services.image();
  if (!image.topicsByName.has(topic)) return { errorCode: UNKNOWN_TOPIC_OR_PARTITION };
  return { list: describeTopicConfigs(image, services.config, topic, wanted) };
}

/** The empty name is what is set for all brokers; else the broker that is asked must be meant. */
function describeBroker(name: string, context: BrokerContext): Entries | Refusal {
  if (!context.may("describe-configs", "cluster")) return { errorCode: CLUSTER_AUTHORIZATION_FAILED };
  if (name === "") return { list: describeDefaultBrokerConfigs(context.services.config) };
  return (
    notThisBroker(name, " or empty string, but", context) ?? { list: describeBrokerConfigs(context.services.config) }
  );
}

/** The log has one level for all, which cannot be changed while the broker runs. */
function describeLoggers(name: string, context: BrokerContext): Entries | Refusal {
  if (!context.may("describe-configs", "cluster")) return { errorCode: CLUSTER_AUTHORIZATION_FAILED };
  if (name === "") return { errorCode: INVALID_REQUEST, message: "Broker id must not be empty" };
  const level = context.services.environment.log.debugOn ? "DEBUG" : "INFO";
  return notThisBroker(name, " but", context) ?? { list: [setEntry("root", level, LOGGER_SOURCE, true)] };
}

function describeSetOnly(type: number, name: string, context: BrokerContext): Entries | Refusal {
  if (!context.may("describe-configs", "cluster")) return { errorCode: CLUSTER_AUTHORIZATION_FAILED };
  if (name === "")
    return {
      errorCode: INVALID_REQUEST,
      message: `${type === GROUP_RESOURCE ? "Group" : "Client metrics subscription"} name must not be empty`,
    };
  const source = type === GROUP_RESOURCE ? GROUP_SOURCE : CLIENT_METRICS_SOURCE;
  const set = configsOf(context.services.image(), { type, name });
  return { list: [...set].map(([key, value]) => setEntry(key, value, source, false)) };
}

function notThisBroker(name: string, orElse: string, { services }: BrokerContext): Refusal | undefined {
  if (name === String(services.nodeId)) return undefined;
  const message = /^-?\d+$/.test(name)
    ? `Unexpected broker id, expected ${services.nodeId}${orElse} received ${name}`
    : `Broker id must be an integer, but it is: ${name}`;
  return { errorCode: INVALID_REQUEST, message };
}

function setEntry(name: string, value: string, source: number, readOnly: boolean): ConfigEntry {
  return {
    name,
    value,
    source,
    type: "string",
    readOnly,
    sensitive: false,
    documentation: "",
    synonyms: [{ name, value, source }],
  };
}

function toWire(entry: ConfigEntry, { includeSynonyms, includeDocumentation }: Request) {
  return {
    name: entry.name,
    value: entry.value,
    readOnly: entry.readOnly,
    configSource: entry.source,
    isSensitive: entry.sensitive,
    synonyms: includeSynonyms ? entry.synonyms : [],
    configType: TYPE_CODES[entry.type],
    documentation: includeDocumentation ? entry.documentation : null,
  };
}
