import { queryOptions } from "@tanstack/react-query";
import { statisticsStatus } from "@/lib/contracts/statistics";
import { followed } from "@/lib/queries/followed";
import { clusterApi, readResult } from "@/lib/queries/read-result";
import { topicKey } from "@/lib/queries/topics";

/** The newest statistics of a topic; read again as their job goes on. */
export function topicStatistics(cluster: string, topic: string) {
  return queryOptions({
    queryKey: [...topicKey(cluster, topic), "statistics"],
    queryFn: ({ signal }) =>
      readResult(clusterApi(cluster, "topics", topic, "statistics"), statisticsStatus, { signal }),
    ...followed("jobs"),
  });
}
