import { ElectLeaders } from "../../../wire/apis/elect-leaders.ts";
import { UnregisterBroker } from "../../../wire/apis/unregister-broker.ts";
import { UpdateFeatures } from "../../../wire/apis/update-features.ts";
import { CLUSTER_AUTHORIZATION_FAILED } from "../../../wire/errors.ts";
import { handler } from "../../network/handler.ts";
import { electLeaders as decideElection } from "../elect-leaders.ts";
import { unregisterBroker as decideUnregister } from "../unregister-broker.ts";
import { updateFeatures as decideFeatures } from "../update-features.ts";
import type { ControllerContext } from "./services.ts";

const refused = { errorCode: CLUSTER_AUTHORIZATION_FAILED, errorMessage: "Authorization failed." } as const;
/** Version 0 of ElectLeaders knows preferred elections only, and has no field for the kind. */
const PREFERRED = 0;

/** ElectLeaders. */
export const electLeaders = handler(ElectLeaders, (request, context: ControllerContext, reply) => {
  if (!context.may("alter", "cluster")) return reply({ errorCode: CLUSTER_AUTHORIZATION_FAILED });
  const electionType = context.apiVersion === 0 ? PREFERRED : request.electionType;
  context.services.controller.submit((view) => decideElection(view, { ...request, electionType }), reply);
});

/** UnregisterBroker. */
export const unregisterBroker = handler(UnregisterBroker, (request, context: ControllerContext, reply) => {
  if (!context.may("alter", "cluster")) return reply(refused);
  context.services.controller.submit((view) => decideUnregister(view, request.brokerId), reply);
});

/** UpdateFeatures. */
export const updateFeatures = handler(UpdateFeatures, (request, context: ControllerContext, reply) => {
  if (!context.may("alter", "cluster")) return reply(refused);
  context.services.controller.submit((view) => decideFeatures(view, request), reply);
});
