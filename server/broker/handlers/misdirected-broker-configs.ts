import { INVALID_REQUEST } from "../../wire/errors.ts";
import { BROKER_RESOURCE } from "../controller/image.ts";
import type { Refusal } from "../refusal.ts";

/** Why configs that are all of other brokers are refused here, as Kafka's ConfigAdminManager does before it forwards; undefined when one may go on. */
export function misdirectedBrokerConfigs(
  resources: readonly { readonly resourceType: number; readonly resourceName: string }[],
  nodeId: number,
): Refusal | undefined {
  const isMisdirected = (resource: { readonly resourceType: number; readonly resourceName: string }) =>
    resource.resourceType === BROKER_RESOURCE && !["", String(nodeId)].includes(resource.resourceName);
  const [first] = resources;
  if (first === undefined || !resources.every(isMisdirected)) return undefined;
  const message = /^-?\d+$/.test(first.resourceName)
    ? `Unexpected broker id, expected ${nodeId}, but received ${first.resourceName}`
    : `Node id must be an integer, but it is: ${first.resourceName}`;
  return { errorCode: INVALID_REQUEST, message };
}
