import { ListConfigResources } from "../../wire/apis/list-config-resources.ts";
import { CLUSTER_AUTHORIZATION_FAILED, NONE, UNSUPPORTED_VERSION } from "../../wire/errors.ts";
import {
  BROKER_LOGGER_RESOURCE,
  BROKER_RESOURCE,
  CLIENT_METRICS_RESOURCE,
  GROUP_RESOURCE,
  type MetadataImage,
  TOPIC_RESOURCE,
} from "../controller/image.ts";
import { handler } from "../network/handler.ts";
import type { BrokerContext } from "./services.ts";

/** In the order of their codes; all of them when none is asked for. */
const TYPES = [TOPIC_RESOURCE, BROKER_RESOURCE, BROKER_LOGGER_RESOURCE, CLIENT_METRICS_RESOURCE, GROUP_RESOURCE];

/** Names what can have configs (KIP-1142); version 0 knows client metrics only (KIP-714). */
export const listConfigResources = handler(ListConfigResources, (request, context: BrokerContext, reply) => {
  if (!context.may("describe-configs", "cluster")) return reply({ errorCode: CLUSTER_AUTHORIZATION_FAILED });
  const asked = context.apiVersion === 0 ? [CLIENT_METRICS_RESOURCE] : request.resourceTypes;
  if (asked.some((type) => !TYPES.includes(type))) return reply({ errorCode: UNSUPPORTED_VERSION });
  const image = context.services.image();
  const types = asked.length === 0 ? TYPES : TYPES.filter((type) => asked.includes(type));
  const configResources = types.flatMap((resourceType) =>
    namesOf(image, resourceType).map((resourceName) => ({ resourceName, resourceType })),
  );
  reply({ errorCode: NONE, configResources });
});

function namesOf(image: MetadataImage, type: number): string[] {
  if (type === TOPIC_RESOURCE) return [...image.topicsByName.keys()];
  if (type === BROKER_RESOURCE || type === BROKER_LOGGER_RESOURCE) return [...image.brokers.keys()].map(String);
  const prefix = `${type}:`;
  return [...image.configs.keys()].filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length));
}
