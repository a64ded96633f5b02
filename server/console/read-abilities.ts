import type { Abilities, AbilityName } from "../../lib/contracts/operations.ts";
import { succeed } from "../../lib/result.ts";
import { describeRights } from "../client/admin/quorum.ts";
import { servedApis, type ServedApi } from "../client/admin/served-apis.ts";
import { refusalOf } from "./actor.ts";
import { settle } from "./settled.ts";
import { defineUseCase } from "./use-case.ts";

/** AclOperation's numbers (`org.apache.kafka.common.acl.AclOperation`), which are bits of authorised operations. */
const OPERATIONS = { Alter: 7, Describe: 8, ClusterAction: 9, DescribeConfigs: 10, AlterConfigs: 11 } as const;
type Operation = keyof typeof OPERATIONS;

/** What each ability takes: an API that brokers serve, and a right on the cluster. */
const needs: Readonly<
  Record<AbilityName, { readonly api: ServedApi; readonly operation: Operation; readonly isRead?: boolean }>
> = {
  reassign: { api: "AlterPartitionReassignments", operation: "Alter" },
  electLeaders: { api: "ElectLeaders", operation: "Alter" },
  throttle: { api: "IncrementalAlterConfigs", operation: "AlterConfigs" },
  changeConfigs: { api: "IncrementalAlterConfigs", operation: "AlterConfigs" },
  moveDirectories: { api: "AlterReplicaLogDirs", operation: "Alter" },
  readQuotas: { api: "DescribeClientQuotas", operation: "DescribeConfigs", isRead: true },
  changeQuotas: { api: "AlterClientQuotas", operation: "AlterConfigs" },
  listTransactions: { api: "ListTransactions", operation: "Describe", isRead: true },
  abortTransactions: { api: "WriteTxnMarkers", operation: "Alter" },
  readQuorum: { api: "DescribeQuorum", operation: "Describe", isRead: true },
  unregister: { api: "UnregisterBroker", operation: "Alter" },
};

/** What can be done with this cluster, as whom the console is to it: by the APIs that it serves and the rights that it tells, never by its name. */
export const readAbilities = defineUseCase<{ readonly cluster: string }, Abilities>({
  failed: () => "What the cluster can do could not be found out",
  async run({ cluster, actor }, _, title) {
    const { client, identity } = cluster;
    const [served, rights] = await Promise.all([
      servedApis(client),
      settle(describeRights(client), { title, identity }),
    ]);
    const operations = rights.value?.operations ?? null;
    const reasonOf = (name: AbilityName): string | null => {
      const { api, operation, isRead = false } = needs[name];
      if (!served.has(api)) return `The cluster does not serve ${api}.`;
      if (operations !== null && (operations & (1 << OPERATIONS[operation])) === 0)
        return `${identity.principal} lacks the right ${operation} on the cluster.`;
      return isRead ? null : (refusalOf(actor, "write", title)?.detail ?? null);
    };
    return succeed({
      abilities: {
        reassign: reasonOf("reassign"),
        electLeaders: reasonOf("electLeaders"),
        throttle: reasonOf("throttle"),
        changeConfigs: reasonOf("changeConfigs"),
        moveDirectories: reasonOf("moveDirectories"),
        readQuotas: reasonOf("readQuotas"),
        changeQuotas: reasonOf("changeQuotas"),
        listTransactions: reasonOf("listTransactions"),
        abortTransactions: reasonOf("abortTransactions"),
        readQuorum: reasonOf("readQuorum"),
        unregister: reasonOf("unregister"),
      },
      readAtMs: Date.now(),
    });
  },
});
