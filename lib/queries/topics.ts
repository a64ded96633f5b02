import { queryOptions } from "@tanstack/react-query";
import { topicDetail as topicDetailContract, topicList as topicListContract } from "@/lib/contracts/topics";
import { topicDeletionPlan } from "@/lib/contracts/topic-plans";
import { followed } from "@/lib/queries/followed";
import { clusterApi, readResult } from "@/lib/queries/read-result";

/** How often facts that change by themselves are read again. */
const refreshMs = 5_000;

/** The prefix of everything read about a cluster's topics; invalidated after a topic is made or deleted. */
export function topicKeys(cluster: string) {
  return [cluster, "topics"];
}

/** The prefix of everything read about one topic, its messages too. */
export function topicKey(cluster: string, topic: string) {
  return [...topicKeys(cluster), "one", topic];
}

/** What is still being read is looked for so soon. */
const partialMs = 600;

/** Every topic of a cluster with its facts. */
export function topicList(cluster: string) {
  return queryOptions({
    queryKey: [...topicKeys(cluster), "list"],
    queryFn: ({ signal }) => readResult(clusterApi(cluster, "topics"), topicListContract, { signal }),
    ...followed("topics"),
    staleTime: refreshMs,
    refetchOnMount: ({ state }) => (state.data?.partial ? "always" : true),
    refetchInterval: ({ state }) => (state.data?.partial ? partialMs : refreshMs),
  });
}

/** One topic's facts. */
export function topicDetail(cluster: string, topic: string) {
  return queryOptions({
    queryKey: [...topicKey(cluster, topic), "detail"],
    queryFn: ({ signal }) => readResult(clusterApi(cluster, "topics", topic), topicDetailContract, { signal }),
    ...followed("topics"),
    staleTime: refreshMs,
    refetchInterval: refreshMs,
  });
}

/** What deleting a topic would take with it; never from the cache. */
export function topicDeletion(cluster: string, topic: string) {
  return queryOptions({
    queryKey: [...topicKey(cluster, topic), "deletion"],
    queryFn: ({ signal }) =>
      readResult(clusterApi(cluster, "topics", topic, "deletion"), topicDeletionPlan, { signal }),
    staleTime: 0,
    gcTime: 0,
  });
}
