import { queryOptions } from "@tanstack/react-query";
import { topicLinks as topicLinksContract } from "@/lib/contracts/topic-links";
import { clusterApi, readResult } from "@/lib/queries/read-result";
import { topicKey } from "@/lib/queries/topics";

/** Schemas and connectors of a topic, from the services beside the cluster. */
export function topicLinks(cluster: string, topic: string) {
  return queryOptions({
    queryKey: [...topicKey(cluster, topic), "links"],
    queryFn: ({ signal }) => readResult(clusterApi(cluster, "topics", topic, "links"), topicLinksContract, { signal }),
    staleTime: 15_000,
    refetchInterval: 30_000,
  });
}
