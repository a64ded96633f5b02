import { AlterConfigs } from "../../wire/apis/alter-configs.ts";
import { forwarded } from "./forwarded.ts";
import { misdirectedBrokerConfigs } from "./misdirected-broker-configs.ts";

/** The older way to change configs, which replaces all that is set; done by the controller. */
export const alterConfigs = forwarded(
  AlterConfigs,
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
