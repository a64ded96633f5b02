import { IncrementalAlterConfigs } from "../../wire/apis/incremental-alter-configs.ts";
import { forwarded } from "./forwarded.ts";

/** Configs are changed by the controller (KIP-339). */
export const incrementalAlterConfigs = forwarded(IncrementalAlterConfigs, (request, { errorCode, message }) => ({
  responses: request.resources.map(({ resourceType, resourceName }) => ({
    resourceType,
    resourceName,
    errorCode,
    errorMessage: message ?? null,
  })),
}));
