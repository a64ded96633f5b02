import { queryOptions } from "@tanstack/react-query";
import {
  brokerDetail as brokerDetailContract,
  brokerDifferences as brokerDifferencesContract,
  brokerList as brokerListContract,
} from "@/lib/contracts/brokers";
import { brokerConnections as brokerConnectionsContract, type BrokerConnections } from "@/lib/contracts/connections";
import { followed } from "@/lib/queries/followed";
import { clusterApi, readResult } from "@/lib/queries/read-result";

/** The prefix of everything read about a cluster's brokers; invalidated after one was stopped or started. */
export function brokerKeys(cluster: string) {
  return [cluster, "brokers"];
}

/** Every broker of a cluster. */
export function brokerList(cluster: string) {
  return queryOptions({
    queryKey: [...brokerKeys(cluster), "list"],
    queryFn: ({ signal }) => readResult(clusterApi(cluster, "brokers"), brokerListContract, { signal }),
    ...followed("sampled"),
  });
}

/** One broker with its log directories, topics and configuration. */
export function brokerDetail(cluster: string, broker: number) {
  return queryOptions({
    queryKey: [...brokerKeys(cluster), "one", broker],
    queryFn: ({ signal }) =>
      readResult(clusterApi(cluster, "brokers", String(broker)), brokerDetailContract, { signal }),
    ...followed("sampled"),
  });
}

/** Who is connected to a broker. */
export function brokerConnections(cluster: string, broker: number) {
  return queryOptions({
    queryKey: [...brokerKeys(cluster), "connections", broker],
    queryFn: ({ signal }) =>
      readResult(clusterApi(cluster, "brokers", String(broker), "connections"), brokerConnectionsContract, { signal }),
    refetchInterval: ({ state }) => connectionsEveryMs(state.data),
  });
}

/** 10,000 connections are 3.4 MB: many are read less often, so that a tab takes some 170 KB a second at most. */
function connectionsEveryMs(list: BrokerConnections | undefined): number {
  return list?.kind === "connections" ? Math.max(5_000, 2 * list.connections.length) : 5_000;
}

/** Settings whose values differ between brokers. */
export function brokerDifferences(cluster: string) {
  return queryOptions({
    queryKey: [...brokerKeys(cluster), "differences"],
    queryFn: ({ signal }) =>
      readResult(clusterApi(cluster, "brokers", "differences"), brokerDifferencesContract, { signal }),
    staleTime: 30_000,
    refetchInterval: 30_000,
  });
}
