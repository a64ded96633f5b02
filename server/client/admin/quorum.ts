import type { ResponseOf } from "../../wire/api.ts";
import { DescribeCluster } from "../../wire/apis/describe-cluster.ts";
import { DescribeQuorum } from "../../wire/apis/describe-quorum.ts";
import { UnregisterBroker } from "../../wire/apis/unregister-broker.ts";
import type { ClusterClient } from "../cluster-client.ts";

/** The log of a KRaft cluster's metadata; its leader is the controller. */
const METADATA_LOG = "__cluster_metadata";

/** The metadata log's voters and observers, and how far each has copied it (KIP-595, KIP-836). */
export type DescribedQuorum = ResponseOf<typeof DescribeQuorum>;

/** Asks for the quorum. Rejects with ClientError `unsupported` on a cluster that has none. */
export function describeQuorum(client: ClusterClient): Promise<DescribedQuorum> {
  const topics = [{ topicName: METADATA_LOG, partitions: [{ partitionIndex: 0 }] }];
  return client.send(DescribeQuorum, { topics }, { to: "any" });
}

/** Forgets the registration of a broker that does not come back (KIP-631). */
export async function unregisterBroker(
  client: ClusterClient,
  brokerId: number,
): Promise<{ readonly errorCode: number; readonly message: string | null }> {
  const answer = await client.ask(
    UnregisterBroker,
    { brokerId },
    { to: "controller", errorCodes: ({ errorCode }) => [errorCode] },
  );
  return { errorCode: answer.errorCode, message: answer.errorMessage };
}

/** What the caller may do to the cluster as a whole, and which brokers are registered but do not serve. */
export type ClusterRights = {
  /** Bits by AclOperation's numbers (KIP-430); null when the cluster does not tell. */
  readonly operations: number | null;
  /** Registered, and not serving (KIP-1073); empty before Kafka 4.0, which does not tell. */
  readonly fenced: readonly {
    readonly id: number;
    readonly host: string;
    readonly port: number;
    readonly rack: string | null;
  }[];
};

/** DescribeCluster's word for "not told". */
const NOT_TOLD = -2_147_483_648;

/** Asks any broker for the caller's rights on the cluster and for fenced brokers. */
export async function describeRights(client: ClusterClient): Promise<ClusterRights> {
  const request = { includeClusterAuthorizedOperations: true, includeFencedBrokers: true };
  const { clusterAuthorizedOperations, brokers } = await client.send(DescribeCluster, request, { to: "any" });
  return {
    operations: clusterAuthorizedOperations === NOT_TOLD ? null : clusterAuthorizedOperations,
    fenced: brokers
      .filter(({ isFenced }) => isFenced)
      .map(({ brokerId, host, port, rack }) => ({ id: brokerId, host, port, rack })),
  };
}
