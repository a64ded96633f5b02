import { AlterClientQuotas } from "../../../wire/apis/alter-client-quotas.ts";
import { CLUSTER_AUTHORIZATION_FAILED } from "../../../wire/errors.ts";
import { handler } from "../../network/handler.ts";
import { alterClientQuotas as decide } from "../alter-client-quotas.ts";
import type { ControllerContext } from "./services.ts";

/** AlterClientQuotas (KIP-546). */
export const alterClientQuotas = handler(AlterClientQuotas, (request, context: ControllerContext, reply) => {
  if (!context.may("alter-configs", "cluster"))
    return reply({
      entries: request.entries.map(({ entity }) => ({
        entity,
        errorCode: CLUSTER_AUTHORIZATION_FAILED,
        errorMessage: "Authorization failed.",
      })),
    });
  context.services.controller.submit((view) => decide(view, request), reply);
});
