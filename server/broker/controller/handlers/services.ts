import type { Log } from "../../../environment/environment.ts";
import type { Authorizer } from "../../network/authorizer.ts";
import type { Context } from "../../network/context.ts";
import type { Controller } from "../controller.ts";
import type { MutationQuota, MutationQuotas } from "../mutation-quotas.ts";

/** What the controller's handlers work on. */
export type ControllerServices = {
  readonly controller: Controller;
  readonly log: Log;
  readonly mutationQuotas: MutationQuotas;
  readonly authorizer?: Authorizer;
};

/** The context of a request to the controller. */
export type ControllerContext = Context<ControllerServices>;

/** The share of a request that changes topics. From `strictSince` on its versions know THROTTLING_QUOTA_EXCEEDED. */
export function mutationQuotaOf(context: ControllerContext, strictSince: number): MutationQuota {
  const client = { user: context.principal.name, clientId: context.clientId };
  return context.services.mutationQuotas.of(client, context.apiVersion >= strictSince);
}
