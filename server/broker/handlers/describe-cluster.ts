import { DescribeCluster } from "../../wire/apis/describe-cluster.ts";
import { MISMATCHED_ENDPOINT_TYPE, NONE, UNSUPPORTED_ENDPOINT_TYPE } from "../../wire/errors.ts";
import { authorizedOperations, OPERATIONS_NOT_ASKED } from "../network/authorizer.ts";
import { handler } from "../network/handler.ts";
import { endpointOf } from "./leader-hint.ts";
import type { BrokerContext } from "./services.ts";

const BROKERS = 1;
const CONTROLLERS = 2;

/** Tells cluster id and brokers (KIP-700); on a broker only its own kind of endpoints can be asked for (KIP-919). */
export const describeCluster = handler(DescribeCluster, (request, context: BrokerContext, reply) => {
  const { endpointType } = request;
  if (endpointType !== BROKERS) {
    const errorCode = endpointType === CONTROLLERS ? MISMATCHED_ENDPOINT_TYPE : UNSUPPORTED_ENDPOINT_TYPE;
    const errorMessage =
      endpointType === CONTROLLERS
        ? "The request was sent to an endpoint of type BROKER, but we wanted an endpoint of type CONTROLLER"
        : `Unsupported endpoint type ${endpointType}`;
    return reply({ errorCode, errorMessage });
  }
  reply({
    errorCode: NONE,
    endpointType,
    clusterId: context.services.clusterId,
    controllerId: context.services.nodeId,
    brokers: brokers(context, request.includeFencedBrokers),
    clusterAuthorizedOperations: request.includeClusterAuthorizedOperations
      ? authorizedOperations("cluster", (operation) => context.may(operation, "cluster"))
      : OPERATIONS_NOT_ASKED,
  });
});

function brokers({ services, listenerName }: BrokerContext, includeFenced: boolean) {
  const image = services.image();
  const found = [];
  for (const broker of image.brokers.values()) {
    const node = broker.fenced && !includeFenced ? undefined : endpointOf(image, broker.id, listenerName);
    if (node !== undefined)
      found.push({ brokerId: broker.id, host: node.host, port: node.port, rack: node.rack, isFenced: broker.fenced });
  }
  return found.sort((a, b) => a.brokerId - b.brokerId);
}
