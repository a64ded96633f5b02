import { queryOptions } from "@tanstack/react-query";
import { topology as topologyContract } from "@/lib/contracts/topology";
import { followed } from "@/lib/queries/followed";
import { clusterApi, readResult } from "@/lib/queries/read-result";

/** Who writes to which topic, and who reads it. */
export function topology(cluster: string) {
  return queryOptions({
    queryKey: [cluster, "topology"],
    queryFn: ({ signal }) => readResult(clusterApi(cluster, "topology"), topologyContract, { signal }),
    ...followed("sampled"),
  });
}
