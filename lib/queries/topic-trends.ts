import { queryOptions } from "@tanstack/react-query";
import { topicTrends as topicTrendsContract } from "@/lib/contracts/trends";
import { followed } from "@/lib/queries/followed";
import { clusterApi, readResult } from "@/lib/queries/read-result";

/** Rates, lags and readers of every topic, for the rows of the topic list. */
export function topicTrends(cluster: string) {
  return queryOptions({
    queryKey: [cluster, "trends"],
    queryFn: ({ signal }) => readResult(clusterApi(cluster, "trends"), topicTrendsContract, { signal }),
    ...followed("sampled"),
    refetchOnMount: ({ state }) => (state.data?.isPartial ? "always" : true),
  });
}
