import { queryOptions } from "@tanstack/react-query";
import { type AnyChange, changePlan as changePlanContract } from "@/lib/contracts/changes";
import { clusterApi, readResult } from "@/lib/queries/read-result";

/** What a change would do; never from the cache. */
export function changePlan({ cluster, kind, input }: AnyChange) {
  return queryOptions({
    queryKey: [cluster, "plan", kind, input],
    queryFn: ({ signal }) =>
      readResult(clusterApi(cluster, "plans", kind), changePlanContract, {
        method: "POST",
        body: JSON.stringify(input),
        signal,
      }),
    staleTime: 0,
    gcTime: 0,
  });
}
