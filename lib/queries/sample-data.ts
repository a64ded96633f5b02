import { queryOptions } from "@tanstack/react-query";
import { changePlan } from "@/lib/contracts/changes";
import { clusterApi, readResult } from "@/lib/queries/read-result";

/** What loading sample data would do; never from the cache. */
export function sampleDataPlan(cluster: string) {
  return queryOptions({
    queryKey: [cluster, "sample-data"],
    queryFn: ({ signal }) => readResult(clusterApi(cluster, "sample-data"), changePlan, { signal }),
    staleTime: 0,
    gcTime: 0,
  });
}
