import { AlterUserScramCredentials } from "../../../wire/apis/alter-user-scram-credentials.ts";
import { CLUSTER_AUTHORIZATION_FAILED } from "../../../wire/errors.ts";
import { handler } from "../../network/handler.ts";
import { alterUserScramCredentials as decide } from "../alter-user-scram-credentials.ts";
import type { ControllerContext } from "./services.ts";

/** AlterUserScramCredentials (KIP-554). */
export const alterUserScramCredentials = handler(
  AlterUserScramCredentials,
  (request, context: ControllerContext, reply) => {
    if (context.may("alter", "cluster"))
      return context.services.controller.submit((view) => decide(view, request), reply);
    const users = new Set([...request.deletions, ...request.upsertions].map(({ name }) => name));
    const refused = { errorCode: CLUSTER_AUTHORIZATION_FAILED, errorMessage: "Authorization failed." };
    reply({ results: [...users].map((user) => ({ user, ...refused })) });
  },
);
