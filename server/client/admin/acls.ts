import type { ResponseOf } from "../../wire/api.ts";
import { DescribeAcls } from "../../wire/apis/describe-acls.ts";
import type { ClusterClient } from "../cluster-client.ts";

/** Numbers of `org.apache.kafka.common.resource` and `common.acl`. */
const TOPIC = 2;
const ANY = 1;
/** All patterns that a name falls under: its own, prefixes of it, and `*` (KIP-290). */
const MATCH = 2;

/** Access control entries about a topic, by any pattern that it falls under. */
export type DescribedAcls = ResponseOf<typeof DescribeAcls>;

/** Asks for them. SECURITY_DISABLED in `errorCode`: the cluster has no authorizer. */
export function describeTopicAcls(client: ClusterClient, topic: string): Promise<DescribedAcls> {
  return client.ask(
    DescribeAcls,
    {
      resourceTypeFilter: TOPIC,
      resourceNameFilter: topic,
      patternTypeFilter: MATCH,
      principalFilter: null,
      hostFilter: null,
      operation: ANY,
      permissionType: ANY,
    },
    { to: "any", errorCodes: ({ errorCode }) => [errorCode] },
  );
}
