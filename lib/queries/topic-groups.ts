import { queryOptions } from "@tanstack/react-query";
import { topicGroups as topicGroupsContract } from "@/lib/contracts/groups";
import { followed } from "@/lib/queries/followed";
import { clusterApi, readResult } from "@/lib/queries/read-result";
import { topicKey } from "@/lib/queries/topics";

/** The groups that read a topic, with their lag in each partition. */
export function topicGroups(cluster: string, topic: string) {
  return queryOptions({
    queryKey: [...topicKey(cluster, topic), "groups"],
    queryFn: ({ signal }) =>
      readResult(clusterApi(cluster, "topics", topic, "groups"), topicGroupsContract, { signal }),
    ...followed("sampled"),
  });
}
