import { queryOptions } from "@tanstack/react-query";
import { groupDetail as groupDetailContract, groupList as groupListContract } from "@/lib/contracts/groups";
import { followed } from "@/lib/queries/followed";
import { clusterApi, readResult } from "@/lib/queries/read-result";

/** The prefix of everything read about a cluster's groups; invalidated after one was changed. */
export function groupKeys(cluster: string) {
  return [cluster, "groups"];
}

/** Every consumer group of a cluster. */
export function groupList(cluster: string) {
  return queryOptions({
    queryKey: [...groupKeys(cluster), "list"],
    queryFn: ({ signal }) => readResult(clusterApi(cluster, "groups"), groupListContract, { signal }),
    ...followed("sampled"),
  });
}

/** One group with its members, offsets and lag, read now. */
export function groupDetail(cluster: string, group: string) {
  return queryOptions({
    queryKey: [...groupKeys(cluster), "one", group],
    queryFn: ({ signal }) => readResult(clusterApi(cluster, "groups", group), groupDetailContract, { signal }),
    staleTime: 5_000,
    refetchInterval: 5_000,
  });
}
