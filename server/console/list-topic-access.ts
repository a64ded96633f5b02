import type { TopicAccess, TopicAccessEntry } from "../../lib/contracts/access.ts";
import { fail, succeed } from "../../lib/result.ts";
import { type DescribedAcls, describeTopicAcls } from "../client/admin/acls.ts";
import { servedApis } from "../client/admin/served-apis.ts";
import { describeKafkaError } from "../client/kafka-error.ts";
import type { Cluster } from "./cluster.ts";
import { findTopic } from "./find-topic.ts";
import { kafkaProblem } from "./to-problem.ts";
import { defineUseCase } from "./use-case.ts";

/** AclOperation by number (`org.apache.kafka.common.acl.AclOperation`), as kafka-acls.sh spells it. */
const operations: Readonly<Record<number, string>> = {
  2: "All",
  3: "Read",
  4: "Write",
  5: "Create",
  6: "Delete",
  7: "Alter",
  8: "Describe",
  9: "ClusterAction",
  10: "DescribeConfigs",
  11: "AlterConfigs",
  12: "IdempotentWrite",
};
const ALLOW = 3;
const PREFIXED = 4;

/** Who may do what with a topic: the access control entries that name it, a beginning of its name, or all topics. */
export const listTopicAccess = defineUseCase<{ readonly cluster: string; readonly topic: string }, TopicAccess>({
  failed: ({ topic }) => `Who has access to ${topic} could not be read`,
  async run({ cluster }, { topic }, title) {
    const { client, identity } = cluster;
    const found = await findTopic(cluster, topic, title);
    if (!found.ok) return found;
    const open = (reason: string) => succeed({ entries: [], open: reason, readAtMs: Date.now() });
    if (!(await servedApis(client)).has("DescribeAcls"))
      return open("The cluster does not serve DescribeAcls: who may do what is not asked, or not told.");
    const { errorCode, errorMessage, resources } = await describeTopicAcls(client, topic);
    if (describeKafkaError(errorCode).name === "SECURITY_DISABLED")
      return open("Its brokers have no authorizer (authorizer.class.name): whoever reaches them may do everything.");
    if (errorCode !== 0) {
      const needs = { operation: "Describe", resource: "cluster" as const };
      return fail(kafkaProblem(errorCode, errorMessage, { title, needs, identity }));
    }
    return succeed({ entries: resources.flatMap(entriesOf).sort(byPrincipal), open: null, readAtMs: Date.now() });
  },
});

/** How many entries name the topic itself; null where the cluster has no access control, or does not tell. */
export async function countOwnEntries({ client }: Cluster, topic: string): Promise<number | null> {
  if (!(await servedApis(client)).has("DescribeAcls")) return null;
  const { errorCode, resources } = await describeTopicAcls(client, topic);
  if (errorCode !== 0) return null;
  const entries = resources.flatMap(entriesOf);
  return entries.filter(({ pattern, resource }) => pattern === "literal" && resource === topic).length;
}

function entriesOf({ resourceName, patternType, acls }: DescribedAcls["resources"][number]): TopicAccessEntry[] {
  const pattern = patternType === PREFIXED ? "prefixed" : resourceName === "*" ? "wildcard" : "literal";
  return acls.map(({ principal, host, operation, permissionType }) => ({
    principal,
    host,
    operation: operations[operation] ?? `operation ${operation}`,
    permission: permissionType === ALLOW ? "Allow" : "Deny",
    pattern,
    resource: resourceName,
  }));
}

/** Refusals first: they win over what is allowed. */
function byPrincipal(a: TopicAccessEntry, b: TopicAccessEntry): number {
  const order = (entry: TopicAccessEntry) =>
    [entry.principal, entry.permission === "Deny" ? "0" : "1", entry.operation, entry.host, entry.resource].join("\n");
  return order(a) < order(b) ? -1 : 1;
}
