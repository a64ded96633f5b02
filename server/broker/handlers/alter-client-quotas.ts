import { AlterClientQuotas } from "../../wire/apis/alter-client-quotas.ts";
import { forwarded } from "./forwarded.ts";

/** Quotas of clients are set by the controller (KIP-546). */
export const alterClientQuotas = forwarded(AlterClientQuotas, (request, { errorCode, message }) => ({
  entries: request.entries.map(({ entity }) => ({ entity, errorCode, errorMessage: message ?? null })),
}));
