import { DescribeUserScramCredentials } from "../../wire/apis/describe-user-scram-credentials.ts";
import { CLUSTER_AUTHORIZATION_FAILED, DUPLICATE_RESOURCE, NONE, RESOURCE_NOT_FOUND } from "../../wire/errors.ts";
import type { MetadataImage } from "../controller/image.ts";
import { handler } from "../network/handler.ts";
import type { BrokerContext } from "./services.ts";

/** Tells which users have SCRAM credentials, and of which kind (KIP-554). */
export const describeUserScramCredentials = handler(
  DescribeUserScramCredentials,
  (request, context: BrokerContext, reply) => {
    if (!context.may("describe", "cluster"))
      return reply({ errorCode: CLUSTER_AUTHORIZATION_FAILED, errorMessage: "Authorization failed." });
    const credentials = byUser(context.services.image());
    const asked = request.users?.map(({ name }) => name) ?? [];
    const names = asked.length > 0 ? [...new Set(asked)] : [...credentials.keys()].sort();
    const results = names.map((user) => {
      const credentialInfos = credentials.get(user) ?? [];
      if (asked.indexOf(user) !== asked.lastIndexOf(user))
        return {
          user,
          errorCode: DUPLICATE_RESOURCE,
          errorMessage: `Cannot describe SCRAM credentials for the same user twice in a single request: ${user}`,
        };
      if (credentialInfos.length === 0)
        return {
          user,
          errorCode: RESOURCE_NOT_FOUND,
          errorMessage: `Attempt to describe a user credential that does not exist: ${user}`,
        };
      // As in Kafka, which says nothing rather than null.
      return { user, errorCode: NONE, errorMessage: "", credentialInfos };
    });
    reply({ errorCode: NONE, errorMessage: "", results });
  },
);

function byUser(image: MetadataImage): ReadonlyMap<string, { mechanism: number; iterations: number }[]> {
  const users = new Map<string, { mechanism: number; iterations: number }[]>();
  for (const { user, mechanism, iterations } of image.scramCredentials.values()) {
    const known = users.get(user);
    if (known === undefined) users.set(user, [{ mechanism, iterations }]);
    else known.push({ mechanism, iterations });
  }
  return users;
}
