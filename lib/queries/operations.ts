import { queryOptions } from "@tanstack/react-query";
import { brokerReplicas as brokerReplicasContract } from "@/lib/contracts/brokers";
import {
  abilities as abilitiesContract,
  quorum as quorumContract,
  quotaList as quotaListContract,
  throttleList as throttleListContract,
  transactionList as transactionListContract,
} from "@/lib/contracts/operations";
import { brokerKeys } from "@/lib/queries/brokers";
import { clusterApi, readResult } from "@/lib/queries/read-result";

/** What can be done with a cluster: it changes when the cluster is upgraded or rights are granted. */
export function clusterAbilities(cluster: string) {
  return queryOptions({
    queryKey: [cluster, "abilities"],
    queryFn: ({ signal }) => readResult(clusterApi(cluster, "abilities"), abilitiesContract, { signal }),
    staleTime: 60_000,
  });
}

/** Replication throttles that are set. */
export function throttleList(cluster: string) {
  return queryOptions({
    queryKey: [...brokerKeys(cluster), "throttles"],
    queryFn: ({ signal }) => readResult(clusterApi(cluster, "throttles"), throttleListContract, { signal }),
    staleTime: 5_000,
  });
}

/** A broker's replicas with their log directories. */
export function brokerReplicas(cluster: string, broker: number) {
  return queryOptions({
    queryKey: [...brokerKeys(cluster), "replicas", broker],
    queryFn: ({ signal }) =>
      readResult(clusterApi(cluster, "brokers", String(broker), "replicas"), brokerReplicasContract, { signal }),
    staleTime: 5_000,
    refetchInterval: 10_000,
  });
}

/** Who keeps the metadata; features; fenced brokers. */
export function clusterQuorum(cluster: string) {
  return queryOptions({
    queryKey: [...brokerKeys(cluster), "quorum"],
    queryFn: ({ signal }) => readResult(clusterApi(cluster, "quorum"), quorumContract, { signal }),
    staleTime: 5_000,
    refetchInterval: 10_000,
  });
}

/** Client quotas. */
export function quotaList(cluster: string) {
  return queryOptions({
    queryKey: [cluster, "quotas"],
    queryFn: ({ signal }) => readResult(clusterApi(cluster, "quotas"), quotaListContract, { signal }),
    staleTime: 10_000,
    refetchInterval: 30_000,
  });
}

/** Transactions, and the producers of a topic's partitions, or of all. */
export function transactionList(cluster: string, topic: string | null) {
  const query = topic === null ? "" : `?topic=${encodeURIComponent(topic)}`;
  return queryOptions({
    queryKey: [cluster, "transactions", topic],
    queryFn: ({ signal }) =>
      readResult(`${clusterApi(cluster, "transactions")}${query}`, transactionListContract, { signal }),
    staleTime: 5_000,
    refetchInterval: 10_000,
  });
}
