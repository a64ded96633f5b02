import { queryOptions } from "@tanstack/react-query";
import { partitionList } from "@/lib/contracts/partitions";
import { followed } from "@/lib/queries/followed";
import { clusterApi, readResult } from "@/lib/queries/read-result";
import { topicKey } from "@/lib/queries/topics";

/** A topic's partitions: leaders, replicas, offsets, sizes. */
export function topicPartitions(cluster: string, topic: string) {
  return queryOptions({
    queryKey: [...topicKey(cluster, topic), "partitions"],
    queryFn: ({ signal }) => readResult(clusterApi(cluster, "topics", topic, "partitions"), partitionList, { signal }),
    ...followed("topics"),
    staleTime: 5_000,
    refetchInterval: 5_000,
  });
}
