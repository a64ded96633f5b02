import { queryOptions } from "@tanstack/react-query";
import { overview as overviewContract } from "@/lib/contracts/overview";
import { followed } from "@/lib/queries/followed";
import { clusterApi, readResult } from "@/lib/queries/read-result";

/** A cluster at a glance. */
export function overview(cluster: string) {
  return queryOptions({
    queryKey: [cluster, "overview"],
    queryFn: ({ signal }) => readResult(clusterApi(cluster, "overview"), overviewContract, { signal }),
    ...followed("sampled"),
  });
}
