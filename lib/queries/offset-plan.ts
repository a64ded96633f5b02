import { keepPreviousData, queryOptions } from "@tanstack/react-query";
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
