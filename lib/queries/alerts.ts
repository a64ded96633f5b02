import { queryOptions } from "@tanstack/react-query";
import { alertList as alertListContract } from "@/lib/contracts/alerts";
import { followed } from "@/lib/queries/followed";
import { clusterApi, readResult } from "@/lib/queries/read-result";

/** A cluster's alerts with their rules and targets. */
export function alertList(cluster: string) {
  return queryOptions({
    queryKey: [cluster, "alerts"],
    queryFn: ({ signal }) => readResult(clusterApi(cluster, "alerts"), alertListContract, { signal }),
    ...followed("alerts"),
  });
}
