import { queryOptions } from "@tanstack/react-query";
import { jobDetail as jobDetailContract, jobList as jobListContract } from "@/lib/contracts/jobs";
import { followed } from "@/lib/queries/followed";
import { clusterApi, readResult } from "@/lib/queries/read-result";

/** The prefix of everything read about a cluster's jobs; invalidated after one was controlled. */
export function jobKeys(cluster: string) {
  return [cluster, "jobs"];
}

/** A cluster's jobs: under way first, then the newest. */
export function jobList(cluster: string) {
  return queryOptions({
    queryKey: [...jobKeys(cluster), "list"],
    queryFn: ({ signal }) => readResult(clusterApi(cluster, "jobs"), jobListContract, { signal }),
    ...followed("jobs"),
  });
}

/** One job with its last lines. */
export function jobDetail(cluster: string, job: number) {
  return queryOptions({
    queryKey: [...jobKeys(cluster), "one", job],
    queryFn: ({ signal }) => readResult(clusterApi(cluster, "jobs", String(job)), jobDetailContract, { signal }),
    ...followed("jobs"),
  });
}
