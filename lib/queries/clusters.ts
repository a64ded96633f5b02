import { queryOptions } from "@tanstack/react-query";
import { clusterSummary } from "@/lib/contracts/clusters";
import { clusterApi, readResult } from "@/lib/queries/read-result";

/** The cluster's brokers, version and id. */
export function clusterFacts(cluster: string) {
  return queryOptions({
    queryKey: [cluster, "facts"],
    queryFn: ({ signal }) => readResult(clusterApi(cluster), clusterSummary, { signal }),
    staleTime: 30_000,
    refetchInterval: 30_000,
  });
}
