import { queryOptions } from "@tanstack/react-query";
import { topicConfigs as topicConfigsContract } from "@/lib/contracts/configs";
import { followed } from "@/lib/queries/followed";
import { clusterApi, readResult } from "@/lib/queries/read-result";
import { topicKey } from "@/lib/queries/topics";

/** A topic's settings with their defaults and sources. */
export function topicConfigs(cluster: string, topic: string) {
  return queryOptions({
    queryKey: [...topicKey(cluster, topic), "configs"],
    queryFn: ({ signal }) =>
      readResult(clusterApi(cluster, "topics", topic, "configs"), topicConfigsContract, { signal }),
    ...followed("topics"),
  });
}

/** Every config that a topic of the cluster can have, with its default. */
export function configCatalogue(cluster: string) {
  return queryOptions({
    queryKey: [cluster, "config-catalogue"],
    queryFn: ({ signal }) => readResult(clusterApi(cluster, "config-catalogue"), topicConfigsContract, { signal }),
    staleTime: 60_000,
  });
}
