import { ClientError } from "../client-error.ts";
import type { ClusterClient } from "../cluster-client.ts";
import { describeQuorum } from "./quorum.ts";

/**
 * The id of the node that controls the cluster; null when the cluster does not tell. Under KRaft the leader of the metadata log, which need not be
 * a broker: what Metadata and DescribeCluster call the controller there is any broker that passes requests on (KIP-590). Before KRaft, what
 * Metadata says. Rejects with a ClientError other than `unsupported`.
 */
export async function findController(client: ClusterClient): Promise<number | null> {
  try {
    const answer = await describeQuorum(client);
    const [partition] = answer.topics.flatMap((topic) => topic.partitions);
    return answer.errorCode === 0 && partition?.errorCode === 0 && partition.leaderId >= 0 ? partition.leaderId : null;
  } catch (error) {
    if (!(error instanceof ClientError) || error.kind !== "unsupported") throw error;
    const { controllerId } = client.metadata;
    return controllerId >= 0 ? controllerId : null;
  }
}
