import { queryOptions } from "@tanstack/react-query";
import { topicAccess as topicAccessContract } from "@/lib/contracts/access";
import { clusterApi, readResult } from "@/lib/queries/read-result";
import { topicKey } from "@/lib/queries/topics";

/** Who may do what with a topic. */
export function topicAccess(cluster: string, topic: string) {
  return queryOptions({
    queryKey: [...topicKey(cluster, topic), "access"],
    queryFn: ({ signal }) =>
      readResult(clusterApi(cluster, "topics", topic, "access"), topicAccessContract, { signal }),
    staleTime: 15_000,
    refetchInterval: 30_000,
  });
}
