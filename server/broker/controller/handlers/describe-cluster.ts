import { DescribeCluster } from "../../../wire/apis/describe-cluster.ts";
import { MISMATCHED_ENDPOINT_TYPE, NONE, UNSUPPORTED_ENDPOINT_TYPE } from "../../../wire/errors.ts";
import { authorizedOperations, OPERATIONS_NOT_ASKED } from "../../network/authorizer.ts";
import { handler } from "../../network/handler.ts";
import type { ControllerContext } from "./services.ts";

const BROKERS = 1;
const CONTROLLERS = 2;

/** DescribeCluster on a controller: tells the controllers, for tools that were given --bootstrap-controller (KIP-919). */
export const describeCluster = handler(DescribeCluster, (request, context: ControllerContext, reply) => {
  const { endpointType } = request;
  if (endpointType === BROKERS)
    return reply({
      errorCode: MISMATCHED_ENDPOINT_TYPE,
      errorMessage: "The request was sent to an endpoint of type CONTROLLER, but we wanted an endpoint of type BROKER",
      endpointType,
    });
  if (endpointType !== CONTROLLERS)
    return reply({
      errorCode: UNSUPPORTED_ENDPOINT_TYPE,
      errorMessage: `Unsupported endpoint type ${endpointType}`,
      endpointType,
    });
  const { controller } = context.services;
  const brokers = [...controller.image.controllers.values()].flatMap(({ id, endpoints }) => {
    const endpoint = endpoints.find(({ name }) => name === context.listenerName);
    return endpoint === undefined ? [] : [{ brokerId: id, host: endpoint.host, port: endpoint.port }];
  });
  reply({
    errorCode: NONE,
    endpointType,
    clusterId: controller.clusterId,
    controllerId: controller.options.config.nodeId,
    brokers,
    clusterAuthorizedOperations: request.includeClusterAuthorizedOperations
      ? authorizedOperations("cluster", (operation) => context.may(operation, "cluster"))
      : OPERATIONS_NOT_ASKED,
  });
});
