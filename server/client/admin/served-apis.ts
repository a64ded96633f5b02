import { AlterClientQuotas } from "../../wire/apis/alter-client-quotas.ts";
import { AlterPartitionReassignments } from "../../wire/apis/alter-partition-reassignments.ts";
import { AlterReplicaLogDirs } from "../../wire/apis/alter-replica-log-dirs.ts";
import { DescribeAcls } from "../../wire/apis/describe-acls.ts";
import { DescribeClientQuotas } from "../../wire/apis/describe-client-quotas.ts";
import { DescribeQuorum } from "../../wire/apis/describe-quorum.ts";
import { ElectLeaders } from "../../wire/apis/elect-leaders.ts";
import { IncrementalAlterConfigs } from "../../wire/apis/incremental-alter-configs.ts";
import { ListTransactions } from "../../wire/apis/list-transactions.ts";
import { UnregisterBroker } from "../../wire/apis/unregister-broker.ts";
import { WriteTxnMarkers } from "../../wire/apis/write-txn-markers.ts";
import type { ClusterClient } from "../cluster-client.ts";
import { describeFeatures } from "./cluster.ts";

/** APIs that not every cluster serves, by what they are asked for. */
const apis = {
  AlterPartitionReassignments,
  ElectLeaders,
  IncrementalAlterConfigs,
  AlterReplicaLogDirs,
  DescribeAcls,
  DescribeClientQuotas,
  AlterClientQuotas,
  ListTransactions,
  WriteTxnMarkers,
  DescribeQuorum,
  UnregisterBroker,
} as const;

export type ServedApi = keyof typeof apis;

/** Which of them a broker of the cluster serves in a version that we speak. Rejects with a ClientError. */
export async function servedApis(client: ClusterClient): Promise<ReadonlySet<ServedApi>> {
  const { apiKeys } = await describeFeatures(client);
  const theirs = new Map(apiKeys.map((api) => [api.apiKey, api]));
  const names = Object.keys(apis).filter((name): name is ServedApi => name in apis);
  return new Set(
    names.filter((name) => {
      const { key, validVersions } = apis[name];
      const own = theirs.get(key);
      return own !== undefined && own.minVersion <= validVersions.max && own.maxVersion >= validVersions.min;
    }),
  );
}
