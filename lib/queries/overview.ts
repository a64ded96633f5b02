import { queryOptions } from "@tanstack/react-query";
import { changePlan } from "@/lib/contracts/changes";
import { topicTrends as topicTrendsContract } from "@/lib/contracts/history";
import { overview as overviewContract } from "@/lib/contracts/overview";
import { followed } from "@/lib/queries/followed";
import { clusterApi, readResult } from "@/lib/queries/read-result";

/** A cluster at a glance. */
export function overview(cluster: string) {
  return queryOptions({
    queryKey: [cluster, "overview"],
    queryFn: ({ signal }) => readResult(clusterApi(cluster, "overview"), overviewContract, { signal }),
    ...followed("sampled"),
  });
}

/** Rates, lags and readers of every topic, for the rows of the topic list. */
export function topicTrends(cluster: string) {
  return queryOptions({
    queryKey: [cluster, "trends"],
    queryFn: ({ signal }) => readResult(clusterApi(cluster, "trends"), topicTrendsContract, { signal }),
    ...followed("sampled"),
  });
}

/** What loading sample data would do; never from the cache. */
export function sampleDataPlan(cluster: string) {
  return queryOptions({
    queryKey: [cluster, "sample-data"],
    queryFn: ({ signal }) => readResult(clusterApi(cluster, "sample-data"), changePlan, { signal }),
    staleTime: 0,
    gcTime: 0,
  });
}
