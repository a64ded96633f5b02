import type { ResponseOf } from "../../wire/api.ts";
import { ApiVersions } from "../../wire/apis/api-versions.ts";
import { DescribeCluster } from "../../wire/apis/describe-cluster.ts";
import { DescribeLogDirs } from "../../wire/apis/describe-log-dirs.ts";
import type { ClusterClient } from "../cluster-client.ts";
import { ClientError } from "../client-error.ts";

/** Cluster id, controller and brokers, as DescribeCluster answers (KIP-700). */
export type DescribedCluster = ResponseOf<typeof DescribeCluster>;

/** Asks any broker about the cluster. */
export function describeCluster(client: ClusterClient): Promise<DescribedCluster> {
  return client.send(DescribeCluster, {}, { to: "any" });
}

/** Asks any broker for the versions of APIs and features that it serves, and the features that the cluster has finalised. */
export function describeFeatures(client: ClusterClient): Promise<ResponseOf<typeof ApiVersions>> {
  return client.send(ApiVersions, { clientSoftwareName: "odradek", clientSoftwareVersion: "1" }, { to: "any" });
}

/** Log directories of one broker with the partitions in them; or why it did not answer. */
export type BrokerLogDirs = {
  readonly broker: number;
  readonly answer: ResponseOf<typeof DescribeLogDirs> | ClientError;
};

/** Asks every broker for the sizes of its replicas: all partitions, or those of some topics' partitions. A broker that fails does not spoil the others' answers. */
export async function describeLogDirs(
  client: ClusterClient,
  topics: readonly { readonly topic: string; readonly partitions: readonly number[] }[] | null = null,
): Promise<BrokerLogDirs[]> {
  if (client.metadata.brokers.size === 0) await client.refresh([]);
  const request = { topics: topics && topics.map(({ topic, partitions }) => ({ topic, partitions: [...partitions] })) };
  return Promise.all(
    [...client.metadata.brokers.keys()].map(async (broker) => {
      try {
        return { broker, answer: await client.send(DescribeLogDirs, request, { to: { node: broker } }) };
      } catch (error) {
        if (!(error instanceof ClientError)) throw error;
        return { broker, answer: error };
      }
    }),
  );
}

/** Asks one broker for the sizes of all its replicas. Rejects with a ClientError. */
export function describeBrokerLogDirs(
  client: ClusterClient,
  broker: number,
): Promise<ResponseOf<typeof DescribeLogDirs>> {
  return client.send(DescribeLogDirs, { topics: null }, { to: { node: broker } });
}
