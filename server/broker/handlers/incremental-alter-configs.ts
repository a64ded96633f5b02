import { IncrementalAlterConfigs } from "../../wire/apis/incremental-alter-configs.ts";
import { forwarded } from "./forwarded.ts";
import { misdirectedBrokerConfigs } from "./misdirected-broker-configs.ts";

/** Configs are changed by the controller (KIP-339); those of a broker must be sent to that broker. */
export const incrementalAlterConfigs = forwarded(
  IncrementalAlterConfigs,
  (request, { errorCode, message }) => ({
    responses: request.resources.map(({ resourceType, resourceName }) => ({
      resourceType,
      resourceName,
      errorCode,
      errorMessage: message ?? null,
    })),
  }),
  (request, services) => misdirectedBrokerConfigs(request.resources, services.nodeId),
);
