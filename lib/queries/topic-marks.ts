import { queryOptions } from "@tanstack/react-query";
import { topicMarks as topicMarksContract } from "@/lib/contracts/topic-marks";
import { clusterApi, readResult } from "@/lib/queries/read-result";

/** Labels, favourites and saved views, for the list of topics. */
export function topicMarks(cluster: string) {
  return queryOptions({
    queryKey: [cluster, "topic-marks"],
    queryFn: ({ signal }) => readResult(clusterApi(cluster, "topic-marks"), topicMarksContract, { signal }),
    staleTime: 30_000,
  });
}
