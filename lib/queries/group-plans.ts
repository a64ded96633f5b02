import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { changePlan } from "@/lib/contracts/changes";
import { offsetPlan as offsetPlanContract, type OffsetPlanQuery } from "@/lib/contracts/group-offsets";
import { clusterApi, readResult } from "@/lib/queries/read-result";

const json = { "content-type": "application/json", accept: "application/json" };

/** What a change of a group's offsets would do; the plan before stays until the new one is there. */
export function offsetPlan(cluster: string, group: string, query: OffsetPlanQuery) {
  return queryOptions({
    queryKey: [cluster, "groups", "plan", group, query],
    queryFn: ({ signal }) =>
      readResult(clusterApi(cluster, "groups", group, "offsets"), offsetPlanContract, {
        signal,
        method: "POST",
        body: JSON.stringify(query),
        headers: json,
      }),
    placeholderData: keepPreviousData,
    staleTime: 0,
    gcTime: 0,
    // The members that stand in the way may leave meanwhile.
    refetchInterval: ({ state }) => (state.data?.active.length ? 3_000 : false),
  });
}

/** What deleting a group takes with it; never from the cache. */
export function groupDeletion(cluster: string, group: string) {
  return queryOptions({
    queryKey: [cluster, "groups", "deletion", group],
    queryFn: ({ signal }) => readResult(clusterApi(cluster, "groups", group, "deletion"), changePlan, { signal }),
    staleTime: 0,
    gcTime: 0,
  });
}

/** What removing a member does; never from the cache. */
export function memberRemoval(
  cluster: string,
  group: string,
  member: { readonly memberId: string; readonly instanceId: string | null },
) {
  return queryOptions({
    queryKey: [cluster, "groups", "removal", group, member],
    queryFn: ({ signal }) =>
      readResult(clusterApi(cluster, "groups", group, "removal"), changePlan, {
        signal,
        method: "POST",
        body: JSON.stringify(member),
        headers: json,
      }),
    staleTime: 0,
    gcTime: 0,
  });
}
