import { queryOptions } from "@tanstack/react-query";
import { groupDetail as groupDetailContract, groupList as groupListContract } from "@/lib/contracts/groups";
import { nextRecord as nextRecordContract } from "@/lib/contracts/stuck-record";
import { rebalanceList as rebalanceListContract } from "@/lib/contracts/rebalances";
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

/** What the rebalances of a group changed. */
export function rebalanceList(cluster: string, group: string) {
  return queryOptions({
    queryKey: [...groupKeys(cluster), "rebalances", group],
    queryFn: ({ signal }) =>
      readResult(clusterApi(cluster, "groups", group, "rebalances"), rebalanceListContract, { signal }),
    ...followed("sampled"),
  });
}

/** The record that a group reads next in a partition, while it stands at an offset. */
export function nextRecord(
  cluster: string,
  group: string,
  place: { readonly topic: string; readonly partition: number; readonly offset: string },
) {
  return queryOptions({
    queryKey: [...groupKeys(cluster), "next", group, place],
    queryFn: ({ signal }) => {
      const { topic, partition } = place;
      const parameters = new URLSearchParams({ topic, partition: String(partition) });
      return readResult(`${clusterApi(cluster, "groups", group, "next")}?${parameters}`, nextRecordContract, {
        signal,
      });
    },
    staleTime: 60_000,
  });
}
